using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(MarketApp.Name)]
public sealed class ListJobItemsTests(TestApp app)
{
    [Fact]
    public async Task Items_are_told_in_order_and_found_by_outcome()
    {
        var job = (await app.PopulateAnew("2026-03-02", "2026-03-03", "KO", "NOSUCH", "JNJ", "NEITHER")).Text("id");

        (await app.Api.All($"jobs/{job}/items", limit: 1))
            .Texts("key")
            .Should()
            .Equal("2026-03-03", "2026-03-02", "KO", "NOSUCH", "JNJ", "NEITHER", "splits", "dividends");
        (await app.Api.All($"jobs/{job}/items?status=failed")).Texts("key").Should().Equal("NOSUCH", "NEITHER");
        (await app.Api.All($"jobs/{job}/items?status=succeeded", limit: 1))
            .Texts("key")
            .Should()
            .Equal("2026-03-03", "2026-03-02", "KO", "JNJ", "splits", "dividends");
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        (await app.Api.Get($"jobs/{Guid.NewGuid()}/items")).IsProblem(404, "job.notFound");
        (await app.Api.Get($"jobs/{Guid.NewGuid()}/items?status=7")).IsInvalid("status");
        var job = (await app.Populate("2026-03-02", "2026-03-03", "KO")).Text("id");
        (await app.Api.Get($"jobs/{job}/items?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5")).IsInvalid("cursor");
    }
}
