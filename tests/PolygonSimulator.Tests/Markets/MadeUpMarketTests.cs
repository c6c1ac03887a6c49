using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Markets.MadeUp;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Tests.Markets;

public class MadeUpMarketTests
{
    static readonly Market Market = MadeUpMarket.Create(new DateOnly(2026, 12, 31));

    [Fact]
    public void A_bar_does_not_change_when_days_are_added()
    {
        var earlier = MadeUpMarket.Create(new DateOnly(2024, 3, 15));

        foreach (var stock in earlier.Stocks)
            Market.Find(stock.Ticker)!.Bars.Take(stock.Bars.Length).Should().Equal(stock.Bars);
    }

    [Fact]
    public void Every_machine_draws_the_same_prices()
    {
        var apple = Market.Find("AAPL")!;

        Micros.ToDecimal(apple.Bars[0].Close).Should().Be(105.4911m);
        Micros.ToDecimal(apple.Bars[apple.IndexFrom(new DateOnly(2026, 6, 30).DayNumber)].Close).Should().Be(288.6279m);
    }

    [Fact]
    public void About_fifty_stocks_trade_on_sessions_only_over_ten_years()
    {
        Market.Stocks.Should().HaveCountGreaterThan(50);
        Market.Find("MSFT")!.Bars.Should().HaveCount(ExchangeCalendar.Sessions(new(2016, 1, 4), new(2026, 12, 31)).Count());
        Market
            .Stocks.SelectMany(stock => stock.Bars)
            .Should()
            .OnlyContain(bar => ExchangeCalendar.IsSession(DateOnly.FromDayNumber(bar.Day)));
    }

    [Fact]
    public void Bars_are_possible_and_prices_have_four_decimals()
    {
        foreach (var bar in Market.Stocks.SelectMany(stock => stock.Bars))
        {
            var inside =
                bar.Low > 0 && bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close) && bar.Volume > 0;
            var stepped =
                (bar.Open | bar.High | bar.Low | bar.Close) != 0 && bar.Close % Micros.PriceStep == 0 && bar.High % Micros.PriceStep == 0;
            if (!inside || !stepped)
                Assert.Fail($"{bar}");
        }
    }

    [Fact]
    public void Daily_moves_are_those_of_stocks_once_splits_are_taken_out()
    {
        foreach (var stock in Market.Stocks)
        {
            var adjustment = new Adjustment(stock, new DateOnly(2026, 12, 31));
            var closes = stock.Bars.Select(bar => (double)adjustment.Apply(bar).Close).ToArray();
            var moves = closes.Zip(closes.Skip(1), (before, after) => Math.Abs((after / before) - 1)).ToArray();

            moves.Should().OnlyContain(move => move < 0.35, "{0} must not jump", stock.Ticker);
            moves.Average().Should().BeInRange(0.001, 0.04);
        }
    }

    [Fact]
    public void Raw_prices_jump_by_the_ratio_of_a_split()
    {
        var splits = Market.Stocks.SelectMany(stock => stock.Splits.Select(split => (stock, split))).ToList();

        splits.Should().HaveCountGreaterThan(8).And.Contain(entry => entry.split.IsReverse);
        foreach (var (stock, split) in splits)
        {
            var after = stock.IndexFrom(split.Execution.DayNumber);
            stock.Bars[after].Day.Should().Be(split.Execution.DayNumber, "{0} must be a session", split.Execution);
            var ratio = (decimal)stock.Bars[after].Open / stock.Bars[after - 1].Close;
            ratio.Should().BeApproximately(split.From / split.To, split.From / split.To * 0.15m);
        }
    }

    [Fact]
    public void Dividends_go_ex_on_sessions_and_are_announced_and_paid_in_order()
    {
        var dividends = Market.Stocks.SelectMany(stock => stock.Dividends).ToList();

        dividends.Should().HaveCountGreaterThan(1000);
        dividends.Should().OnlyContain(paid => paid.Cash > 0 && ExchangeCalendar.IsSession(paid.ExDate));
        dividends.Should().OnlyContain(paid => paid.Declared < paid.ExDate && paid.ExDate <= paid.Record && paid.Record < paid.Paid);
        Market.Find("KO")!.Dividends.Count(paid => paid.ExDate.Year == 2020).Should().Be(4);
        Market.Find("PLVR")!.Dividends.Count(paid => paid.ExDate.Year == 2020).Should().Be(12);
    }

    [Fact]
    public void A_special_dividend_shares_its_day_with_a_regular_one()
    {
        var special = Market.Find("YRRW")!.Dividends.Should().ContainSingle(paid => paid.IsSpecial).Subject;

        Market.Find("YRRW")!.Dividends.Should().ContainSingle(paid => !paid.IsSpecial && paid.ExDate == special.ExDate);
    }

    [Fact]
    public void A_split_divides_the_dividends_that_follow()
    {
        var apple = Market.Find("AAPL")!.Dividends;

        apple.Last(paid => paid.ExDate < new DateOnly(2020, 8, 31)).Cash.Should().BeGreaterThan(0.5m);
        apple.First(paid => paid.ExDate > new DateOnly(2020, 8, 31)).Cash.Should().BeLessThan(0.2m);
    }

    [Fact]
    public void A_delisted_stock_has_no_bar_after_its_last_day()
    {
        var paper = Market.Find("PLHM")!;

        paper.Bars[^1].Day.Should().Be(paper.LastDay!.Value.DayNumber);
        paper.IsDelisted(new DateOnly(2021, 7, 1)).Should().BeTrue();
    }

    [Fact]
    public void A_rename_cuts_the_history_in_two_without_a_gap()
    {
        var (before, after) = (Market.Find("QLWK")!, Market.Find("QLON")!);

        before.CompositeFigi.Should().Be(after.CompositeFigi);
        DateOnly.FromDayNumber(after.Bars[0].Day).Should().Be(new DateOnly(2022, 6, 9));
        DateOnly.FromDayNumber(before.Bars[^1].Day).Should().Be(new DateOnly(2022, 6, 8));
        (before.Bars.Length + after.Bars.Length).Should().Be(Market.Find("MSFT")!.Bars.Length);
        before.IsDelisted(new DateOnly(2023, 1, 1)).Should().BeFalse("it lives on under another symbol");
    }

    [Fact]
    public void Volumes_have_fractions_from_the_day_the_tape_has_them()
    {
        var bars = Market.Find("KO")!.Bars.ToLookup(bar => bar.Day >= new DateOnly(2026, 2, 23).DayNumber);

        bars[false].Should().OnlyContain(bar => bar.Volume % Micros.One == 0);
        bars[true].Count(bar => bar.Volume % Micros.One != 0).Should().BeGreaterThan(200);
    }
}
