using System.Text.Json;
using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

[Collection(RealMarketTests.Name)]
public sealed class RealReturnsTests(RealMarket market)
{
    private static readonly (string From, string To)[] Ranges =
    [
        ("2015-03-20", "2017-03-31"), // everything
        ("2015-04-01", "2015-04-01"), // the first purchase's day
        ("2015-04-02", "2015-12-31"),
        ("2016-01-01", "2016-12-31"),
        ("2016-09-01", "2016-09-01"), // before, on and over CHD's split
        ("2016-09-02", "2016-09-02"),
        ("2016-08-15", "2016-09-15"),
        ("2017-02-18", "2017-02-20"), // week-end and holiday before CMCSA's split
        ("2017-02-21", "2017-02-21"),
        ("2017-02-17", "2017-03-10"),
        ("2017-03-11", "2017-03-31"),
        ("2016-07-04", "2016-07-04"), // holiday
    ];

    [MarketDataFact]
    public async Task Holdings_on_many_days_equal_an_independent_computation()
    {
        var (id, book) = await Portfolio(tracksCash: false);
        foreach (var day in Days())
        {
            var answer = (await market.App.Api.Get($"portfolios/{id}/holdings?asOf={day:yyyy-MM-dd}")).Is(200);
            var holdings = answer.At("holdings").EnumerateArray().ToDictionary(holding => holding.Text("ticker")!);
            var held = book.Tickers.Where(ticker => book.Quantity(ticker, day) != 0).ToList();
            holdings.Keys.Should().BeEquivalentTo(held, "on {0}", day);
            foreach (var ticker in held)
            {
                var (holding, value, cost) = (holdings[ticker], book.Value(ticker, day), book.Cost(ticker, day));
                Same(holding, "quantity", book.Quantity(ticker, day), day);
                Same(holding, "price", book.Price(ticker, day), day);
                Same(holding, "value", value, day);
                Same(holding, "cost", cost, day);
                Same(holding, "unrealisedGain", value - cost, day);
                holding.Text("priceDate").Should().Be($"{market.Files.LastBar(ticker, day)!.Date:yyyy-MM-dd}");
            }
            answer.Exact("totalValue").Should().Be(book.Value(day), "on {0}", day);
        }
    }

    [MarketDataFact]
    public Task Returns_of_a_portfolio_without_cash_equal_an_independent_computation() => ReturnsAreRight(tracksCash: false);

    [MarketDataFact]
    public Task Returns_of_a_portfolio_with_cash_equal_an_independent_computation() => ReturnsAreRight(tracksCash: true);

    [MarketDataFact]
    public async Task Daily_values_and_flows_equal_an_independent_computation()
    {
        var (id, book) = await Portfolio(tracksCash: true);
        var answer = (await market.App.Api.Get($"portfolios/{id}/history?from=2016-08-01&to=2017-03-31")).Is(200);
        var points = answer.At("points").EnumerateArray().ToList();
        points.Should().HaveCount(243);
        var day = new DateOnly(2016, 8, 1);
        foreach (var point in points)
        {
            point.Text("date").Should().Be($"{day:yyyy-MM-dd}");
            Same(point, "value", book.Value(day), day);
            Same(point, "netInflow", book.NetInflow(day), day);
            day = day.AddDays(1);
        }
    }

