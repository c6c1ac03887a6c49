using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Dividends;

[Collection(LedgerApp.Name)]
public sealed class AcceptDividendsTests(TestApp app)
{
    private static readonly object All = new { all = true };

    [Fact]
    public async Task One_by_one_it_is_booked_on_the_ex_date_gross_with_its_tax()
    {
        var (id, stock) = await Story();
        var suggested = await Suggested(id);
        var chosen = suggested[0].Text("dividendId")!;

        var answer = await Accept(id, new { dividendIds = new[] { chosen }, taxes = new[] { new { dividendId = chosen, tax = "0.375" } } });

        answer.Is(200).At("skipped").GetArrayLength().Should().Be(0);
        var booked = answer.At("booked").EnumerateArray().Single();
        (booked.Text("kind"), booked.Text("date"), booked.Text("stockId")).Should().Be(("dividend", "2026-02-10", stock.Id));
        (booked.Text("amount"), booked.Text("tax"), booked.Text("currency")).Should().Be(("2.50", "0.375", "USD"));
        booked.Text("dividendId").Should().Be(chosen);
        (await app.Api.Get($"portfolios/{id}/transactions/{booked.Text("id")}")).Is(200).Text("dividendId").Should().Be(chosen);
        suggested = await Suggested(id);
        suggested.Texts("status").Should().Equal("recorded", "open", "upcoming");
        (suggested[0].Text("transactionId"), suggested[0].Exact("recordedAmount")).Should().Be((booked.Text("id"), 2.5m));
    }

    [Fact]
    public async Task A_null_among_the_taxes_is_named()
    {
        var (id, _) = await Story();

        (await Accept(id, """{"all":true,"taxes":[null]}""")).IsInvalid("taxes[0]");
    }

    [Fact]
    public async Task All_are_the_open_ones_until_today_and_count_in_the_returns()
    {
        var (id, _) = await Story();

        var answer = (await Accept(id, All)).Is(200);

        answer.At("booked").EnumerateArray().Texts("date").Should().Equal("2026-02-10", "2026-05-11");
        answer.At("skipped").EnumerateArray().Texts("reason").Should().Equal("notYet");
        // 10 x 0.25 + 10 x 0.30
        (await app.Api.Get($"portfolios/{id}/returns"))
            .Exact("total.parts.dividends")
            .Should()
            .Be(5.5m);
    }

    [Fact]
    public async Task It_is_never_booked_twice()
    {
        var (id, stock) = await Story();
        var chosen = (await Suggested(id))[0].Text("dividendId");
        (await Accept(id, All)).Is(200);

        var again = (await Accept(id, All)).Is(200);
        var byId = (await Accept(id, new { dividendIds = new[] { chosen, chosen } })).Is(200);
        await stock.Dividend(app, "2026-02-10", 0.26m, payDate: "2026-03-02", providerId: $"{stock.Id}-1");
        var corrected = (await Accept(id, All)).Is(200);

        new[] { again, byId, corrected }.Should().AllSatisfy(answer => answer.At("booked").GetArrayLength().Should().Be(0));
        byId.At("skipped").EnumerateArray().Texts("reason").Should().Equal("alreadyRecorded");
        (await app.Api.All($"portfolios/{id}/transactions")).Should().HaveCount(3);
    }

