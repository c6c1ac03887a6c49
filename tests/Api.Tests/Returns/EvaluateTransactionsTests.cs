using System.Text.Json;
using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class EvaluateTransactionsTests(TestApp app)
{
    [Fact]
    public async Task Before_is_what_the_stored_ledger_returns_and_after_is_as_worked_out_by_hand()
    {
        var (portfolio, stock) = await Books.External(app);

        var answer = await Evaluate(
            portfolio,
            new
            {
                transactions = new[] { Story.Trade("buy", stock, "2026-02-27", "5", "60.00", fee: "2.00") },
                from = "2026-01-01",
                to = "2026-03-31",
            }
        );

        var stored = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-01-01&to=2026-03-31")).Is(200);
        JsonElement.DeepEquals(answer.Is(200).At("before"), stored.Json).Should().BeTrue("both are {0}", stored.Body);
        // the book's 991.50, 1003.50 and 305.375 with 5 x 66.10 more at the end, paid with 302.00
        answer.Figures("after.total", 0, 1322.00m, 1305.50m, 305.375m, 321.875m);
        answer.Text("holdings.asOf").Should().Be("2026-03-31");
        (answer.Text("holdings.holdings.0.quantity"), answer.Exact("holdings.totalValue")).Should().Be(("20", 1322.00m));
    }

    [Fact]
    public async Task Nothing_is_stored_and_what_is_recorded_afterwards_returns_the_same()
    {
        var (portfolio, _) = await Books.Tracked(app);
        var other = await TestStock.In(app, [("2026-02-02", 20m), ("2026-03-31", 22m)], splits: [("2026-02-16", 1, 2)]);
        var before = await app.Api.Get($"portfolios/{portfolio}/returns?to=2026-03-31");
        var drafts = new[]
        {
            Story.Trade("buy", other, "2026-02-02", "3", "20", fee: "1"),
            Story.Trade("sell", other, "2026-03-02", "5", "12"),
        };

        var answer = (await Evaluate(portfolio, new { transactions = drafts, to = "2026-03-31" })).Is(200);

        (await app.Api.Get($"portfolios/{portfolio}/returns?to=2026-03-31")).Body.Should().Be(before.Body);
        foreach (var draft in drafts)
            await app.Record(portfolio, draft);
        var recorded = (await app.Api.Get($"portfolios/{portfolio}/returns?to=2026-03-31")).Is(200);
        foreach (var part in new[] { "total", "measures", "stocks", "cash", "quality" })
            JsonElement.DeepEquals(answer.At($"after.{part}"), recorded.At(part)).Should().BeTrue("{0} is {1}", part, recorded.Body);
        var holdings = (await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-03-31")).Is(200);
        JsonElement.DeepEquals(answer.At("holdings.holdings"), holdings.At("holdings")).Should().BeTrue();
        answer.Text("after.dataVersion").Should().NotBe(answer.Text("before.dataVersion"));
    }

    [Fact]
    public async Task A_stock_may_be_named_by_its_ticker_and_need_not_be_in_the_ledger()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-03-31", 110m)]);
        var draft = new
        {
            kind = "buy",
            date = "2026-01-05",
            ticker = stock.Ticker,
            quantity = "2",
            unitPrice = "100",
        };

        var answer = (await Evaluate(portfolio, new { transactions = new[] { draft }, to = "2026-03-31" })).Is(200);

        (answer.Text("before.from"), answer.Text("after.from")).Should().Be(("2026-01-05", "2026-01-05"));
        answer.Figures("before.total", 0, 0, 0, 0, 0);
        answer.Figures("after.total", 0, 220, 200, 0, 20);
        answer.Text("after.stocks.0.stockId").Should().Be(stock.Id);
    }

    [Fact]
    public async Task A_stored_entry_can_be_left_out_or_replaced()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-03-31", 110m)]);
        var bought = await app.Buy(portfolio, stock, "2026-01-05", "10", "100");
        await app.Sell(portfolio, stock, "2026-02-05", "4", "105");
        var voided = new[] { bought.Text("id") };

        var less = new[] { Story.Trade("buy", stock, "2026-01-05", "5", "100") };
        var answer = (
            await Evaluate(
                portfolio,
                new
                {
                    transactions = less,
                    voided,
                    to = "2026-03-31",
                }
            )
        ).Is(200);

        // 10 x 100 in or 5 x 100, 4 x 105 out, 6 or 1 x 110 at the end
        answer.Figures("before.total", 0, 660, 1000, 420, 80);
        answer.Figures("after.total", 0, 110, 500, 420, 30);
        var none = Array.Empty<object>();
        (await Evaluate(portfolio, new { transactions = none, voided })).IsProblem(422, "transaction.oversold");
        (await app.Entries(portfolio)).Should().Be(2);
    }

    [Fact]
    public async Task Lots_of_one_day_follow_each_other_as_they_are_given()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-03-31", 100m)]);
        var bought = new[] { "50", "40", "30", "20", "10", "60", "70", "80" };
        object[] drafts =
        [
            .. bought.Select(price => Story.Trade("buy", stock, "2026-01-05", "1", price)),
            Story.Trade("sell", stock, "2026-01-06", "2", "100"),
        ];

        var answer = (await Evaluate(portfolio, new { transactions = drafts, to = "2026-03-31" })).Is(200);

        // First in, first out: 200 - 50 - 40
        answer.Exact("after.total.parts.realisedPrice").Should().Be(110);
    }

    [Fact]
    public async Task The_currency_and_the_timing_of_flows_can_be_chosen()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-06", 120m)]);
        await app.Store(("USD", "THB", "2026-01-05", "4"), ("USD", "THB", "2026-01-06", "5"));
        var body = new
        {
            transactions = new[] { Story.Trade("buy", stock, "2026-01-05", "2", "100") },
            to = "2026-01-06",
            flowTiming = "startOfDay",
            currency = "THB",
        };

        var answer = (await Evaluate(portfolio, body)).Is(200);

        // 200 at 4, 240 at 5
        answer.Figures("after.total", 0, 1200, 800, 0, 400);
        (answer.Text("after.currency"), answer.Text("holdings.currency")).Should().Be(("THB", "THB"));
        answer.Text("after.conventions.flowTiming").Should().Be("startOfDay");
    }

    [Fact]
    public async Task Rules_of_recording_hold()
    {
        var portfolio = await app.Portfolio();
        var stock = await app.Stock();
        var unknown = new TestStock(Guid.NewGuid().ToString(), "");

        (await Evaluate(portfolio, [Story.Trade("sell", stock, "2026-01-06", "1", "1")])).IsProblem(422, "transaction.oversold");
        (await Evaluate(portfolio, [Story.Money("deposit", "2026-07-01", "1")])).IsProblem(422, "transaction.futureDate");
        (await Evaluate(portfolio, [Story.Trade("buy", unknown, "2026-01-06", "1", "1")])).IsProblem(404, "stock.notFound");
        (await Evaluate(Guid.NewGuid().ToString(), [Story.Money("deposit", "2026-01-06", "1")])).IsProblem(404, "portfolio.notFound");
    }

    [Fact]
    public async Task What_is_to_be_left_out_must_be_in_the_ledger_and_count()
    {
        var (mine, other) = (await app.Portfolio(), await app.Portfolio());
        var foreign = (await app.Record(other, Story.Money("deposit", "2026-01-05", "1"))).Text("id");
        var gone = await app.Record(mine, Story.Money("deposit", "2026-01-05", "1"));
        (await app.Api.Delete(gone.Location!)).Is(204);
        Task<Answer> Without(params string?[] ids) => Evaluate(mine, new { transactions = Array.Empty<object>(), voided = ids });

        (await Without(foreign)).IsProblem(404, "transaction.notFound");
        (await Without(gone.Text("id"))).IsProblem(422, "transaction.alreadyVoid");
        (await Without(foreign, foreign)).IsInvalid("voided");
    }

    [Fact]
    public async Task All_violations_are_told_by_their_place()
    {
        var portfolio = await app.Portfolio();
        var body = """
            {"transactions":[{"kind":"deposit","date":"2026-01-05","amount":"1"},{"kind":"buy","date":"1899-12-31","quantity":"-1"},null],
             "from":"2026-03-01","to":"2026-02-01","currency":"GBX"}
            """;

        (await Evaluate(portfolio, body)).IsInvalid(
            "transactions[1].date",
            "transactions[1].stockId",
            "transactions[1].quantity",
            "transactions[1].unitPrice",
            "transactions[2]",
            "from",
            "currency"
        );
    }

    [Theory]
    [InlineData("""{"transactions":[]}""", "transactions")]
    [InlineData("""{"transactions":null}""", "transactions")]
    [InlineData("""{}""", "transactions")]
    public async Task Nothing_to_think_of_is_refused(string body, string path) =>
        (await Evaluate(await app.Portfolio(), body)).IsInvalid(path);

    [Fact]
    public async Task Five_hundred_transactions_are_taken_and_one_more_is_not()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var deposit = Story.Money("deposit", "2026-01-05", "1");

        var most = (await Evaluate(portfolio, [.. Enumerable.Repeat(deposit, 500)])).Is(200);

        most.Exact("after.total.inflows").Should().Be(500);
        (await Evaluate(portfolio, [.. Enumerable.Repeat(deposit, 501)])).IsInvalid("transactions");
    }

    private Task<Answer> Evaluate(string portfolio, object[] transactions) => Evaluate(portfolio, new { transactions });

    private Task<Answer> Evaluate(string portfolio, object body) => app.Api.Post($"portfolios/{portfolio}/what-if", body);
}
