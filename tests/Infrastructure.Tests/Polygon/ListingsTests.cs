using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.PolygonSimulator;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

public sealed class ListingsTests : IAsyncLifetime
{
    private Simulator market = null!;
    private Client client = null!;

    public async Task InitializeAsync()
    {
        market = await Simulator.Start(new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) }, CancellationToken.None);
        client = Client.Of(market);
    }

    public async Task DisposeAsync()
    {
        await client.DisposeAsync();
        await market.DisposeAsync();
    }

    [Fact]
    public async Task A_listed_ticker_costs_one_call()
    {
        var listing = await client.Ask((m, stop) => m.FindListing("SLTMpA", false, stop));
        listing!.Ticker.Should().Be("SLTMpA");
        listing.Active.Should().BeTrue();
        listing.Type.Should().Be("PFD");
        listing.Currency.Code.Should().Be("USD");
        market.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_ticker_that_is_gone_is_found_among_the_delisted()
    {
        var listing = await client.Ask((m, stop) => m.FindListing("PLHM", false, stop));
        listing!.Active.Should().BeFalse();
        listing.DelistedOn.Should().BeOnOrAfter(new DateOnly(2021, 6, 30)).And.BeBefore(new DateOnly(2021, 7, 10));
        market.Calls.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("NOSUCH")]
    [InlineData("sltmpa")] // case matters
    [InlineData("A/B?c=d&e#f")]
    public async Task A_ticker_that_never_was_is_not_found(string ticker) =>
        (await client.Ask((m, stop) => m.FindListing(ticker, false, stop))).Should().BeNull();

    [Fact]
    public async Task All_listings_come_page_by_page()
    {
        var active = await client.Ask((m, stop) => m.Listings(active: true, stop));
        var delisted = await client.Ask((m, stop) => m.Listings(active: false, stop));
        active.Good.Should().HaveCountGreaterThan(45).And.OnlyContain(listing => listing.Active).And.OnlyHaveUniqueItems(row => row.Ticker);
        delisted.Good.Should().Contain(listing => listing.Ticker == "PLHM");
    }

    [Fact]
    public async Task Splits_and_dividends_come_from_the_range_only()
    {
        var splits = await client.Ask((m, stop) => m.Splits(["NVDA"], new(2021, 7, 20), new(2024, 6, 9), stop));
        var split = splits.Good.Should().ContainSingle().Which;
        (split.ExecutionDate, split.From, split.To).Should().Be((new DateOnly(2021, 7, 20), 1m, 4m));
        var dividends = await client.Ask((m, stop) => m.Dividends(["KO"], new(2023, 1, 1), new(2023, 12, 31), stop));
        dividends.Good.Should().HaveCount(4).And.OnlyContain(row => row.ExDate.Year == 2023 && row.Amount > 0 && row.ProviderId != null);
        var all = await client.Ask((m, stop) => m.Splits(null, new(2016, 1, 1), new(2026, 6, 29), stop));
        all.Good.Should().HaveCountGreaterThan(8);
    }

    [Theory]
    [InlineData("cursor=abc")] // tickers, splits and dividends of v3
    [InlineData("cursor=AAECAwQ%3D%3D")] // opaque and padded, of v1
    [InlineData("cursor=AAECAwQ==")]
    public async Task The_next_page_is_called_exactly_as_it_is_told(string query)
    {
        await using var provider = await FakeProvider.Start();
        await using var own = new Client(provider.Address);
        provider
            .Then(200, $$"""{"status":"OK","results":[{"ticker":"AAA","active":true}],"next_url":"{here}v3/reference/tickers?{{query}}"}""")
            .Then(200, """{"status":"OK","results":[{"ticker":"BBB","active":true},{"ticker":"AAA","active":true}]}""");
        var listings = await own.Ask((m, stop) => m.Listings(active: true, stop));
        listings.Good.Select(listing => listing.Ticker).Should().Equal("AAA", "BBB");
        provider.Calls.Select(call => call.PathAndQuery).Last().Should().Be($"/v3/reference/tickers?{query}");
        provider.Calls.Should().OnlyContain(call => call.Authorization == $"Bearer {own.ApiKey}");
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_are_refused_and_not_taken_for_the_end()
    {
        await using var provider = await FakeProvider.Start();
        await using var own = new Client(provider.Address);
        provider.Then(
            200,
            """{"status":"OK","results":[{"ticker":"AAA","active":true}],"next_url":"{here}v3/reference/tickers?cursor=a"}"""
        );
        await own.IsRefused(ItemReasons.ProviderUnavailable, () => own.Ask((m, stop) => m.Listings(active: true, stop)));
        provider.Calls.Should().HaveCount(2);
    }
}