    [Fact]
    public async Task Accepted_several_times_at_once_it_is_booked_once()
    {
        var (id, _) = await Story();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Accept(id, All)));

        foreach (var refused in answers.Where(answer => answer.Status != 200))
            refused.IsProblem(409, refused.Text("code") is "concurrentChange" ? "concurrentChange" : "dividend.alreadyRecorded");
        answers.Where(answer => answer.Status == 200).Sum(answer => answer.At("booked").GetArrayLength()).Should().Be(2);
        (await app.Api.All($"portfolios/{id}/transactions")).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_correction_of_the_market_data_is_shown_and_changes_no_booking()
    {
        var (id, stock) = await Story();
        await Accept(id, All);

        await stock.Dividend(app, "2026-02-10", 0.26m, payDate: "2026-03-02", providerId: $"{stock.Id}-1");

        var changed = (await Suggested(id))[0];
        (changed.Text("status"), changed.Text("gross"), changed.Text("recordedAmount")).Should().Be(("changed", "2.60", "2.50"));
        (await app.Api.Get($"portfolios/{id}/returns")).Exact("total.parts.dividends").Should().Be(5.5m);
    }

    [Fact]
    public async Task A_purchase_found_later_is_shown_as_a_change_too()
    {
        var (id, stock) = await Story();
        await Accept(id, All);

        await app.Buy(id, stock, "2026-01-06", "1", "100");

        (await Suggested(id, "?status=changed")).Select(one => one.Exact("gross")).Should().Equal(2.75m, 3.3m);
    }

    [Fact]
    public async Task Voided_it_is_open_again_and_can_be_accepted_again()
    {
        var (id, _) = await Story();
        var booked = (await Accept(id, All)).At("booked").EnumerateArray().First().Text("id");

        (await app.Api.Delete($"portfolios/{id}/transactions/{booked}")).Is(204);

        (await Suggested(id)).Texts("status").Should().Equal("open", "recorded", "upcoming");
        (await Accept(id, All)).At("booked").GetArrayLength().Should().Be(1);
        (await Suggested(id)).Texts("status").Should().Equal("recorded", "recorded", "upcoming");
    }

    [Fact]
    public async Task On_the_day_of_payment_only_what_has_been_paid_is_booked()
    {
        var (id, stock) = await Story();
        await stock.Dividend(app, "2026-06-25", 0.1m, payDate: "2026-07-10");

        var answer = (await Accept(id, new { all = true, bookOn = "payDate" })).Is(200);

        answer.At("booked").EnumerateArray().Texts("date").Should().Equal("2026-03-02");
        answer.At("skipped").EnumerateArray().Texts("reason").Should().Equal("payDateUnknown", "payDateAfterToday", "notYet");
        (await Suggested(id)).Texts("status").Should().Equal("recorded", "open", "open", "upcoming");
    }

    [Fact]
    public async Task One_that_may_be_recorded_is_left_by_all_and_accepted_by_its_id()
    {
        var (id, stock) = await Story();
        await app.Record(id, Making.Story.Money("dividend", "2026-02-12", "2.50", stock));
        var doubtful = (await Suggested(id))[0].Text("dividendId");

        var all = (await Accept(id, All)).Is(200);
        var byId = (await Accept(id, new { dividendIds = new[] { doubtful } })).Is(200);

        all.At("booked").EnumerateArray().Texts("date").Should().Equal("2026-05-11");
        all.At("skipped").EnumerateArray().Texts("reason").Should().Equal("possiblyRecorded", "notYet");
        byId.At("booked").EnumerateArray().Texts("dividendId").Should().Equal(doubtful);
    }

    [Fact]
    public async Task What_is_not_paid_to_this_portfolio_is_told()
    {
        var (id, _) = await Story();
        var (_, other) = await Story();
        var strange = (await Suggested(await Holding(other)))[0].Text("dividendId");

        var answer = (await Accept(id, new { dividendIds = new[] { strange } })).Is(200);

        answer.At("skipped").EnumerateArray().Texts("reason").Should().Equal("notEntitled");
    }

    [Fact]
    public async Task Before_its_ex_date_it_is_refused_with_all_that_came_with_it()
    {
        var (id, _) = await Story();
        var both = (await Suggested(id)).Where(one => one.Text("status") is "open" or "upcoming").Texts("dividendId").ToList();

        (await Accept(id, new { dividendIds = both })).IsProblem(422, "dividend.notYet");
        (await Suggested(id, "?status=open")).Should().HaveCount(2);
    }

    [Fact]
    public async Task In_another_currency_it_is_booked_in_its_own()
    {
        var (id, stock) = await Story();
        await stock.Dividend(app, "2026-03-10", 1, currency: "EUR");

        var booked = (await Accept(id, All)).Is(200).At("booked").EnumerateArray().Single(one => one.Text("date") == "2026-03-10");

        (booked.Text("amount"), booked.Text("currency"), booked.Text("fxRate")).Should().Be(("10", "EUR", null));
    }

    public static TheoryData<string, string[]> Wrong =>
        new()
        {
            { "{}", ["dividendIds"] },
            { """{"dividendIds":[]}""", ["dividendIds"] },
            { """{"all":true,"dividendIds":["01a2056a-1b12-7c92-867d-0d513e1ab1df"]}""", ["dividendIds"] },
            { """{"all":false}""", ["dividendIds"] },
            { """{"all":true,"bookOn":"recordDate"}""", ["bookOn"] },
            { """{"all":true,"taxes":[{"dividendId":"01a2056a-1b12-7c92-867d-0d513e1ab1df","tax":"-1"}]}""", ["taxes[0]"] },
            {
                """
                    {"dividendIds":["01a2056a-1b12-7c92-867d-0d513e1ab1d0"],"taxes":[{"dividendId":"01a2056a-1b12-7c92-867d-0d513e1ab1df","tax":"1"},
                    {"dividendId":"01a2056a-1b12-7c92-867d-0d513e1ab1df","tax":"0.00000000001"}]}
                    """,
                ["taxes", "taxes[0]", "taxes[1]"]
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_no_choice_is_refused(string body, string[] paths)
    {
        var (id, _) = await Story();

        (await Accept(id, body)).IsInvalid(paths);
        (await Suggested(id, "?status=open")).Should().HaveCount(2);
    }

    [Fact]
    public async Task An_unknown_dividend_or_portfolio_is_not_found()
    {
        var (id, _) = await Story();

        (await Accept(id, new { dividendIds = new[] { Guid.NewGuid() } })).IsProblem(404, "dividend.notFound");
        (await Accept(Guid.NewGuid().ToString(), All)).IsProblem(404, "portfolio.notFound");
    }

    // 10 shares since January; 0.25 ex 10 February, paid 2 March; 0.30 ex 11 May; 0.40 ex 10 July, after today.
    private async Task<(string Portfolio, TestStock Stock)> Story()
    {
        var stock = await app.Stock();
        await stock.Dividend(app, "2026-02-10", 0.25m, payDate: "2026-03-02", providerId: $"{stock.Id}-1");
        await stock.Dividend(app, "2026-05-11", 0.30m, providerId: $"{stock.Id}-2");
        await stock.Dividend(app, "2026-07-10", 0.40m, providerId: $"{stock.Id}-3");
        return (await Holding(stock), stock);
    }

    private async Task<string> Holding(TestStock stock)
    {
        var id = await app.Portfolio();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        return id;
    }

    private Task<Answer> Accept(string portfolio, object body) => app.Api.Post($"portfolios/{portfolio}/suggested-dividends/accept", body);

    private async Task<List<JsonElement>> Suggested(string portfolio, string query = "") =>
        [.. (await app.Api.Get($"portfolios/{portfolio}/suggested-dividends{query}")).Is(200).At("dividends").EnumerateArray()];
}
