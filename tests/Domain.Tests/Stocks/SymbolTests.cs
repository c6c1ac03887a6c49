using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Stocks;

public class SymbolTests
{
    private static readonly DateOnly Monday = new(2015, 6, 15);
    private static readonly DateTimeOffset Now = new(2015, 6, 20, 12, 0, 0, TimeSpan.Zero);

    private static Stock Stock(string ticker = "ACT") => new(ticker, Currency.Usd, DateTimeOffset.UnixEpoch);

    private static Listing Listing(string ticker, bool active = true, DateOnly? listed = null, DateOnly? delisted = null) =>
        new(ticker, "Company", null, Currency.Usd, null, null, active, listed, delisted);

    private static IEnumerable<string> Told(Stock stock) =>
        stock.Symbols.Select(symbol => $"{symbol.Ticker} {symbol.From:yyyy-MM-dd}..{symbol.To:yyyy-MM-dd}");

    [Fact]
    public void A_new_stock_bears_its_ticker_since_nobody_knows_when() => Told(Stock()).Should().Equal("ACT ..");

    [Fact]
    public void A_rename_keeps_the_stock_and_parts_the_days()
    {
        var stock = Stock();
        var id = stock.Id;

        stock.Rename("AGN", Monday, Now);

        (stock.Id, stock.Ticker, stock.Active).Should().Be((id, "AGN", true));
        Told(stock).Should().Equal("ACT ..2015-06-14", "AGN 2015-06-15..");
        stock.Symbols[0].Bore(Monday.AddDays(-1)).Should().BeTrue();
        stock.Symbols[0].Bore(Monday).Should().BeFalse();
        stock.Symbols[1].Bore(Monday).Should().BeTrue();
    }

    [Fact]
    public void A_ticker_is_learnt_when_it_comes_not_when_its_stock_did()
    {
        var stock = Stock();

        stock.Rename("AGN", Monday, Now);
        stock.Describe(Listing("AGN"), Now.AddDays(1));

        stock.Symbols.Select(symbol => symbol.LearnedAt).Should().Equal(DateTimeOffset.UnixEpoch, Now);
    }

    [Fact]
    public void A_ticker_can_come_back()
    {
        var stock = Stock("A");

        stock.Rename("B", Monday, Now);
        stock.Rename("A", Monday.AddDays(7), Now);
        stock.Describe(Listing("A", active: false, delisted: Monday.AddDays(30)), Now);

        Told(stock).Should().Equal("A ..2015-06-14", "B 2015-06-15..2015-06-21", "A 2015-06-22..2015-07-15");
    }

    [Fact]
    public void A_rename_before_the_ticker_was_borne_is_refused()
    {
        var stock = Stock();
        stock.Describe(Listing("ACT", listed: Monday), Now);

        stock.Invoking(it => it.Rename("AGN", Monday, Now)).Should().Throw<RuleBroken>().Which.Code.Should().Be("stock.renamedTooEarly");
        Told(stock).Should().Equal("ACT 2015-06-15..");
    }

    [Fact]
    public void A_listing_of_another_ticker_does_not_describe_it() =>
        Stock().Invoking(it => it.Describe(Listing("AGN"), Now)).Should().Throw<RuleBroken>().Which.Code.Should().Be("stock.otherTicker");

    [Fact]
    public void The_day_of_listing_begins_the_first_ticker_only()
    {
        var stock = Stock();
        stock.Rename("AGN", Monday, Now);

        stock.Describe(Listing("AGN", listed: new DateOnly(1993, 2, 17)), Now);

        Told(stock).Should().Equal("ACT ..2015-06-14", "AGN 2015-06-15..");
    }

    [Fact]
    public void A_delisting_ends_the_ticker_and_a_relisting_opens_it_again()
    {
        var stock = Stock();

        stock.Describe(Listing("ACT", active: false, delisted: Monday), Now);
        Told(stock).Should().Equal("ACT ..2015-06-15");

        stock.Describe(Listing("ACT"), Now);
        Told(stock).Should().Equal("ACT ..");
    }

    [Fact]
    public void Bearers_of_unknown_beginning_follow_each_other_in_the_order_of_their_ends()
    {
        var (now, old, oldest) = (Stock("X"), Stock("X"), Stock("X"));
        old.Describe(Listing("X", active: false, delisted: new DateOnly(2010, 5, 3)), Now);
        oldest.Describe(Listing("X", active: false, delisted: new DateOnly(2004, 1, 2)), Now);

        Bearers.Settle("X", [now, old, oldest]);

        new[] { oldest, old, now }.SelectMany(Told).Should().Equal("X ..2004-01-02", "X 2004-01-03..2010-05-03", "X 2010-05-04..");
    }

    [Fact]
    public void A_bearer_for_whom_no_day_is_left_loses_the_ticker()
    {
        var (one, twin, unknown, now) = (Stock("X"), Stock("X"), Stock("X"), Stock("X"));
        foreach (var stock in new[] { one, twin })
            stock.Describe(Listing("X", active: false, delisted: new DateOnly(2010, 5, 3)), Now);
        unknown.LoseTicker(null, Now);

        Bearers.Settle("X", [now, unknown, twin, one]);

        new[] { one, twin, unknown, now }.SelectMany(Told).Should().BeEquivalentTo("X ..2010-05-03", "X 2010-05-04..");
        Told(now).Should().Equal("X 2010-05-04..");
    }

    // Whatever stocks claim of a ticker, once settled no day has two bearers, the one that bears it now keeps today, and settling again changes nothing.
    [Fact]
    public void No_day_has_two_bearers()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var dice = new Random(seed);
            var stocks = Enumerable.Range(0, dice.Next(1, 6)).Select(i => Claimant(dice, active: i == 0)).ToList();

            Bearers.Settle("X", stocks.OrderBy(_ => dice.Next()));

            var days = Enumerable.Range(0, 80).Select(day => Monday.AddDays(day - 5)).ToList();
            days.Should().OnlyContain(day => Borne(stocks, day) <= 1, "seed {0}", seed);
            stocks[0].Symbols.Should().Contain(symbol => symbol.Ticker == "X" && symbol.To == null, "seed {0}", seed);
            var settled = stocks.SelectMany(Told).ToList();
            Bearers.Settle("X", stocks);
            stocks.SelectMany(Told).Should().Equal(settled, "seed {0}", seed);
        }
    }

    private static int Borne(IEnumerable<Stock> stocks, DateOnly day) =>
        stocks.SelectMany(stock => stock.Symbols).Count(symbol => symbol.Ticker == "X" && symbol.Bore(day));

    private static Stock Claimant(Random dice, bool active)
    {
        DateOnly? Day() => dice.Next(3) == 0 ? null : Monday.AddDays(dice.Next(60));
        var stock = Stock("X");
        stock.Describe(Listing("X", active, Day(), Day()), Now);
        if (!active && dice.Next(3) == 0)
            stock.Rename("Y", Monday.AddDays(70), Now);
        return stock;
    }
}
