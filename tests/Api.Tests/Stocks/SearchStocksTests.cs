using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Stocks;

[Collection(LedgerApp.Name)]
public sealed class SearchStocksTests(TestApp app)
{
    [Fact]
    public async Task Paging_goes_by_ticker_loses_none_and_tells_none_twice()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add((await app.Stock()).Ticker);

        var all = await app.Api.All("stocks", limit: 2);

        all.Texts("ticker").Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal).And.Contain(made);
    }

    [Fact]
    public async Task Search_finds_the_beginning_of_a_ticker_and_any_part_of_a_name_in_any_case()
    {
        var stock = await app.Stock();
        var name = (await app.Api.Get($"stocks/{stock.Id}")).Text("name")!;

        foreach (var search in new[] { stock.Ticker[..8].ToLowerInvariant(), name[^20..].ToUpperInvariant() })
            (await app.Api.All($"stocks?search={search}")).Texts("id").Should().Equal(stock.Id);
        (await app.Api.All($"stocks?ticker={stock.Ticker}&active=true")).Texts("id").Should().Equal(stock.Id);
        (await app.Api.All($"stocks?ticker={stock.Ticker}&active=false")).Should().BeEmpty();
        (await app.Api.All($"stocks?ticker={stock.Ticker.ToLowerInvariant()}")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("_")]
    [InlineData("'%20or%201=1--")]
    [InlineData("%5C")]
    public async Task Signs_of_patterns_and_of_SQL_stand_for_themselves(string search)
    {
        await app.Stock();

        (await app.Api.All($"stocks?search={search}")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("active=maybe", "active")]
    [InlineData("cursor=AAo", "cursor")]
    [InlineData("cursor=%22", "cursor")]
    public async Task What_is_no_search_is_refused(string query, string path) => (await app.Api.Get($"stocks?{query}")).IsInvalid(path);

    [Fact]
    public async Task A_search_of_more_than_a_hundred_characters_is_refused() =>
        (await app.Api.Get($"stocks?search={new string('x', 101)}")).IsInvalid("search");

    [Theory]
    [InlineData("search=a%00b")]
    [InlineData("ticker=%00")]
    public async Task Null_characters_are_refused(string query) =>
        (await app.Api.Get($"stocks?{query}")).IsProblem(400, "request.malformed");
}
