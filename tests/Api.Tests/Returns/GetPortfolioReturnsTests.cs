using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetPortfolioReturnsTests(TestApp app)
{
    [Fact]
    public async Task A_portfolio_of_securities_is_as_worked_out_by_hand()
    {
        var (portfolio, stock) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-01-01&to=2026-03-31")).Is(200);

        // 15 x 66.10 = 991.50; in 1001.50 and 2.00; out 300 - 1.00 and 7.50 - 1.125
        answer.Figures("total", 0, 991.50m, 1003.50m, 305.375m, 293.375m);
        // sold 5 of 20 that cost 1000: 300 - 250; the other 15: 991.50 - 750
        answer.Parts("total", 50, 241.5m, 7.5m, 0, -4, -1.625m, 0);
        answer.Figures("stocks.0.figures", 0, 991.50m, 1001.50m, 305.375m, 295.375m);
        answer.Figures("cash", 0, 0, 2, 0, -2);
        answer.At("total.simpleReturn").GetDouble().Should().BeApproximately(293.375 / 1003.5, 1e-15);
        answer.Text("stocks.0.stockId").Should().Be(stock.Id);
        answer.Text("stocks.0.ticker").Should().Be(stock.Ticker);
        answer.Text("quality.status").Should().Be("complete");
        answer.Text("currency").Should().Be("USD");
        answer.Text("asOf").Should().Be("2026-03-31");
        answer.Text("method").Should().Be("simple");
        answer.Text("conventions.priceBasis").Should().Be("raw");
        answer.Text("conventions.costMethods.0").Should().Be("fifo");
    }

    [Fact]
    public async Task A_portfolio_with_cash_and_transfers_is_as_worked_out_by_hand()
    {
        var (portfolio, _) = await Books.Tracked(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-01-01&to=2026-03-31")).Is(200);

        // cash 2000 - 1001 + 6.80 + 480 - 100 - 3 + 1.23 - 0.40 = 1383.63, shares 7 x 130; in 2000 and 3 x 121, out 100 and 2 x 125
        answer.Figures("total", 0, 2293.63m, 2363, 350, 280.63m);
        // sold 481 - 400; the rest 910 - 1000 + 481 - 363 + 250 - 81
        answer.Parts("total", 81, 197, 8, 1.23m, -5, -1.6m, 0);
        answer.Exact("cash.closingValue").Should().Be(1383.63m);
        answer.At("total.simpleReturn").GetDouble().Should().BeApproximately(280.63 / 2363, 1e-15);
    }

    [Fact]
    public async Task A_rate_beyond_what_a_number_holds_is_null_with_a_reason()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-03-02", 1_000_000_000m)]);
        await app.Buy(portfolio, stock, "2026-03-02", "1", "0.0000000001");

        // 1e19-fold in 29 days: 1e239 a year, which twenty years raise beyond every double
        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2006-01-01&to=2026-03-31")).Is(200);

        answer.At("measures.moneyWeighted").GetDouble().Should().BeGreaterThan(1e200);
        answer.At("measures.moneyWeightedPeriod").ValueKind.Should().Be(JsonValueKind.Null);
        answer.Body.Should().Contain("The whole: moneyWeightedPeriod.");
    }

    [Theory]
    [InlineData("2026-01-05", "2026-01-05", "2026-01-06")]
    [InlineData("2026-02-27", "2026-03-14", "2026-03-15")]
    public async Task Gains_of_adjacent_ranges_add_up(string from, string until, string next)
    {
        var (portfolio, _) = await Books.External(app);

        var first = await app.Api.Get($"portfolios/{portfolio}/returns?from={from}&to={until}");
        var second = await app.Api.Get($"portfolios/{portfolio}/returns?from={next}&to=2026-03-31");
        var whole = await app.Api.Get($"portfolios/{portfolio}/returns?from={from}&to=2026-03-31");

        (first.Exact("total.gain") + second.Exact("total.gain")).Should().Be(whole.Exact("total.gain"));
        first.Exact("total.closingValue").Should().Be(second.Exact("total.openingValue"));
    }

    [Fact]
    public async Task Trades_of_the_first_day_belong_to_the_range_and_those_of_the_day_before_do_not()
    {
        var (portfolio, _) = await Books.External(app);

        var with = await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-02-27&to=2026-02-28");
        var without = await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-02-28&to=2026-02-28");

        // 20 x 56 the day before, then 15 x 60 and 299 paid out
        with.Figures("total", 1120, 900, 0, 299, 79);
        without.Figures("total", 900, 900, 0, 0, 0);
    }

    [Fact]
    public async Task Returns_that_look_at_every_day_are_as_worked_out_by_hand()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2025-01-06", 100m), ("2025-05-30", 110m), ("2026-01-06", 121m)]);
        await app.Buy(portfolio, stock, "2025-01-06", "1", "100");
        await app.Buy(portfolio, stock, "2025-06-02", "9", "110");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2025-01-07&to=2026-01-06")).Is(200);

        // 100 at the close of 6 January, 365 days: 110 / 100 before the purchase, 10 x 121 / 1100 after it
        Ratio(answer, "measures.timeWeighted").Should().BeApproximately(0.21, 1e-14);
        Ratio(answer, "measures.timeWeightedAnnualised").Should().BeApproximately(0.21, 1e-14);
        Ratio(answer, "stocks.0.measures.timeWeighted").Should().BeApproximately(0.21, 1e-14);
        // 990 came in on day 147 of 365: gain 1210 - 100 - 990 over 100 + 990 x 218 / 365
        Ratio(answer, "measures.modifiedDietz").Should().BeApproximately(120 / (100 + (990 * 218 / 365.0)), 1e-14);
        var rate = Ratio(answer, "measures.moneyWeighted");
        (-100 - (990 * Math.Pow(1 + rate, -147 / 365.0)) + (1210 / (1 + rate))).Should().BeApproximately(0, 1e-9);
        Ratio(answer, "measures.moneyWeightedPeriod").Should().BeApproximately(rate, 1e-14);
        answer.Text("conventions.flowTiming").Should().Be("inAtStartOutAtEnd");
        answer.Text("conventions.dayCount").Should().Be("ACT/365F");
    }

    [Fact]
    public async Task The_timing_of_flows_can_be_chosen()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-06", 120m)]);
        await app.Buy(portfolio, stock, "2026-01-05", "2", "100");
        await app.Sell(portfolio, stock, "2026-01-06", "1", "110");
        async Task<double> Of(string timing) =>
            Ratio(
                (await app.Api.Get($"portfolios/{portfolio}/returns?to=2026-01-06&flowTiming={timing}")).Is(200),
                "measures.timeWeighted"
            );

        (await Of("inAtStartOutAtEnd")).Should().BeApproximately(0.15, 1e-14); // (120 + 110) / 200
        (await Of("startOfDay")).Should().BeApproximately((120 / 90.0) - 1, 1e-14); // 120 / (200 - 110)
        (await app.Api.Get($"portfolios/{portfolio}/returns?flowTiming=noon")).IsProblem(400, "request.malformed");
    }

    [Fact]
    public async Task A_range_shorter_than_a_year_has_no_yearly_rate_and_says_so()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-01-05&to=2026-03-31")).Is(200);

        answer.Text("measures.timeWeightedAnnualised").Should().BeNull();
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("shorterThanYear");
        answer.Text("quality.status").Should().Be("complete");
    }

    [Fact]
    public async Task Without_a_range_it_goes_from_the_first_entry_until_today()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns")).Is(200);

        answer.Text("from").Should().Be("2026-01-05");
        answer.Text("to").Should().Be("2026-06-30");
        answer.Text("quality.status").Should().Be("estimated");
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("stale");
    }

    [Fact]
    public async Task An_empty_portfolio_has_no_return_and_the_reason_is_told()
    {
        var answer = (await app.Api.Get($"portfolios/{await app.Portfolio()}/returns")).Is(200);

        answer.Figures("total", 0, 0, 0, 0, 0);
        answer.Text("total.simpleReturn").Should().BeNull();
        answer.Text("quality.reasons.0.code").Should().Be("noCapital");
    }

    [Fact]
    public async Task A_stock_without_a_price_stands_at_its_cost_and_says_so()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, []);
        await app.Buy(portfolio, stock, "2026-01-05", "2", "50", fee: "1");

        var answer = await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-01-01&to=2026-03-31");

        answer.Exact("total.closingValue").Should().Be(101);
        answer.Text("quality.status").Should().Be("estimated");
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("priceMissing");
    }

    [Fact]
    public async Task A_stock_in_another_currency_makes_figures_unknown_and_never_one_to_one()
    {
        var portfolio = await app.Portfolio(currency: "EUR");
        var stock = await app.Stock();
        await app.Buy(portfolio, stock, "2026-01-05", "2", "50");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/returns")).Is(200);

        answer.Text("total.gain").Should().BeNull();
        answer.Text("quality.status").Should().Be("incomplete");
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("fxRateMissing");
    }

    [Fact]
    public async Task The_data_version_changes_with_the_ledger_and_with_the_market_and_only_then()
    {
        var (portfolio, stock) = await Books.External(app);
        async Task<string?> Version() => (await app.Api.Get($"portfolios/{portfolio}/returns")).Text("dataVersion");
        var first = await Version();
        await Books.External(app);
        (await Version()).Should().Be(first);

        var entry = await app.Buy(portfolio, stock, "2026-04-01", "1", "1");
        var second = await Version();
        (await app.Api.Delete(entry.Location!)).Is(204);
        var third = await Version();
        await stock.Price(app, "2026-04-01", 70);
        var fourth = await Version();

        new[] { first, second, third, fourth }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_corrected_price_is_in_the_next_answer()
    {
        var (portfolio, stock) = await Books.External(app);
        var path = $"portfolios/{portfolio}/returns?from=2026-01-01&to=2026-03-31";
        (await app.Api.Get(path)).Exact("total.closingValue").Should().Be(991.5m);

        await stock.Price(app, "2026-03-31", 67);

        (await app.Api.Get(path)).Exact("total.closingValue").Should().Be(1005);
    }

    [Theory]
    [InlineData("from=2026-03-01&to=2026-02-01", "from")]
    [InlineData("from=1825-01-01&to=2025-01-01", "from", "to")]
    [InlineData("from=1900-01-01&to=2026-01-01", "to")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("from=9999-12-31", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-03-31T00:00:00Z", "to")]
    public async Task What_is_no_range_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/returns?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/returns")).IsProblem(404, "portfolio.notFound");

    [Fact]
    public async Task Ratios_are_numbers_and_money_is_text()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/returns?to=2026-03-31");

        answer.At("total.gain").GetString().Should().NotBeNull();
        double.Parse(answer.At("total.simpleReturn").GetRawText(), CultureInfo.InvariantCulture).Should().BePositive();
    }

    private static double Ratio(Answer answer, string path) => answer.At(path).GetDouble();
}
