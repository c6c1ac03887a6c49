using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

public class AdjustedPricesTests
{
    private static readonly Id<Stock> Stock = Id<Stock>.New(DateTimeOffset.UnixEpoch);

    private static Bar Flat(int day, decimal price) => new(Book.Day(day), price, price, price, price, 100);

    private static Dividend Pays(int exDay, decimal amount) =>
        new(Id<Dividend>.New(DateTimeOffset.UnixEpoch), Stock, Book.Day(exDay), amount, Currency.Usd, "CD", null, null, null, null);

    [Fact]
    public void Without_facts_nothing_changes()
    {
        Bar[] bars = [Flat(1, 10), Flat(2, 11)];

        AdjustedPrices.Of(bars, [], []).Should().Equal(bars);
        AdjustedPrices.Of([], [], []).Should().BeEmpty();
    }

    [Fact]
    public void Bars_before_a_split_are_restated_in_new_shares()
    {
        var adjusted = AdjustedPrices.Of([Flat(1, 40), Flat(2, 44), Flat(3, 11)], [new Split(Stock, Book.Day(3), 1, 4)], []);

        adjusted.Select(bar => (bar.Close, bar.Volume)).Should().Equal((10m, 400m), (11m, 400m), (11m, 100m));
    }

    [Fact]
    public void Bars_before_an_ex_date_are_lowered_by_its_share_of_the_close_before()
    {
        // 1 - 1 / 20 = 0.95, and before that 1 - 2 / 10 = 0.8 of it: 10 x 0.8 x 0.95 = 7.6
        var adjusted = AdjustedPrices.Of([Flat(1, 10), Flat(3, 20), Flat(5, 19)], [], [Pays(5, 1), Pays(2, 2)]);

        adjusted.Select(bar => bar.Close).Should().Equal(7.6m, 19m, 19m);
        adjusted.Should().OnlyContain(bar => bar.Volume == 100);
    }

    [Fact]
    public void A_dividend_of_a_splits_day_is_in_old_shares()
    {
        // 40 x (1 - 4 / 40) x 1 / 4
        var adjusted = AdjustedPrices.Of([Flat(1, 40), Flat(2, 9)], [new Split(Stock, Book.Day(2), 1, 4)], [Pays(2, 4)]);

        adjusted[0].Close.Should().Be(9);
    }

    [Fact]
    public void A_dividend_as_large_as_the_price_is_passed_over() =>
        AdjustedPrices.Of([Flat(1, 10), Flat(2, 10)], [], [Pays(2, 10)])[0].Close.Should().Be(10);

    [Fact]
    public void The_change_of_an_adjusted_series_is_the_return_with_the_dividend_reinvested()
    {
        var adjusted = AdjustedPrices.Of([Flat(1, 100), Flat(2, 97)], [], [Pays(2, 3)]);

        (adjusted[1].Close / adjusted[0].Close).Should().Be(1);
    }
}