    [MarketDataFact]
    public async Task Realised_gains_equal_an_independent_computation()
    {
        var (id, book) = await Portfolio(tracksCash: false);
        var answer = (await market.App.Api.Get($"portfolios/{id}/gains?from=2016-01-01&to=2017-03-31")).Is(200);
        var expected = book.Sales(new(2016, 1, 1), new(2017, 3, 31)).OrderBy(sale => sale.SoldOn).ThenBy(sale => sale.AcquiredOn).ToList();
        var lots = answer.At("lots").EnumerateArray().ToList();
        lots.Should().HaveCount(expected.Count).And.HaveCountGreaterThan(6);
        foreach (var (lot, sale) in lots.Zip(expected))
        {
            lot.Text("ticker").Should().Be(sale.Ticker);
            lot.Text("soldOn").Should().Be($"{sale.SoldOn:yyyy-MM-dd}");
            lot.Text("acquiredOn").Should().Be($"{sale.AcquiredOn:yyyy-MM-dd}");
            Same(lot, "quantity", sale.Quantity, sale.SoldOn);
            Same(lot, "proceeds", sale.NetProceeds, sale.SoldOn);
            Same(lot, "cost", sale.Cost, sale.SoldOn);
            lot.At("longTerm").GetBoolean().Should().Be(sale.SoldOn > sale.AcquiredOn.AddDays(365));
        }
        answer.Exact("totalGain").Should().Be(expected.Sum(sale => sale.NetProceeds - sale.Cost));
    }

    // Day by day from the naive figures of single days.
    private static void SameMeasures(Answer answer, NaiveBook book, DateOnly from, DateOnly to)
    {
        var days = Enumerable
            .Range(0, to.DayNumber - from.DayNumber + 1)
            .Select(i => (Index: i + 1, Of: book.OfAll(from.AddDays(i), from.AddDays(i))))
            .ToList();
        var capital = days.Select(day =>
                (Start: (double)(day.Of.Opening + day.Of.Inflows), End: (double)(day.Of.Closing + day.Of.Outflows))
            )
            .ToList();
        var linked = capital.Aggregate(1.0, (growth, day) => day.Start == 0 ? growth : growth * day.End / day.Start) - 1;
        var range = $"{from:O}..{to:O}";
        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(linked, 1e-9, range);

        var (opening, closing) = ((double)days[0].Of.Opening, (double)days[^1].Of.Closing);
        var flows = days.Select(day => (day.Index, Amount: (double)(day.Of.Inflows - day.Of.Outflows))).ToList();
        var average = opening + flows.Sum(flow => flow.Amount * (days.Count - flow.Index) / days.Count);
        var gain = closing - opening - flows.Sum(flow => flow.Amount);
        if (average > 0)
            answer
                .At("measures.modifiedDietz")
                .GetDouble()
                .Should()
                .BeApproximately(gain / average, 1e-9 * Math.Max(1, Math.Abs(gain / average)), range);

        if (answer.Text("measures.moneyWeighted") is null && from == to)
            return;
        var rate = answer.At("measures.moneyWeighted").GetDouble();
        double Present(double amount, int day) => amount * Math.Pow(1 + rate, -day / 365.0);
        var value = -opening - flows.Sum(flow => Present(flow.Amount, flow.Index)) + Present(closing, days.Count);
        var scale = opening + closing + flows.Sum(flow => Math.Abs(Present(flow.Amount, flow.Index)));
        value.Should().BeApproximately(0, 1e-9 * scale, range);
    }

    private async Task ReturnsAreRight(bool tracksCash)
    {
        var (id, book) = await Portfolio(tracksCash);
        foreach (var (first, last) in Ranges)
        {
            var (from, to, range) = (DateOnly.Parse(first), DateOnly.Parse(last), $"{first}..{last}");
            var answer = (await market.App.Api.Get($"portfolios/{id}/returns?from={first}&to={last}")).Is(200);
            // A stock that is bought, and sold for more, early in a range has a negative average capital, and charges after that can leave no rate.
            var reasons = answer
                .At("quality.reasons")
                .EnumerateArray()
                .ToLookup(reason => reason.Text("stockId") is null, reason => reason.Text("code"));
            // Within one day what comes in counts from its end: no average capital, and no time for a rate.
            string[] ofOneDay = from == to ? ["capitalNotPositive", "noRoot"] : [];
            reasons[true].Should().BeSubsetOf(["noCapital", "shorterThanYear", .. ofOneDay], range);
            reasons[false].Should().BeSubsetOf(["noCapital", "capitalNotPositive", "noRoot", "multipleRoots"], range);
            Same(answer.At("total"), book.OfAll(from, to), range);
            SameMeasures(answer, book, from, to);
            foreach (var stock in answer.At("stocks").EnumerateArray())
                Same(stock.At("figures"), book.OfStock(stock.Text("ticker")!, from, to), $"{stock.Text("ticker")} {range}");
            var concerned = book.Tickers.Where(ticker =>
                book.OfStock(ticker, from, to) is not { Opening: 0, Closing: 0, Inflows: 0, Outflows: 0 }
            );
            answer.At("stocks").EnumerateArray().Texts("ticker").Should().BeEquivalentTo(concerned, range);
        }
    }

