using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets.MadeUp;

namespace CleanPortfolio.PolygonSimulator.Faults;

/// <summary>The faults in force and how often each was met and hit.</summary>
internal sealed class FaultScript
{
    readonly Lock gate = new();
    readonly List<Entry> entries = [];

    public IReadOnlyList<(Fault Fault, int Matched, int Hit)> State
    {
        get
        {
            lock (gate)
                return [.. entries.Select(entry => (entry.Fault, entry.Matched, entry.Hit))];
        }
    }

    public void Add(Fault fault)
    {
        if (fault.Kind == FaultKind.RecycledTicker && (fault.Date is null || fault.Ticker is null))
            throw new ArgumentException("A recycled ticker needs a ticker and the first day of its present owner.", nameof(fault));
        lock (gate)
            entries.Add(new Entry(fault));
    }

    public void Clear()
    {
        lock (gate)
            entries.Clear();
    }

    /// <summary>The faults that hit this request; counts it.</summary>
    public IReadOnlyList<Fault> Hits(Call call)
    {
        lock (gate)
            return entries.Count == 0 ? [] : [.. entries.Where(entry => entry.Meets(call)).Select(entry => entry.Fault)];
    }

    static bool ConcernsRows(FaultKind kind) => kind >= FaultKind.GarbageRow;

    static bool MakesSense(FaultKind kind, string path) =>
        kind switch
        {
            FaultKind.Delayed => IsBars(path),
            FaultKind.GarbageRow or FaultKind.CorrectedBar or FaultKind.MissingDay => IsBars(path),
            FaultKind.RecycledTicker => IsBars(path) || path.StartsWith("/v3/reference/tickers", StringComparison.Ordinal),
            FaultKind.DuplicateSplit or FaultKind.ConflictingSplit or FaultKind.ShiftedSplit => path.EndsWith(
                "/splits",
                StringComparison.Ordinal
            ),
            FaultKind.LateDividend or FaultKind.ChangedDividend => path.EndsWith("/dividends", StringComparison.Ordinal),
            FaultKind.TickerTwice or FaultKind.PartialCrawl => path == "/v3/reference/tickers",
            _ => true,
        };

    static bool IsBars(string path) =>
        path.StartsWith("/v2/aggs", StringComparison.Ordinal) || path.StartsWith("/v1/open-close", StringComparison.Ordinal);

    sealed class Entry(Fault fault)
    {
        Dice dice = new((ulong)fault.Seed);

        public Fault Fault { get; } = fault;

        public int Matched { get; private set; }

        public int Hit { get; private set; }

        public bool Meets(Call call)
        {
            if (
                !MakesSense(Fault.Kind, call.Path)
                || (Fault.Kind == FaultKind.CursorRefused && !call.IsLaterPage)
                || !MatchesTicker(call)
                || (Fault.Path is { } path && !call.Path.Contains(path, StringComparison.Ordinal))
            )
                return false;
            Matched++;
            if (Matched <= Fault.Skip || Hit >= Fault.Times)
                return false;
            if (Fault.Probability < 1 && dice.Below(1_000_000) >= Fault.Probability * 1_000_000)
                return false;
            Hit++;
            return true;
        }

        bool MatchesTicker(Call call) =>
            Fault.Ticker is not { } ticker
            || (call.Tickers.Count == 0 ? ConcernsRows(Fault.Kind) : call.Tickers.Contains(ticker, StringComparer.Ordinal));
    }
}
