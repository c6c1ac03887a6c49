using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

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

    // The best first: the ticker itself, a former one, beginnings of both, words of names, parts of words.
    [Fact]
    public async Task A_search_ranks_tickers_before_names_and_pages_keep_that_order()
    {
        var word = Unique.Ticker()[..9];
        var part = await Named($"Z{word}", $"Inside Un{word}ly");
        var named = await Named($"Y{word}", $"Great {word}ly Works");
        var formerly = await Named($"{word}OLD", "Before", into: $"X{word}");
        var begins = await Named($"{word}Z", $"The {word}");
        var former = await Named(word, "Past", into: $"W{word}");
        var exact = await Named(word, "Exactly");

        var found = await app.Api.All($"stocks?search={word.ToLowerInvariant()}", limit: 2);

        found.Texts("id").Should().Equal(exact, former, begins, formerly, named, part);
        (await app.Api.All($"stocks?search={word}&active=false")).Should().BeEmpty();
        (await app.Api.All($"stocks?search={word}&ticker=W{word}")).Texts("id").Should().Equal(former);
    }

    [Fact]
    public async Task Every_word_must_begin_or_be_part_of_one_of_the_name_in_any_order()
    {
        var (one, other) = (Unique.Ticker()[..9], Unique.Ticker()[..9]);
        var both = await Named(Unique.Ticker(), $"{one} & {other}'s Trust");
        await Named(Unique.Ticker(), $"{one} alone");

        foreach (var search in new[] { $"{one} {other}", $"{other[..6]} {one[..6]}", $"{other}'s, {one[3..]}", $"{one}%20%20{other}s" })
            (await app.Api.All($"stocks?search={search}")).Texts("id").Should().Equal([both], search);
    }

    [Fact]
    public async Task A_ticker_finds_its_bearer_first_and_then_those_that_bore_it()
    {
        var ticker = Unique.Ticker();
        var former = await Named(ticker, "Past", into: Unique.Ticker());
        var bearer = await Named(ticker, "Present");

        (await app.Api.All($"stocks?ticker={ticker}", limit: 1)).Texts("id").Should().Equal(bearer, former);
    }

    private async Task<string> Named(string ticker, string name, string? into = null)
    {
        var day = new DateOnly(2026, 1, 5);
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var stock = new Stock(ticker, Currency.Usd, app.Clock.GetUtcNow());
        stock.Describe(
            new Listing(ticker, name, null, Currency.Usd, "CS", null, Active: true, into is null ? day : null, null),
            app.Clock.GetUtcNow()
        );
        if (into is not null)
            stock.Rename(into, day, app.Clock.GetUtcNow());
        database.Stocks.Add(stock);
        await database.SaveChanges(CancellationToken.None);
        return stock.Id.ToString();
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
    [InlineData("cursor=QUFQTAowMTlmMTk1ZC1jNmJiLTcxMDEtODkyZi1kOTA1M2YwZjJhZmM", "cursor")] // without a rank
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
