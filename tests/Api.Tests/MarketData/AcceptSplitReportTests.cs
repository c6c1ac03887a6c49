using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class AcceptSplitReportTests(ToldApp.App app)
{
    private static readonly object Why = new { reason = "the company's filing" };

    [Fact]
    public async Task What_an_operator_accepts_counts_instead_of_what_prices_show()
    {
        var company = app.New().Bar(3, 707).Bar(4, 702).Bar(5, 100).Split(4, 1, 7, "E1").Split(5, 1, 7, "E2");
        var stock = await app.Fetch(company);
        var id = (await app.Conflicts(stock))[0].Text("id");

        var accepted = (await app.Api.Post($"market-data/split-reports/{id}/accept", Why)).Is(200);
        (await app.Api.Post($"market-data/split-reports/{id}/accept", Why)).Is(200);
        await app.Fetch(company);

        (accepted.Text("verdict"), accepted.Text("decision"), accepted.Text("decidedBy"))
            .Should()
            .Be(("applied", "accepted", await app.Caller()));
        (await app.Splits(stock)).Should().Equal("2025-03-04 1:7");
        (await app.Api.All($"market-data/split-conflicts?stockId={stock}&decided=false")).Texts("reason").Should().Equal("toldTwice");
    }

    [Fact]
    public async Task Two_ratios_of_a_day_are_not_both_accepted()
    {
        var company = app.New().Bar(3, 90).Bar(4, 30).Split(4, 1, 3, "A").Split(4, 1, 2, "B").Split(4, 1, 4, "C");
        var stock = await app.Fetch(company);
        var ids = (await app.Conflicts(stock)).Texts("id").ToList();

        (await app.Api.Post($"market-data/split-reports/{ids[0]}/accept", Why)).Is(200);
        (await app.Api.Post($"market-data/split-reports/{ids[1]}/accept", Why)).IsProblem(409, "splitReport.otherAccepted");

        (await app.Splits(stock)).Should().ContainSingle();
    }

    [Fact]
    public async Task Why_is_required()
    {
        (await app.Api.Post($"market-data/split-reports/{Guid.NewGuid()}/accept", new { reason = " " })).IsInvalid("reason");
        (await app.Api.Post($"market-data/split-reports/{Guid.NewGuid()}/accept", Why)).IsProblem(404, "splitReport.notFound");
    }
}
