using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(MarketApp.Name)]
public sealed class ListJobCallsTests(TestApp app)
{
    [Fact]
    public async Task Calls_are_told_in_order_without_the_key_and_found_by_item()
    {
        var job = (await app.PopulateAnew("2026-03-02", "2026-03-03", "KO", "JNJ")).Text("id");

        var calls = await app.Api.All($"jobs/{job}/calls", limit: 3);

        calls.Select(call => call.At("sequence").GetInt64()).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        calls.Texts("path").Should().AllSatisfy(path => path.Should().StartWith("/").And.NotContainAny(app.ApiKey, "apiKey"));
        calls.Texts("at").Should().AllSatisfy(at => at.Should().EndWith("Z"));
        (await app.Api.All($"jobs/{job}/calls?item=JNJ")).Texts("itemKey").Should().HaveCount(2).And.AllBe("JNJ");
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        (await app.Api.Get($"jobs/{Guid.NewGuid()}/calls")).IsProblem(404, "job.notFound");
        var job = (await app.Populate("2026-03-02", "2026-03-03", "KO")).Text("id");
        (await app.Api.Get($"jobs/{job}/calls?item=%00")).IsProblem(400, "request.malformed");
        (await app.Api.Get($"jobs/{job}/calls?limit=0")).IsInvalid("limit");
    }
}
