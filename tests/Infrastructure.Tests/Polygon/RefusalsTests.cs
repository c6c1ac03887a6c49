using System.IO.Compression;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using Microsoft.AspNetCore.Http;

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
    [InlineData("1")] // named by the provider
    [InlineData(null)] // else a minute
    [InlineData("0")] // makes no sense: a minute
    [InlineData("99999999")]
    public async Task The_rate_limit_is_waited_out_without_a_call_meanwhile(string? retryAfter)
    {
        var clock = TimeProvider.System;
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, ("Minute", "00:00:01"));
        var times = new List<long>();
        provider
            .Then(http => Refuse(http))
            .Then(http => Refuse(http))
            .Then(http =>
            {
                times.Add(clock.GetTimestamp());
                return http.Response.WriteAsync(FakeProvider.Page([("2017-01-10", 5)]));
            });

        var week = await client.Week();

        week.Good.Should().ContainSingle();
        times.Should().HaveCount(3);
        times.Zip(times.Skip(1), (a, b) => clock.GetElapsedTime(a, b)).Should().OnlyContain(gap => gap >= TimeSpan.FromSeconds(1));
        client.Calls.Made.Select(call => call.Status).Should().Equal(429, 429, 200);
        client.Waits.Should().HaveCount(2, "a wait is told once");

        Task Refuse(HttpContext http)
        {
            http.Response.StatusCode = 429;
            if (retryAfter is not null)
                http.Response.Headers.RetryAfter = retryAfter;
            times.Add(clock.GetTimestamp());
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_rate_limit_is_waited_out_thirty_times()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        for (var refusal = 0; refusal < 30; refusal++)
            provider.Then(429, "");
        provider.ThenBars(("2017-01-10", 5));
        (await client.Week()).Good.Should().ContainSingle();
        provider.Calls.Should().HaveCount(31);
    }

    [Fact]
    public async Task A_wait_ends_when_the_work_is_cancelled_and_the_call_is_not_made()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, ("Minute", "00:10:00"));
        provider.Then(429, "");
        var week = client.Week();
        while (client.Waits.Count == 0)
            await Task.Delay(5);
        client.Cancelled = true;
        await week.Invoking(week => week).Should().ThrowAsync<WorkCancelled>();
        provider.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_database_that_is_away_is_no_refusal_of_the_provider()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, ("CallsPerMinute", "5"));
        client.Use("Host=127.0.0.1;Port=1;Database=none;Username=none");
        await client.Invoking(client => client.Week()).Should().ThrowAsync<Npgsql.NpgsqlException>();
        provider.Calls.Should().BeEmpty();
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
        await using var client = new Client(provider.Address, ("AttemptTimeout", "00:00:00.200"));
        provider.Then(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await client.IsRefused(ItemReasons.ProviderUnavailable);
        provider.Calls.Should().HaveCount(Attempts);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address, ("AttemptTimeout", "00:00:00.200"));
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