    private static void Same(JsonElement figures, NaiveFigures expected, string because)
    {
        Same(figures, "openingValue", expected.Opening, because);
        Same(figures, "closingValue", expected.Closing, because);
        Same(figures, "inflows", expected.Inflows, because);
        Same(figures, "outflows", expected.Outflows, because);
        Same(figures, "netInflow", expected.Inflows - expected.Outflows, because);
        Same(figures, "gain", expected.Gain, because);
        Same(figures, "parts.realisedPrice", expected.Realised, because);
        Same(figures, "parts.unrealisedPrice", expected.Unrealised, because);
        Same(figures, "parts.dividends", expected.Dividends, because);
        Same(figures, "parts.interest", expected.Interest, because);
        Same(figures, "parts.fees", expected.Fees, because);
        Same(figures, "parts.taxes", expected.Taxes, because);
        Same(figures, "parts.fx", 0, because);
        var simple = figures.At("simpleReturn");
        if (expected.Simple is { } ratio)
            simple.GetDouble().Should().BeApproximately(ratio, 1e-12, because);
        else
            simple.ValueKind.Should().Be(JsonValueKind.Null, because);
    }

    private static void Same(JsonElement json, string path, decimal expected, object because) =>
        json.Exact(path).Should().Be(expected, "that is {0}, {1}", path, because);

    // Every ninth day, and every day around both splits.
    private static IEnumerable<DateOnly> Days()
    {
        for (var day = new DateOnly(2015, 3, 25); day <= RealMarket.To; day = day.AddDays(1))
            if (
                day.DayNumber % 9 == 0
                || Math.Abs(day.DayNumber - new DateOnly(2016, 9, 2).DayNumber) < 5
                || Math.Abs(day.DayNumber - new DateOnly(2017, 2, 21).DayNumber) < 5
            )
                yield return day;
    }

    private async Task<(string Id, NaiveBook Book)> Portfolio(bool tracksCash)
    {
        var api = market.App.Api;
        var trades = RealPortfolio.Trades(market.Files);
        if (tracksCash)
            trades.AddRange(RealPortfolio.CashMoves);
        var customer = (await api.Post("customers", new { name = "Real", email = Unique.Email() })).Is(201).Text("id");
        var opened = await api.Post(
            $"customers/{customer}/portfolios",
            new
            {
                name = Unique.Name(),
                currency = "USD",
                cash = tracksCash ? "tracked" : "external",
            }
        );
        var id = opened.Is(201).Text("id")!;
        foreach (var trade in trades.OrderBy(trade => trade.Date).ThenBy(trade => trade.Kind, StringComparer.Ordinal))
            (await api.Post($"portfolios/{id}/transactions", Body(trade))).Is(201);
        return (id, new NaiveBook(market.Files, trades, tracksCash));
    }

    private static object Body(Trade trade) =>
        trade.Kind is "buy" or "sell"
            ? new
            {
                trade.Kind,
                trade.Date,
                trade.Ticker,
                trade.Quantity,
                UnitPrice = trade.Price,
                trade.Fee,
                trade.Tax,
            }
            : new
            {
                trade.Kind,
                trade.Date,
                trade.Ticker,
                trade.Amount,
                trade.Fee,
                trade.Tax,
            };
}
