using System.Collections.Concurrent;
using System.Diagnostics;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using Microsoft.AspNetCore.Http;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

/// <summary>One key in several programs: each client is a program of its own, with its own connections and memory, on one database.</summary>
public sealed class BudgetTests
{
    private const int Limit = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.5);

    private readonly string key = $"shared-{Guid.NewGuid():N}";

    [Fact]
    public async Task However_many_call_at_once_no_window_has_a_call_too_many_and_none_is_refused()
    {
        const int Programs = 4;
        const int CallsOfEach = 10;
        await using var market = await Market();
        var programs = Enumerable.Range(0, Programs).Select(_ => Program(market.BaseAddress)).ToList();

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(programs.SelectMany(program => Enumerable.Range(0, CallsOfEach).Select(_ => program.Week())));
        var elapsed = watch.Elapsed;

        // The simulator counts by itself, in a rolling window.
        market.Calls.Should().HaveCount(Programs * CallsOfEach).And.OnlyContain(call => call.Status == 200);
        // 40 calls, 5 in a window: 7 windows lie between the first and the last.
        elapsed.Should().BeGreaterThan(Window * ((Programs * CallsOfEach / Limit) - 1));
        foreach (var program in programs)
            await program.DisposeAsync();
    }

    [Fact]
    public async Task Retries_and_further_pages_are_calls_of_the_budget_too()
    {
        await using var market = await Market();
        market.Add(new Fault(PolygonSimulator.Faults.FaultKind.BadGateway) { Times = 3 });
        await using var program = Program(market.BaseAddress, ("BarsPerPage", "1"));

        (await program.Week()).Good.Should().HaveCount(5);

        market.Calls.Select(call => call.Status).Should().HaveCountGreaterThan(7).And.NotContain(429);
        (await program.Budget()).CallsPerWindow.Should().Be(Limit);
    }

    [Fact]
    public async Task What_is_left_is_the_same_for_every_program()
    {
        await using var market = await Market();
        await using var one = Program(market.BaseAddress, ("Minute", "00:10:00"));
        await using var other = Program(market.BaseAddress, ("Minute", "00:10:00"));
        (await other.Budget()).Should().Match<BudgetState>(s => s.Remaining == Limit && s.NextCallAt == null && s.BlockedBy == null);

        await one.Week();
        await other.Week();
        (await one.Budget()).Remaining.Should().Be(Limit - 2);
        for (var call = 2; call < Limit; call++)
            await one.Week();

        var state = await other.Budget();
        state.Remaining.Should().Be(0);
        (state.NextCallAt - state.At).Should().BeCloseTo(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_slot_whose_holder_was_killed_comes_free_by_itself_and_not_before_the_call_may_be_counted()
    {
        await using var provider = await FakeProvider.Start();
        var (arrived, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        provider
            .Then(http =>
            {
                arrived.SetResult();
                return end.Task;
            })
            .ThenBars(("2017-01-10", 5));
        var database = await Client.SharedDatabase;
        (string, string)[] limits = [("CallsPerMinute", "1"), ("Minute", "00:00:01"), ("AttemptTimeout", "00:00:03")];
        await using var alive = Program(provider.Address, limits);
        var settings = limits.ToDictionary(limit => $"Polygon:{limit.Item1}", limit => limit.Item2, StringComparer.Ordinal);
        settings["ConnectionStrings:Portfolio"] = database;
        settings["Polygon:BaseUrl"] = provider.Address.ToString();
        settings["Polygon:ApiKey"] = key;
        await using (var service = await Service.Start(settings))
        {
            var draft = new
            {
                from = "2017-01-09",
                to = "2017-01-13",
                tickers = new[] { "AAPL" },
            };
            (await service.Api.Post("stocks/population", draft)).Is(202);
            await arrived.Task;
            await service.Kill();
        }
        var held = await alive.Budget();

        var week = await alive.Week();

        held.Remaining.Should().Be(0);
        week.Good.Should().ContainSingle();
        (alive.Calls.Made.Single().At - held.At).Should().BeGreaterThan(held.NextCallAt!.Value - held.At - TimeSpan.FromMilliseconds(50));
        end.SetResult();
    }

    [Fact]
    public async Task A_refusal_that_one_program_got_holds_every_program_back_as_long_as_the_provider_said()
    {
        await using var provider = await FakeProvider.Start();
        provider.Then(429, "", ("Retry-After", "2")).ThenBars(("2017-01-10", 5));
        await using var one = Program(provider.Address, ("CallsPerMinute", "0"));
        await using var other = Program(provider.Address, ("CallsPerMinute", "0"));
        var first = one.Week();
        while (one.Waits.Count == 0)
            await Task.Delay(5);

        var state = await other.Budget();
        var watch = Stopwatch.StartNew();
        await other.Week();

        state.BlockedBy.Should().Be(BlockReasons.RateLimit);
        (state.BlockedUntil - state.At).Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
        watch.Elapsed.Should().BeGreaterThan(state.BlockedUntil!.Value - state.At - TimeSpan.FromMilliseconds(50));
        await first;
        provider.Calls.Should().HaveCount(3);
        (await other.Budget()).BlockedBy.Should().BeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100")]
    public async Task After_failures_in_a_row_all_pause_and_a_single_call_finds_out_whether_the_provider_is_back(string limit)
    {
        await using var provider = await FakeProvider.Start();
        var (inFlight, besideProbes) = (0, new ConcurrentQueue<int>());
        for (var failure = 0; failure < 5; failure++)
            provider.Then(503, "");
        provider.Then(http => Slow(http, 503, isProbe: true)).Then(http => Slow(http, 200, isProbe: true)).Then(http => Slow(http, 200));
        (string, string)[] settings = [("CallsPerMinute", limit), ("OutagePause", "00:00:01")];
        var programs = Enumerable.Range(0, 3).Select(_ => Program(provider.Address, settings)).ToList();
        await Fails(programs[0]); // four attempts
        var waiting = new List<Task<Rows<Domain.Stocks.Bar>>> { programs[0].Week() }; // the fifth
        while ((await programs[1].Budget()).BlockedBy is null)
            await Task.Delay(5);

        waiting.AddRange(programs.SelectMany(program => new[] { program.Week(), program.Week(), program.Week() }));

        (await Task.WhenAll(waiting)).Should().OnlyContain(week => week.Good.Count == 1);
        besideProbes.Should().Equal([0, 0], "nobody calls beside a probe");
        provider.Calls.Should().HaveCount(4 + 1 + 1 + 10);
        (await programs[1].Budget()).BlockedBy.Should().BeNull();
        foreach (var program in programs)
            await program.DisposeAsync();

        async Task Slow(HttpContext http, int status, bool isProbe = false)
        {
            Interlocked.Increment(ref inFlight);
            await Task.Delay(300);
            if (isProbe)
                besideProbes.Enqueue(inFlight - 1);
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(FakeProvider.Page([("2017-01-10", 5)]));
            Interlocked.Decrement(ref inFlight);
        }
    }

    [Fact]
    public async Task A_longer_outage_makes_longer_pauses()
    {
        await using var provider = await FakeProvider.Start();
        provider.Then(503, "");
        (string, string)[] settings = [("CallsPerMinute", "0"), ("OutagePause", "00:00:00.100")];
        await using var program = Program(provider.Address, settings);

        await Fails(program);
        (await program.Budget()).BlockedBy.Should().BeNull("four failures may be one bad question");
        var watch = Stopwatch.StartNew();
        await Fails(program);

        // The fifth call fails and all pause for 0.1 s; the probes after it make that 0.2, 0.4 and 0.8 s.
        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(0.7));
        provider.Calls.Should().HaveCount(8);
        var state = await program.Budget();
        state.BlockedBy.Should().Be(BlockReasons.Outage);
        (state.BlockedUntil - state.At).Should().BeGreaterThan(TimeSpan.FromSeconds(0.3)).And.BeLessThan(TimeSpan.FromSeconds(0.81));
    }

    private static Task Fails(Client program) => program.IsRefused(Domain.Jobs.ItemReasons.ProviderUnavailable);

    private Client Program(Uri provider, params (string Key, string Value)[] settings) =>
        new(provider, [("ApiKey", key), ("CallsPerMinute", $"{Limit}"), ("Minute", Window.ToString()), .. settings]);

    private Task<Simulator> Market() =>
        Simulator.Start(
            new SimulatorOptions
            {
                Now = TestClock.NoonOf(TestClock.Tuesday),
                Keys = [new KeyPlan(key) { CallsPerMinute = Limit, Window = Window }],
            },
            CancellationToken.None
        );
}
