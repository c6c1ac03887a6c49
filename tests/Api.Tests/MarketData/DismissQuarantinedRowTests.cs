using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class DismissQuarantinedRowTests(ToldApp.App app)
{
    [Fact]
    public async Task A_dismissed_jump_stays_out_whatever_follows()
    {
        var company = app.New().Bar(3, 10).Bar(4, 2000);
        var stock = await app.Fetch(company);
        var id = (await app.OnlyRow(company)).Text("id");
        var why = new { reason = "a slip of the keyboard" };

        (await app.Api.Post($"market-data/quarantine/{id}/dismiss", why)).Is(200).Text("status").Should().Be("dismissed");
        await app.Fetch(company.Bar(5, 10.5m));

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-05", 10.5m));
        (await app.Api.Post($"market-data/quarantine/{id}/dismiss", why)).IsProblem(422, "quarantine.notHeld");
    }
}
