using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>What the provider does not have: observe the calls, script the faults, set the clock. No key is needed.</summary>
internal static class Backstage
{
    public static void Map(WebApplication app, World world)
    {
        app.MapGet("/simulator/calls", (RequestDelegate)(http => Answer(http, world.Calls.Calls)));
        app.MapDelete("/simulator/calls", (RequestDelegate)(http => Done(http, world.Calls.Clear)));
        app.MapGet("/simulator/faults", (RequestDelegate)(http => Faults(http, world)));
        app.MapPost("/simulator/faults", (RequestDelegate)(http => AddFaults(http, world)));
        app.MapDelete("/simulator/faults", (RequestDelegate)(http => Done(http, world.Faults.Clear)));
        app.MapGet("/simulator/clock", (RequestDelegate)(http => Answer(http, new Clock(world.Now))));
        app.MapPost("/simulator/clock", (RequestDelegate)(http => SetClock(http, world)));
    }

    static Task Faults(HttpContext http, World world) =>
        Answer(
            http,
            world.Faults.State.Select(entry => new
            {
                fault = entry.Fault,
                matched = entry.Matched,
                hit = entry.Hit,
            })
        );

    /// <summary>One fault, or an array of them.</summary>
    static Task AddFaults(HttpContext http, World world) =>
        Accept<JsonElement>(
            http,
            body =>
            {
                foreach (var fault in body.ValueKind == JsonValueKind.Array ? [.. body.EnumerateArray()] : new[] { body })
                    world.Faults.Add(fault.Deserialize<Fault>(Settings.Json)!);
            }
        );

    static Task SetClock(HttpContext http, World world) => Accept<Clock>(http, clock => world.Now = clock.Now);

    static async Task Accept<T>(HttpContext http, Action<T> apply)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Settings.Json, http.RequestAborted);
            await Done(http, () => apply(body!));
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await Answer(http, new { error = failure.Message });
        }
    }

    static Task Done(HttpContext http, Action action)
    {
        action();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static Task Answer<T>(HttpContext http, T value) => http.Response.WriteAsJsonAsync(value, Settings.Json, http.RequestAborted);

    sealed record Clock(DateTimeOffset Now);
}
