using System.Net;
using CleanPortfolio.PolygonSimulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class KeyTests
{
    const string Grouped = "/v2/aggs/grouped/locale/us/market/stocks";
    const string Apple = "/v2/aggs/ticker/AAPL/range/1/day";

    [Fact]
    public async Task Without_a_key_nothing_is_told()
    {
        await using var served = await Served.Start(key: null);

        var (status, body) = await served.Ask("/v3/reference/tickers");

        status.Should().Be(HttpStatusCode.Unauthorized);
        body.Text("error").Should().Be("API Key was not provided");
    }

    [Fact]
    public async Task A_wrong_key_is_unknown_and_both_forms_of_the_right_one_are_taken()
    {
        await using var served = await Served.Start(new SimulatorOptions { Keys = [KeyPlan.Advanced("right")] }, key: null);

        var (status, body) = await served.Ask("/v3/reference/tickers?apiKey=wrong");
        await served.Get("/v3/reference/tickers?apiKey=right");
        served.Http.DefaultRequestHeaders.Authorization = new("Bearer", "right");
        await served.Get("/v3/reference/tickers");

        status.Should().Be(HttpStatusCode.Unauthorized);
        body.Text("error").Should().Be("Unknown API Key");
    }

    [Fact]
    public async Task Every_call_is_recorded_without_its_key()
    {
        await using var served = await Served.Start(new SimulatorOptions { Keys = [KeyPlan.Advanced("right")] }, key: null);

        await served.Get("/v3/reference/tickers?apiKey=right&limit=1");
        await served.Ask("/v3/reference/tickers/NOPE?apiKey=right");
        await served.Ask("/v3/reference/splits?apiKey=wrong");

        served
            .Simulator.Calls.Select(call => (call.Path, call.Status, call.Key))
            .Should()
            .Equal(
                ("/v3/reference/tickers?limit=1", 200, "right"),
                ("/v3/reference/tickers/NOPE", 404, "right"),
                ("/v3/reference/splits", 401, null)
            );
    }

    [Fact]
    public async Task The_sixth_call_within_a_minute_is_too_many()
    {
        var clock = new FakeTimeProvider(Served.Noon);
        var options = new SimulatorOptions
        {
            Clock = clock,
            Keys = [KeyPlan.Basic("free"), KeyPlan.Basic("other")],
            RetryAfterHeader = true,
        };
        await using var served = await Served.Start(options, "free");
        for (var call = 0; call < 5; call++)
            await served.Get("/v3/reference/tickers?limit=1");
        clock.Advance(TimeSpan.FromSeconds(20));

        using var refused = await served.Http.GetAsync("/v3/reference/tickers?limit=1");

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("You've exceeded the maximum requests per minute");
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(40));
        clock.Advance(TimeSpan.FromSeconds(40));
        await served.Get("/v3/reference/tickers?limit=1");
    }

    [Fact]
    public async Task A_minute_may_be_shorter_and_is_kept_as_exactly()
    {
        var clock = new FakeTimeProvider(Served.Noon);
        var plan = new KeyPlan("quick") { CallsPerMinute = 2, Window = TimeSpan.FromMilliseconds(500) };
        await using var served = await Served.Start(new SimulatorOptions { Clock = clock, Keys = [plan] }, "quick");
        int[] gaps = [0, 200, 299, 1, 199, 1];

        var statuses = new List<int>();
        foreach (var gap in gaps)
        {
            clock.Advance(TimeSpan.FromMilliseconds(gap));
            statuses.Add((int)(await served.Ask("/v3/reference/tickers?limit=1")).Status);
        }

        // At 0, 200, 499, 500, 699 and 700 ms: the third and the fifth have two within 500 ms before them.
        statuses.Should().Equal(200, 200, 429, 200, 429, 200);
    }

    [Fact]
    public async Task The_free_plan_waits_for_the_end_of_the_day()
    {
        await using var served = await Served.With(KeyPlan.Basic("free"));
        served.Simulator.Now = new DateTimeOffset(2026, 7, 1, 23, 0, 0, TimeSpan.Zero); // 19:00 in New York

        var (status, body) = await served.Ask($"{Grouped}/2026-07-01");
        var range = await served.Rows($"{Apple}/2026-06-29/2026-07-01");
        served.Simulator.Now = new DateTimeOffset(2026, 7, 2, 4, 30, 0, TimeSpan.Zero);
        var nextDay = await served.Rows($"{Grouped}/2026-07-01");

        status.Should().Be(HttpStatusCode.Forbidden);
        body.Text("message").Should().StartWith("Attempted to request today's data before end of day");
        range.Should().HaveCount(2);
        nextDay.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_free_plan_cuts_old_ranges_silently_and_refuses_what_is_wholly_too_old()
    {
        await using var served = await Served.With(KeyPlan.Basic("free"));

        var rows = await served.Rows($"{Apple}/2016-01-01/2026-06-30");
        var (status, body) = await served.Ask($"{Apple}/2016-01-01/2017-01-01");

        rows[0].Day().Should().Be(new DateOnly(2024, 7, 1));
        status.Should().Be(HttpStatusCode.Forbidden);
        body.Text("message").Should().StartWith("Your plan doesn't include this data timeframe");
        (await served.Rows("/stocks/v1/splits")).Should().BeEmpty("the last split lies more than two years back");
    }

    [Fact]
    public async Task Other_plans_refuse_ranges_that_are_partly_too_old()
    {
        await using var served = await Served.With(KeyPlan.Starter("paid"));

        var (status, _) = await served.Ask($"{Apple}/2021-06-30/2026-06-30");
        var body = await served.Get($"{Apple}/2021-07-01/2026-06-30");

        status.Should().Be(HttpStatusCode.Forbidden);
        body.Text("status").Should().Be("DELAYED");
        body.Number("resultsCount").Should().BeGreaterThan(1200);
    }

    [Theory]
    [InlineData(Freshness.RealTime, "20:00", 1)]
    [InlineData(Freshness.RealTime, "19:59", 0)]
    [InlineData(Freshness.Delayed, "20:14", 0)]
    [InlineData(Freshness.Delayed, "20:15", 1)]
    public async Task The_bar_of_today_appears_after_the_close(Freshness freshness, string utc, int count)
    {
        await using var served = await Served.With(new KeyPlan("paid") { Freshness = freshness });
        served.Simulator.Now = DateTimeOffset.Parse($"2026-07-01T{utc}:00Z", System.Globalization.CultureInfo.InvariantCulture);

        (await served.Rows($"{Apple}/2026-07-01/2026-07-01")).Should().HaveCount(count);
    }

    [Fact]
    public async Task What_is_not_in_the_plan_is_not_entitled()
    {
        await using var served = await Served.With(new KeyPlan("some") { NotEntitled = ["/v2/aggs/grouped"] });

        var (status, body) = await served.Ask($"{Grouped}/2026-06-30");

        status.Should().Be(HttpStatusCode.Forbidden);
        body.Text("status").Should().Be("NOT_AUTHORIZED");
        body.Text("message").Should().StartWith("You are not entitled to this data.");
        (await served.Rows($"{Apple}/2026-06-30/2026-06-30")).Should().ContainSingle();
    }
}
