using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(LedgerApp.Name)]
public sealed class GetPriceOverrideTests(TestApp app)
{
    [Fact]
    public async Task A_price_set_by_hand_is_told_with_what_it_replaces()
    {
        var stock = await TestStock.In(app, [("2026-03-02", 10m)]);
        var path = $"stocks/{stock.Id}/prices/2026-03-02";
        (await app.Api.Get(path)).IsProblem(404, "priceOverride.notFound");

        var set = (await app.Api.Send(HttpMethod.Put, path, """{"close":"11","reason":"typo"}""")).Is(200);

        var told = (await app.Api.Get(path)).Is(200);
        told.Body.Should().Be(set.Body);
        (told.Text("values.close"), told.Text("provider.close"), told.Text("by")).Should().Be(("11", "10", await app.Caller()));
    }
}
