using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

/// <summary>The key goes to the configured provider and nowhere else.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task A_next_page_at_another_host_is_refused_and_not_called()
    {
        await using var stranger = await FakeProvider.Start();
        stranger.ThenBars(("2017-01-11", 6));
        await using var provider = await FakeProvider.Start();
        provider.Then(200, FakeProvider.Page([("2017-01-10", 5)], $"{stranger.Address}v2/aggs/x?cursor=1"));
        await using var client = new Client(provider.Address);
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        stranger.Calls.Should().BeEmpty();
        provider.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData("https://127.0.0.1:{port}/v2/aggs/x")] // another scheme
    [InlineData("http://localhost:{port}/v2/aggs/x")]
    [InlineData("http://127.0.0.1:1/v2/aggs/x")]
    [InlineData("ftp://127.0.0.1:{port}/x")]
    [InlineData("/v2/aggs/x")]
    [InlineData("http://")]
    [InlineData("not an address")]
    public async Task A_next_page_that_is_no_address_of_the_provider_is_refused(string next)
    {
        await using var provider = await FakeProvider.Start();
        var text = next.Replace("{port}", $"{provider.Address.Port}", StringComparison.Ordinal);
        provider.Then(200, FakeProvider.Page([("2017-01-10", 5)], text));
        await using var client = new Client(provider.Address);
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        provider.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        await using var stranger = await FakeProvider.Start();
        stranger.ThenBars(("2017-01-11", 6));
        await using var provider = await FakeProvider.Start();
        provider.Then(302, "", ("Location", $"{stranger.Address}v2/aggs/x"));
        await using var client = new Client(provider.Address);
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        stranger.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task The_key_is_in_no_address_no_log_and_no_recorded_call()
    {
        await using var provider = await FakeProvider.Start();
        provider
            .Then(429, "")
            .Then(502, "<html>")
            .Then(200, FakeProvider.Page([("2017-01-10", 5)], "{here}v2/aggs/x?cursor=1"))
            .Then(403, "{}");
        await using var client = new Client(provider.Address);
        await client.IsRefused(ItemReasons.NotEntitled);
        provider.Calls.Should().HaveCount(4).And.OnlyContain(call => call.Authorization == $"Bearer {client.ApiKey}");
        client.Calls.Made.Select(call => call.Path).Should().Equal(provider.Calls.Select(call => call.PathAndQuery));
        provider.Calls.Should().NotContain(call => call.PathAndQuery.Contains(client.ApiKey, StringComparison.Ordinal));
        client.Log.Should().HaveCountGreaterThan(10).And.NotContain(line => line.Contains(client.ApiKey, StringComparison.Ordinal));
    }
}
