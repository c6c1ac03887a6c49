using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Dividends;

[Collection(LedgerApp.Name)]
public sealed class GetSuggestedDividendsTests(TestApp app)
{
    [Fact]
    public async Task The_shares_of_the_close_before_the_ex_date_are_entitled()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-02-09", "10", "100");
        await app.Buy(id, stock, "2026-02-10", "5", "100"); // on the ex-date: too late
        await app.Sell(id, stock, "2026-03-10", "12", "100"); // on the ex-date: still entitled
        await stock.Dividend(app, "2026-02-09", 1);
        await stock.Dividend(app, "2026-02-10", 0.25m, payDate: "2026-03-02");
        await stock.Dividend(app, "2026-03-10", 0.3333333333m);
        await stock.Dividend(app, "2026-04-10", 0.5m);

        var answer = await Suggested(id);

        answer.Texts("exDate").Should().Equal("2026-02-10", "2026-03-10", "2026-04-10");
        answer.Select(one => one.Exact("quantity")).Should().Equal(10m, 15m, 3m);
        // 10 x 0.25; 15 x 0.3333333333; 3 x 0.5
        answer.Texts("gross").Should().Equal("2.50", "4.9999999995", "1.5");
        answer.Texts("status").Should().AllBe("open");
        (answer[0].Text("stockId"), answer[0].Text("ticker")).Should().Be((stock.Id, stock.Ticker));
        (answer[0].Text("perShare"), answer[0].Text("currency"), answer[0].Text("payDate")).Should().Be(("0.25", "USD", "2026-03-02"));
        (answer[0].Text("transactionId"), answer[1].Text("payDate")).Should().Be((null, null));
    }

    [Fact]
    public async Task A_split_of_the_ex_date_does_not_multiply_the_amount()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(
            app,
            [("2026-01-05", 100m)],
            splits: [("2026-02-10", 1, 4), ("2026-03-02", 1, 2)],
            dividends: [("2026-02-10", 2m), ("2026-02-11", 0.5m), ("2026-03-03", 0.1m)]
        );
        await app.Buy(id, stock, "2026-01-05", "10", "100");

        var answer = await Suggested(id);

        // 10 old shares x 2; 40 new ones x 0.5; 80 x 0.1
        answer.Select(one => one.Exact("quantity")).Should().Equal(10m, 40m, 80m);
        answer.Select(one => one.Exact("gross")).Should().Equal(20m, 20m, 8m);
    }

    [Fact]
    public async Task What_is_to_come_is_told_as_such()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await stock.Dividend(app, "2026-06-30", 1); // today
        await stock.Dividend(app, "2026-07-01", 2);

        (await Suggested(id)).Texts("status").Should().Equal("open", "upcoming");
        (await Suggested(id, "?status=upcoming")).Texts("exDate").Should().Equal("2026-07-01");
        (await Suggested(id, "?from=2026-06-30&to=2026-06-30")).Texts("exDate").Should().Equal("2026-06-30");
        (await Suggested(id, "?from=2026-07-01&to=2027-07-01")).Texts("exDate").Should().Equal("2026-07-01");
    }

    // Ex on 10 March. Paid on 1 April, so until 11 April; without a day of payment until 24 April.
    [Theory]
    [InlineData("2026-03-09", "2026-04-01", "open")]
    [InlineData("2026-03-10", "2026-04-01", "possiblyRecorded")]
    [InlineData("2026-04-11", "2026-04-01", "possiblyRecorded")]
    [InlineData("2026-04-12", "2026-04-01", "open")]
    [InlineData("2026-04-24", null, "possiblyRecorded")]
    [InlineData("2026-04-25", null, "open")]
    public async Task One_entered_by_hand_about_then_may_be_it(string entered, string? payDate, string status)
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await stock.Dividend(app, "2026-03-10", 1, payDate);
        var entry = await app.Record(id, Story.Money("dividend", entered, "7.5", stock));

        var answer = await Suggested(id);

        answer.Texts("status").Should().Equal(status);
        answer[0].Text("transactionId").Should().Be(status == "open" ? null : entry.Text("id"));
        answer[0].Exact("recordedAmount").Should().Be(status == "open" ? null : 7.5m);
    }

    [Fact]
    public async Task One_entered_by_hand_stands_for_one_dividend_only_that_of_its_amount()
    {
        var id = await app.Portfolio();
        var (stock, other) = (await app.Stock(), await app.Stock());
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await app.Buy(id, other, "2026-01-05", "10", "100");
        foreach (var (exDate, amount) in new[] { ("2026-02-10", 1m), ("2026-03-10", 2m), ("2026-04-10", 3m) })
            await stock.Dividend(app, exDate, amount);
        await other.Dividend(app, "2026-03-10", 2);
        // Nearer to the first, within reach of both, and of the amount of the second.
        await app.Record(id, Story.Money("dividend", "2026-03-11", "20", stock));
        var mistake = await app.Record(id, Story.Money("dividend", "2026-04-10", "30", stock));
        (await app.Api.Delete(mistake.Location!)).Is(204);

        var answer = (await Suggested(id)).Where(one => one.Text("stockId") == stock.Id);

        answer.Texts("status").Should().Equal("open", "possiblyRecorded", "open");
        (await Suggested(id, "?status=open")).Texts("stockId").Should().BeEquivalentTo(stock.Id, stock.Id, other.Id);
    }

    [Fact]
    public async Task Of_several_portfolios_each_has_its_own()
    {
        var (one, two) = (await app.Portfolio(), await app.Portfolio());
        var stock = await app.Stock();
        await app.Buy(one, stock, "2026-01-05", "10", "100");
        await stock.Dividend(app, "2026-03-10", 1);

        (await Suggested(one)).Should().HaveCount(1);
        (await Suggested(two)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("?from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("?from=tomorrow", "from")]
    [InlineData("?status=closed", "status")]
    public async Task What_is_no_filter_is_refused(string query, string path) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/suggested-dividends{query}")).IsInvalid(path);

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/suggested-dividends")).IsProblem(404, "portfolio.notFound");

    private async Task<List<JsonElement>> Suggested(string portfolio, string query = "") =>
        [.. (await app.Api.Get($"portfolios/{portfolio}/suggested-dividends{query}")).Is(200).At("dividends").EnumerateArray()];
}
