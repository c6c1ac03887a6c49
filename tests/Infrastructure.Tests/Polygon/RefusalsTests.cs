using System.IO.Compression;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

public sealed class RefusalsTests
{
    private const int Attempts = 4;

    [Theory]
    [InlineData("You are not entitled to this data. Please upgrade your plan.", ItemReasons.NotEntitled)]
    [InlineData("Your plan doesn't include this data timeframe.", ItemReasons.NotEntitled)]
    [InlineData("Attempted to request today's data before end of day.", ItemReasons.NotYetAvailable)]
    public async Task A_403_is_told_by_its_text_and_not_repeated(string text, string reason)
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(403, $$"""{"status":"NOT_AUTHORIZED","message":"{{text}}"}""");
        (await client.IsRefused(reason)).Message.Should().Contain(text);
        provider.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData("NOT_AUTHORIZED", "message")]
    [InlineData("ERROR", "error")]
    public async Task A_refusal_with_status_200_is_a_refusal(string status, string key)
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(200, $$"""{"status":"{{status}}","{{key}}":"You are not entitled to this data."}""");
        await client.IsRefused(ItemReasons.NotEntitled);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_at_once()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(401, """{"status":"ERROR","error":"Unknown API Key"}""");
        await client.IsRefused(ItemReasons.NotEntitled);
        provider.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData(7)] // named by the provider
    [InlineData(null)] // else a minute
    public async Task The_rate_limit_is_waited_out_without_a_call_meanwhile(int? retryAfter)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, clock, ("RateLimitWait", "00:01:01"));
        (string, string)[] headers = retryAfter is null ? [] : [("Retry-After", $"{retryAfter}")];
        provider.Then(429, "", headers).Then(429, "{}", headers).ThenBars(("2017-01-10", 5));
        var week = client.Week();
        for (var wait = 1; wait <= 2; wait++)
        {
            while (client.Waits.Count < wait)
                await Task.Delay(5);
            provider.Calls.Should().HaveCount(wait);
            while (provider.Calls.Count == wait)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1);
            }
        }
        (await week).Good.Should().ContainSingle();
        provider.Calls.Should().HaveCount(3);
        client.Waits.Should().HaveCount(2);
        client.Waits[0].Should().Be(DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(retryAfter ?? 61));
        (client.Waits[1] - client.Waits[0]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(retryAfter ?? 61));
        client.Calls.Made.Select(call => call.Status).Should().Equal(429, 429, 200);
    }

    [Fact]
    public async Task A_rate_limit_that_never_ends_is_given_up_without_a_storm()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, null, ("MostRateLimitWaits", "3"));
        provider.Then(429, "");
        await client.IsRefused(ItemReasons.RateLimited);
        provider.Calls.Should().HaveCount(4, "three waits and the call after each are all");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(499)]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(status, "<html>").Then(status, "<html>").ThenBars(("2017-01-10", 5));
        (await client.Week()).Good.Should().ContainSingle();
        client.Calls.Made.Select(call => call.Status).Should().Equal(status, status, 200);
    }

    [Fact]
    public async Task A_lasting_failure_is_given_up_after_a_few_attempts()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(502, "<html>");
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        provider.Calls.Should().HaveCount(Attempts);
    }

    [Theory]
    [InlineData(FaultKind.TruncatedGzip)]
    [InlineData(FaultKind.ConnectionReset)]
    public async Task An_answer_that_breaks_off_is_tried_again(FaultKind fault)
    {
        await using var market = await Simulator.Start(
            new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) },
            CancellationToken.None
        );
        await using var client = Client.Of(market);
        market.Add(new Fault(fault) { Times = 2 });
        (await client.Week()).Good.Should().HaveCount(5);
        client.Calls.Made.Select(call => call.Status).Should().Equal(null, null, 200);
    }

    [Fact]
    public async Task An_answer_that_always_breaks_off_is_given_up()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(async http =>
        {
            using var whole = new MemoryStream();
            await using (var gzip = new GZipStream(whole, CompressionMode.Compress, leaveOpen: true))
                await gzip.WriteAsync(new byte[100_000]);
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(whole.ToArray().AsMemory(0, (int)whole.Length / 2));
        });
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        provider.Calls.Should().HaveCount(Attempts);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, null, ("AttemptTimeout", "00:00:00.200"));
        provider.Then(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        provider.Calls.Should().HaveCount(Attempts);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, null, ("AttemptTimeout", "00:00:00.200"));
        provider.Then(async http =>
        {
            await http.Response.WriteAsync("{\"status\":\"OK\",");
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await client.IsRefused(ItemReasons.ProviderUnavailable);
    }

    [Theory]
    [InlineData("<html>maintenance</html>")]
    [InlineData("""{"status":"OK","results":{"not":"a list"}}""")]
    [InlineData("")]
    public async Task An_answer_that_is_none_is_a_refusal(string body)
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(200, body);
        await client.IsRefused(ItemReasons.ProviderUnavailable);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_a_refusal()
    {
        Uri gone;
        await using (var provider = await FakeProvider.Start())
            gone = provider.Address;
        await using var client = new Client(gone);
        await client.IsRefused(ItemReasons.ProviderUnavailable);
    }
}
