using System.Globalization;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>A request with what it may see: its parameters, its plan, the faults that hit it and the simulated now.</summary>
internal sealed class Call
{
    const int DelayMinutes = 15;

    readonly HttpContext http;

    /// <exception cref="Refusal">The cursor cannot be read.</exception>
    public Call(HttpContext http, World world, KeyPlan plan)
    {
        this.http = http;
        Plan = plan;
        Market = world.Market;
        Now = NewYork.Local(world.Now);
        var query = http.Request.Query.ToDictionary(entry => entry.Key, entry => entry.Value.ToString(), StringComparer.Ordinal);
        query.Remove("apiKey");
        if (query.Remove("cursor", out var cursor))
        {
            IsLaterPage = true;
            query = Cursor.Decode(cursor);
        }
        Parameters = query;
        var tickers = Route("ticker") ?? this["ticker"] ?? this["ticker.any_of"];
        Tickers = tickers?.Split(',') ?? [];
        Faults = world.Faults.Hits(this);
        RowFaults = new RowFaults(Faults, Today);
    }

    public KeyPlan Plan { get; }

    public Market Market { get; }

    /// <summary>In New York.</summary>
    public DateTimeOffset Now { get; }

    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    public string Path => http.Request.Path.Value ?? "";

    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The tickers it names; none means all.</summary>
    public IReadOnlyList<string> Tickers { get; }

    public IReadOnlyList<Fault> Faults { get; }

    public RowFaults RowFaults { get; }

    /// <summary>It follows a next_url.</summary>
    public bool IsLaterPage { get; }

    public string RequestId => http.TraceIdentifier;

    public CancellationToken Aborted => http.RequestAborted;

    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter) is { Length: > 0 } value ? value : null;

    /// <summary>OK, or DELAYED for plans and faults that say so.</summary>
    public string BarStatus =>
        Plan.Freshness == Freshness.Delayed || Faults.Any(fault => fault.Kind == FaultKind.Delayed) ? "DELAYED" : "OK";

    /// <summary>The last day whose bar this plan may see now.</summary>
    public int LastVisibleDay
    {
        get
        {
            var delay = TimeSpan.FromMinutes(Plan.Freshness == Freshness.Delayed ? DelayMinutes : 0);
            var isOut = Plan.Freshness != Freshness.EndOfDay && Now >= ExchangeCalendar.ClosingTime(Today) + delay;
            return Today.DayNumber - (isOut ? 0 : 1);
        }
    }

    public string? Route(string name) => http.Request.RouteValues[name] as string;

    public bool Flag(string name, bool otherwise) =>
        this[name] switch
        {
            null => otherwise,
            "true" => true,
            "false" => false,
            var value => throw Refusal.BadRequest($"The parameter '{name}' cannot be '{value}', only true or false"),
        };

    /// <summary>A limit above the highest allowed counts as the highest.</summary>
    public int Limit(int otherwise, int highest) =>
        this["limit"] is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? Math.Min(limit, highest)
        : throw Refusal.BadRequest($"The parameter 'limit' cannot be '{text}'");

    public DateOnly Date(string name, string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Refusal.BadTime(name);

    /// <summary>The first day of the asked range that the plan includes.</summary>
    /// <exception cref="Refusal">The plan includes none of it, or refuses ranges that are partly too old.</exception>
    public DateOnly Admit(DateOnly from, DateOnly to)
    {
        if (from > Today)
            throw Refusal.Timeframe();
        if (from == Today && Plan.Freshness == Freshness.EndOfDay)
            throw Refusal.BeforeEndOfDay();
        if (Plan.HistoryYears is not { } years || from >= Today.AddYears(-years))
            return from;
        return Plan.ClipsHistory && to >= Today.AddYears(-years) ? Today.AddYears(-years) : throw Refusal.Timeframe();
    }

    /// <summary>Absolute, for the host and scheme that were asked, without the key.</summary>
    public string Url(string path, string cursor)
    {
        var host = http.Request.Host;
        if (Faults.Any(fault => fault.Kind == FaultKind.EndlessPaging))
            return $"{http.Request.Scheme}://{host}{http.Request.Path}{Server.QueryWithoutKey(http.Request)}";
        var doubled = Faults.Any(fault => fault.Kind == FaultKind.DoubledPort) ? $":{host.Port ?? 80}" : "";
        return $"{http.Request.Scheme}://{host}{doubled}{path}?cursor={cursor}";
    }
}
