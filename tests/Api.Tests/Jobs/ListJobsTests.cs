using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(IdleApp.Name)]
public sealed class ListJobsTests(IdleApp.App app)
{
    [Fact]
    public async Task Paging_tells_each_once_newest_first()
    {
        var made = new List<string?>();
        for (var i = 0; i < 5; i++)
            made.Add(await app.QueuedJob());

        var all = await app.Api.All("jobs", limit: 2);

        made.Reverse();
        all.Texts("id").Should().OnlyHaveUniqueItems().And.ContainInOrder(made);
        // Of one millisecond any order will do.
        all.Texts("createdAt").Select(at => at![..23]).Should().BeInDescendingOrder();
    }

    [Fact]
    public async Task Jobs_are_found_by_status()
    {
        var (waiting, stopped) = (await app.QueuedJob(), await app.QueuedJob());
        (await app.Api.Post($"jobs/{stopped}/cancel")).Is(202);

        (await app.Api.All("jobs?status=cancelled")).Texts("id").Should().Contain(stopped).And.NotContain(waiting);
        (await app.Api.All("jobs?status=queued")).Texts("id").Should().Contain(waiting).And.NotContain(stopped);
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("status=99", "status")]
    [InlineData("status=queued,running", "status")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task What_is_no_list_is_refused(string query, string path) => (await app.Api.Get($"jobs?{query}")).IsInvalid(path);
}
