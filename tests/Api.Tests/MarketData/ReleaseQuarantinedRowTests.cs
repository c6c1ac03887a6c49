using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class ReleaseQuarantinedRowTests(ToldApp.App app)
{
    private static readonly object Why = new { reason = "seen on the tape" };

    [Fact]
    public async Task A_released_jump_is_a_price_and_is_not_held_again()
    {
        var company = app.New().Bar(3, 10).Bar(4, 5000).Bar(5, 11);
        var stock = await app.Fetch(company);
        var id = (await app.OnlyRow(company)).Text("id");

        var released = (await app.Api.Post($"market-data/quarantine/{id}/release", Why)).Is(200);

        (released.Text("status"), released.Text("decidedBy")).Should().Be(("released", await app.Caller()));
        await app.Fetch(company);
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-04", 5000m), ("2025-03-05", 11m));
        (await app.Corrections(stock)).Should().Equal($"2025-03-04 ->5000 release {await app.Caller()}", "2025-03-04 5000>- checks ");
    }

    [Fact]
    public async Task Of_two_operators_the_second_is_refused_and_nothing_happens_twice()
    {
        var company = app.New().Bar(3, 10).Bar(4, 5000).Bar(5, 11);
        var stock = await app.Fetch(company);
        var id = (await app.OnlyRow(company)).Text("id");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Api.Post($"market-data/quarantine/{id}/release", Why)));

        answers.Select(answer => answer.Status).Order().Should().Equal(200, 422, 422, 422, 422, 422);
        answers.First(answer => answer.Status == 422).IsProblem(422, "quarantine.notHeld");
        (await app.Corrections(stock)).Where(row => row.Contains("release", StringComparison.Ordinal)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_twin_that_an_operator_prefers_stays_when_the_provider_tells_both_again()
    {
        var company = app.New().Bar(3, 10).Bad(3, RowReasons.Duplicate, close: 12, high: 12);
        var stock = await app.Fetch(company);
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m));

        (await app.Api.Post($"market-data/quarantine/{(await app.OnlyRow(company)).Text("id")}/release", Why)).Is(200);
        await app.Fetch(company);

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 12m));
        (await app.Corrections(stock)).Should().Equal($"2025-03-03 10>12 manual {await app.Caller()}");
        // It is withdrawn like every price that an operator set.
        (await app.Api.Delete($"stocks/{stock}/prices/2025-03-03?reason=on%20second%20thoughts")).Is(204);
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m));
    }

    [Fact]
    public async Task A_row_that_can_not_be_stored_stays_held()
    {
        var company = app.New().Bar(3, 10).Bad(4, RowReasons.HighBelowLow, close: 10, high: 9);
        await app.Fetch(company);
        var id = (await app.OnlyRow(company)).Text("id");

        (await app.Api.Post($"market-data/quarantine/{id}/release", Why)).IsProblem(422, "quarantine.notStorable");

        (await app.OnlyRow(company)).Text("status").Should().Be("held");
    }

    [Fact]
    public async Task A_row_outside_of_what_was_asked_can_be_let_in()
    {
        var company = app.New().Bar(3, 10).Bad(20, RowReasons.OutOfRange, close: 12, high: 12);
        var stock = await app.Fetch(company);

        (await app.Api.Post($"market-data/quarantine/{(await app.OnlyRow(company)).Text("id")}/release", Why)).Is(200);

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-20", 12m));
    }

    [Fact]
    public async Task Splits_and_dividends_of_a_ticker_that_nobody_bears_wait_until_someone_does()
    {
        var company = app.New().Bar(3, 10).Bar(4, 5).Split(4, 1, 2, "S").Dividend(4, 0.5m, "D").Dividend(5, 0.6m, "E");
        app.Told.WholeMarket = [company];
        var job = await app.Api.Post("stocks/population", new { from = "2025-03-03", to = "2025-03-04" });
        await app.Api.WaitForJob(job.Is(202).Text("id")!);
        app.Told.WholeMarket = [];
        var rows = await app.Quarantine(company);
        rows.Select(row => (row.Text("kind"), row.Text("reason"), row.Text("stockId")))
            .Should()
            .BeEquivalentTo([
                ("split", "unknownSymbol", (string?)null),
                ("dividend", "unknownSymbol", null),
                ("dividend", "unknownSymbol", null),
            ]);
        string Id(string kind, string date) => rows.First(row => row.Text("kind") == kind && row.Text("date") == date).Text("id")!;
        (await Release(Id("split", "2025-03-04"))).IsProblem(422, "quarantine.notStorable");

        var (split, dividends) = (company.Splits.ToList(), company.Dividends.ToList());
        company.Splits.Clear();
        company.Dividends.Clear();
        var stock = await app.Fetch(company);
        (await Release(Id("split", "2025-03-04"))).Is(200);
        (await Release(Id("dividend", "2025-03-04"))).Is(200);

        (await app.Splits(stock)).Should().Equal("2025-03-04 1:2");
        (await app.Api.Get($"stocks/{stock}/actions")).Text("dividends.0.amount").Should().Be("0.5");
        company.Splits.AddRange(split);
        company.Dividends.AddRange(dividends);
        await app.Fetch(company);
        (await app.Splits(stock)).Should().Equal("2025-03-04 1:2");
        (await app.Api.Get($"stocks/{stock}/actions")).At("dividends").GetArrayLength().Should().Be(2);
        (await app.Quarantine(company)).Texts("status").Should().BeEquivalentTo("released", "released", "superseded");
    }

    private Task<Answer> Release(string id) => app.Api.Post($"market-data/quarantine/{id}/release", Why);

    [Fact]
    public async Task Why_is_required()
    {
        (await app.Api.Post($"market-data/quarantine/{Guid.NewGuid()}/release", new { reason = "" })).IsInvalid("reason");
        (await app.Api.Post($"market-data/quarantine/{Guid.NewGuid()}/release", Why)).IsProblem(404, "quarantinedRow.notFound");
    }
}
