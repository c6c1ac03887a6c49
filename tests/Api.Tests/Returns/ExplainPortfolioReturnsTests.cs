using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class ExplainPortfolioReturnsTests(TestApp app)
{
    private const string Range = "from=2026-02-01&to=2026-03-31";

    [Fact]
    public async Task What_made_the_figures_is_as_worked_out_by_hand()
    {
        var (portfolio, stock) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns/explain?{Range}")).Is(200);

        answer.Text("portfolios.0.stocks.0.stockId").Should().Be(stock.Id);
        var entries = answer.At("portfolios.0.entries").EnumerateArray().ToList();
        entries.Texts("kind").Should().Equal("buy", "sell", "dividend", "fee");
        entries.Select(entry => entry.Exact("gross")).Should().Equal(1000, 300, 7.5m, 2);
        entries.Select(entry => entry.Exact("cash")).Should().Equal(-1001.5m, 299, 6.375m, -2);
        const string Path = "portfolios.0.stocks.0";
        (answer.Exact($"{Path}.opening.quantity"), answer.Exact($"{Path}.opening.price")).Should().Be((10, 110.5m));
        (answer.Exact($"{Path}.opening.value"), answer.Exact($"{Path}.opening.cost")).Should().Be((1105, 1001.5m));
        (answer.Exact($"{Path}.closing.quantity"), answer.Exact($"{Path}.closing.value")).Should().Be((15, 991.5m));
        (answer.Text($"{Path}.splits.0.executionDate"), answer.Exact($"{Path}.splits.0.to")).Should().Be(("2026-02-02", 2));
        answer.At($"{Path}.quantities").EnumerateArray().Select(one => one.Exact("quantity")).Should().Equal(10, 20, 15);
        answer.At($"{Path}.closes").EnumerateArray().Select(one => one.Exact("close")).Should().Equal(110.5m, 56, 60, 66.1m);
        // 5 of 20 shares that cost 1000 went for 300.
        (answer.Exact($"{Path}.sales.0.proceeds"), answer.Exact($"{Path}.sales.0.price"))
            .Should()
            .Be((300, 250));
        answer.Exact($"{Path}.sales.0.priceGain").Should().Be(50);
        answer.At("portfolios.0.flows").EnumerateArray().Select(flow => flow.Exact("amount")).Should().Equal(-299, -6.375m, 2);
        answer.At("days").GetArrayLength().Should().Be(60);
        (answer.Text("days.0.date"), answer.Exact("days.0.value")).Should().Be(("2026-01-31", 1105));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&flowTiming=startOfDay")]
    public async Task The_arithmetic_made_again_from_the_answer_gives_the_same_digits(string more)
    {
        var (external, _) = await Books.External(app);
        var (tracked, _) = await Books.Tracked(app);
        var (rich, _) = await Rich.Record(app, "tracked", "hifo");
        var (other, _) = await Rich.Record(app, "external", "average");
        foreach (var portfolio in new[] { external, tracked, rich, other })
        foreach (var range in new[] { Range, "from=2026-01-05&to=2026-01-05", "from=2026-02-14&to=2026-06-30", "to=2026-06-30" })
        {
            var answer = (await app.Api.Get($"portfolios/{portfolio}/returns/explain?{range}{more}")).Is(200);
            Redo.Check(answer.Json);
        }
    }

    [Fact]
    public async Task The_figures_explained_are_those_of_the_returns()
    {
        var (portfolio, _) = await Rich.Record(app, "tracked", "fifo");

        var explained = await app.Api.Get($"portfolios/{portfolio}/returns/explain?{Range}");
        var returns = await app.Api.Get($"portfolios/{portfolio}/returns?{Range}");

        explained.At("returns").GetRawText().Should().Be(returns.Is(200).Body);
    }

    [Fact]
    public async Task A_missing_rate_leaves_no_days_and_no_figures()
    {
        var portfolio = await app.Portfolio(currency: "USD");
        var stock = await TestStock.In(app, [("2026-01-05", 100m)], currency: "MNT");
        await app.Buy(portfolio, stock, "2026-01-05", "1", "100");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns/explain?to=2026-01-09")).Is(200);

        answer.At("days").GetArrayLength().Should().Be(0);
        answer.Text("returns.total.gain").Should().BeNull();
        answer.Text("returns.quality.status").Should().Be("incomplete");
        Redo.Check(answer.Json);
    }

    [Fact]
    public async Task An_empty_portfolio_has_nothing_to_explain()
    {
        var answer = (await app.Api.Get($"portfolios/{await app.Portfolio()}/returns/explain?{Range}")).Is(200);

        answer.At("portfolios.0.entries").GetArrayLength().Should().Be(0);
        Redo.Check(answer.Json);
    }

    [Theory]
    [InlineData("from=2026-03-01&to=2026-02-01", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("from=9999-12-31&to=9999-12-31", "from", "to")]
    [InlineData("flowTiming=noon", "flowTiming")]
    [InlineData("currency=GBX", "currency")]
    public async Task What_is_no_range_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/returns/explain?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/returns/explain")).IsProblem(404, "portfolio.notFound");
}
