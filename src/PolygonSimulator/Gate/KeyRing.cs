using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Gate;

/// <summary>Knows the keys and counts their calls in a rolling window; refused calls do not count.</summary>
internal sealed class KeyRing(SimulatorOptions options)
{
    const string Bearer = "Bearer ";
    static readonly KeyPlan Anybody = new("any");

    readonly Lock gate = new();
    readonly Dictionary<string, Queue<long>> recent = new(StringComparer.Ordinal);

    public KeyPlan Identify(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var key = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : request.Query["apiKey"].ToString();
        if (key.Length == 0)
            throw Refusal.NoKey();
        if (options.Keys.Count == 0)
            return Anybody;
        return options.Keys.FirstOrDefault(plan => plan.Key == key) ?? throw Refusal.UnknownKey();
    }

    public void Count(KeyPlan plan)
    {
        if (plan.CallsPerMinute is not { } limit)
            return;
        lock (gate)
        {
            if (!recent.TryGetValue(plan.Key, out var times))
                recent.Add(plan.Key, times = new Queue<long>());
            while (times.TryPeek(out var oldest) && options.Clock.GetElapsedTime(oldest) >= plan.Window)
                times.Dequeue();
            if (times.Count >= limit)
                throw Refusal.TooManyRequests(options.RetryAfterHeader ? Wait(times, plan.Window) : null);
            times.Enqueue(options.Clock.GetTimestamp());
        }
    }

    int Wait(Queue<long> times, TimeSpan window) =>
        (int)Math.Ceiling((times.TryPeek(out var oldest) ? window - options.Clock.GetElapsedTime(oldest) : window).TotalSeconds);
}
