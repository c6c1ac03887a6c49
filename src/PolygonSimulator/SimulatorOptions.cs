namespace CleanPortfolio.PolygonSimulator;

/// <summary>How a <see cref="Simulator"/> is to behave; the default is the made-up market on a free loopback port, any key welcome.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Folder of CSV files to serve; null serves the made-up market.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Which set of a folder with several, for instance <c>us_selected</c>.</summary>
    public string? DataPrefix { get; init; }

    /// <summary>Renames in the data folder, beside those of its files; the made-up market has its own.</summary>
    public IReadOnlyList<Rename> Renames { get; init; } = [];

    /// <summary>Address to listen at, http only; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>
    /// Simulated time, at which the clock stands still. Null follows <see cref="Clock"/> for the made-up market and is noon in New York of
    /// the day after the last bar for a data folder.
    /// </summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Real time: rate limits, and the simulated time unless that is set.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Keys and their plans; empty accepts any key without limits.</summary>
    public IReadOnlyList<KeyPlan> Keys { get; init; } = [];

    /// <summary>Faults in force from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Whether 429 of the rate limit carries Retry-After; the provider is not known to send it.</summary>
    public bool RetryAfterHeader { get; init; }

    /// <summary>Whether warnings and the address are logged to the console.</summary>
    public bool LogToConsole { get; init; }
}
