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
    public void Bars_before_an_ex_date_are_lowered_by_its_close_with_and_without_the_dividend()
    {
        // 19 / (19 + 1) = 0.95, and before that 20 / (20 + 5) = 0.8 of it: 10 x 0.8 x 0.95 = 7.6
        var adjusted = AdjustedPrices.Of([Flat(1, 10), Flat(3, 20), Flat(5, 19)], [], [Pays(5, 1), Pays(2, 5)]);

        adjusted.Select(bar => bar.Close).Should().Equal(7.6m, 19m, 19m);
        adjusted.Should().OnlyContain(bar => bar.Volume == 100);
    }

    [Theory]
    [InlineData(2, 4, 2)] // of the split's day: 4 an old share, 1 a new one
    [InlineData(2, 4, 3)] // before the split, both before the next session
    [InlineData(3, 1, 2)] // after it: of new shares already
    public void A_dividend_is_of_shares_of_the_close_before_its_ex_date(int exDay, int amount, int splitDay)
    {
        // 40 x 1 / 4 x 9 / (9 + 1): 4 new shares at 9 and 4 in cash are as much as the old one
        var session = Math.Max(exDay, splitDay);
        var adjusted = AdjustedPrices.Of(
            [Flat(1, 40), Flat(session, 9)],
            [new Split(Stock, Book.Day(splitDay), 1, 4)],
            [Pays(exDay, amount)]
        );

        adjusted[0].Close.Should().Be(9);
    }

    [Fact]
    public void Dividends_of_one_session_buy_together()
    {
        // 16 / (16 + 3 + 1), not 16 / 19 x 16 / 17; the first is of a day without a session
        var adjusted = AdjustedPrices.Of([Flat(1, 20), Flat(3, 16)], [], [Pays(3, 3), Pays(2, 1)]);

        adjusted.Select(bar => bar.Close).Should().Equal(16m, 16m);
    }

    [Fact]
    public void A_dividend_larger_than_the_price_is_no_trouble() =>
        AdjustedPrices.Of([Flat(1, 10), Flat(2, 5)], [], [Pays(2, 15)])[0].Close.Should().Be(2.5m);

    [Fact]
    public void A_dividend_that_no_session_has_seen_yet_is_passed_over() =>
        AdjustedPrices.Of([Flat(1, 10), Flat(2, 10)], [], [Pays(3, 1)]).Select(bar => bar.Close).Should().Equal(10m, 10m);

    [Fact]
    public void The_change_of_an_adjusted_series_is_the_return_with_the_dividend_reinvested()
    {
        // 3 buy 3 / 97 of a share at the close of the ex-date: 97 x (1 + 3 / 97) = 100
        var adjusted = AdjustedPrices.Of([Flat(1, 100), Flat(2, 97), Flat(3, 106.7m)], [], [Pays(2, 3)]);

        (adjusted[1].Close / adjusted[0].Close).Should().Be(1);
        (adjusted[2].Close / adjusted[0].Close).Should().Be(1.1m);
    }
}
