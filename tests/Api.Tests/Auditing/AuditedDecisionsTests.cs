using CleanPortfolio.Api.Tests.MarketData;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Auditing;

[Collection(ToldApp.Name)]
public sealed class AuditedDecisionsTests(ToldApp.App app)
{
    [Fact]
    public async Task A_price_set_by_hand_is_told_with_its_reason_and_its_values()
    {
        var stock = await app.Fetch(app.New().Bar(3, 10).Bar(4, 20));
        const string Body = """{"close":"12.5","reason":"typo"}""";
        (await app.Api.Send(HttpMethod.Put, $"stocks/{stock}/prices/2025-03-04", Body)).Is(200);

        var entries = await (await app.As(Role.Admin)).All($"audit-log?target={stock}/2025-03-04");

        entries.Texts("request").Should().AllBe("OverrideStockPrice");
        entries.Texts("targetKind").Should().BeEquivalentTo("price", "priceOverride");
        var price = entries.Single(entry => entry.Text("targetKind") == "price");
        (price.Text("after.oldClose"), price.Text("after.newClose"), price.Text("after.reason")).Should().Be(("20", "12.5", "typo"));
    }

    [Fact]
    public async Task A_job_is_told_when_somebody_starts_it_and_what_it_does_is_not()
    {
        await app.Fetch(app.New().Bar(3, 10));
        var started = (await (await app.As(Role.Admin)).Get("audit-log?request=StartPopulation&limit=1")).Is(200).At("items.0");

        (started.Text("action"), started.Text("targetKind"), started.Text("after.kind")).Should().Be(("created", "job", "stockPopulation"));
        (await (await app.As(Role.Admin)).All($"audit-log?target={started.Text("targetId")}")).Should().ContainSingle();
    }
}
