using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Stocks;

public class StockTests
{
    private readonly Stock _stock = new("KIMpL", Currency.Usd, DateTimeOffset.UnixEpoch);

    private static Listing Listing(bool active, DateOnly? delisted = null) =>
        new("KIMpL", "Kimco L", null, Currency.Usd, null, null, active, null, delisted);

    [Fact]
    public void A_new_stock_is_active_and_unknown() =>
        _stock
            .Should()
            .BeEquivalentTo(
                new
                {
                    Ticker = "KIMpL",
                    Name = (string?)null,
                    Active = true,
                }
            );

    [Fact]
    public void A_listing_without_a_field_leaves_what_was_known()
    {
        _stock.Describe(
            Listing(active: true) with
            {
                Exchange = "XNYS",
                Type = "PFD",
                Figi = "BBG",
                ListedOn = new DateOnly(2010, 1, 4),
            },
            DateTimeOffset.UnixEpoch
        );
        _stock.Describe(Listing(active: true), DateTimeOffset.UnixEpoch);

        _stock
            .Should()
            .BeEquivalentTo(
                new
                {
                    Name = "Kimco L",
                    Exchange = "XNYS",
                    Type = "PFD",
                    Figi = "BBG",
                    ListedOn = new DateOnly(2010, 1, 4),
                }
            );
    }

    [Fact]
    public void An_active_stock_has_no_day_of_delisting()
    {
        var day = new DateOnly(2020, 1, 2);

        _stock.Describe(Listing(active: false, day), DateTimeOffset.UnixEpoch);
        _stock.DelistedOn.Should().Be(day);

        _stock.Describe(Listing(active: false), DateTimeOffset.UnixEpoch);
        _stock.DelistedOn.Should().Be(day);

        _stock.Describe(Listing(active: true, day), DateTimeOffset.UnixEpoch);
        _stock.DelistedOn.Should().BeNull();
    }
}
