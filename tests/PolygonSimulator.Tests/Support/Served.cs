using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CleanPortfolio.PolygonSimulator.Tests.Support;

/// <summary>A simulator of one test and a client that talks to it.</summary>
internal sealed class Served : IAsyncDisposable
{
    /// <summary>A Wednesday at noon in New York.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 7, 1, 16, 0, 0, TimeSpan.Zero);

    Served(Simulator simulator, string? key)
    {
        Simulator = simulator;
        Http = new HttpClient { BaseAddress = simulator.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        if (key is not null)
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Simulator Simulator { get; }

    public HttpClient Http { get; }

    public static async Task<Served> Start(SimulatorOptions? options = null, string? key = "secret")
    {
        options ??= new SimulatorOptions();
        if (options is { Now: null, DataFolder: null })
            options = options with { Now = Noon };
        return new Served(await Simulator.Start(options, CancellationToken.None), key);
    }

    public static Task<Served> With(params Fault[] faults) => Start(new SimulatorOptions { Faults = faults });

    public static Task<Served> With(KeyPlan plan) => Start(new SimulatorOptions { Keys = [plan] }, plan.Key);

    public async Task<(HttpStatusCode Status, JsonElement Body)> Ask(string path)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    public async Task<JsonElement> Get(string path)
    {
        var (status, body) = await Ask(path);
        status.Should().Be(HttpStatusCode.OK, "{0} answered {1}", path, body);
        return body;
    }

    public async Task<List<JsonElement>> Rows(string path)
    {
        var body = await Get(path);
        return body.TryGetProperty("results", out var rows) ? [.. rows.EnumerateArray()] : [];
    }

    /// <summary>All pages, following next_url as it is given.</summary>
    public async Task<List<JsonElement>> Pages(string path)
    {
        var pages = new List<JsonElement>();
        for (var next = path; next is not null && pages.Count < 1000; )
        {
            pages.Add(await Get(next));
            next = pages[^1].TryGetProperty("next_url", out var url) ? url.GetString() : null;
        }
        return pages;
    }

    public async Task<List<JsonElement>> AllRows(string path) =>
        [.. (await Pages(path)).SelectMany(page => page.GetProperty("results").EnumerateArray())];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
    }
}
