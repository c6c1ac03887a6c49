using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Faults;

/// <summary>What the faults that hit a request do to its rows.</summary>
internal sealed class RowFaults(IReadOnlyList<Fault> hits, DateOnly today)
{
    // The former owner traded at another level altogether.
    const int FormerOwnersPriceDivisor = 16;

    readonly Fault[] bars = [.. hits.Where(fault => fault.Kind is >= FaultKind.GarbageRow and <= FaultKind.RecycledTicker)];
    readonly HashSet<Fault> spent = [];

    public bool TouchBars => bars.Length > 0;

    public bool AddUnprintable => bars.Any(fault => fault is { Kind: FaultKind.GarbageRow, Garbage: GarbageKind.UnprintableTicker });

    /// <summary>Changes the bar as the faults say; false leaves it out.</summary>
    public bool Keep(string ticker, ref Bar bar)
    {
        foreach (var fault in bars)
        {
            if (fault.Ticker is { } concerned && concerned != ticker)
                continue;
            var isItsDay = fault.Date is not { } date || date.DayNumber == bar.Day;
            switch (fault.Kind)
            {
                case FaultKind.MissingDay when isItsDay:
                    return false;
                case FaultKind.CorrectedBar when isItsDay && today < (fault.Until ?? DateOnly.FromDayNumber(bar.Day + 2)):
                    bar = bar with { Close = bar.Low, Volume = bar.Volume * 97 / 100 };
                    break;
                case FaultKind.RecycledTicker when bar.Day < fault.Date!.Value.DayNumber:
                    bar = Former(bar);
                    break;
                case FaultKind.GarbageRow when isItsDay && (fault.Date is not null || spent.Add(fault)):
                    bar = Broken(bar, fault.Garbage);
                    break;
            }
        }
        return true;
    }

    public IEnumerable<Split> Splits(Split split)
    {
        yield return split;
        if (hits.Any(fault => fault.Kind == FaultKind.DuplicateSplit && Concerns(fault, split.Ticker, split.Execution)))
            yield return split with
            {
                Id = Stock.ActionId("twice", split.Ticker, split.Execution, 0),
            };
    }

    public bool Hides(Dividend dividend) =>
        hits.Any(fault =>
            fault.Kind == FaultKind.LateDividend && Concerns(fault, dividend.Ticker, dividend.ExDate) && !(today >= fault.Until)
        );

    /// <summary>Whether the symbol still was somebody else's on that day.</summary>
    public bool IsFormerOwners(string ticker, DateOnly date) =>
        hits.Any(fault => fault.Kind == FaultKind.RecycledTicker && fault.Ticker == ticker && date < fault.Date);

    static bool Concerns(Fault fault, string ticker, DateOnly date) =>
        (fault.Ticker is null || fault.Ticker == ticker) && (fault.Date is null || fault.Date == date);

    static Bar Former(in Bar bar)
    {
        return new Bar(bar.Day, Level(bar.Open), Level(bar.High), Level(bar.Low), Level(bar.Close), bar.Volume);

        static long Level(long price) => Micros.RoundToStep((decimal)price / FormerOwnersPriceDivisor);
    }

    static Bar Broken(in Bar bar, GarbageKind kind) =>
        kind switch
        {
            GarbageKind.HighBelowLow => bar with { High = Micros.RoundToStep(bar.Low / 2m) },
            GarbageKind.NegativePrice => bar with { Open = -bar.Open, Low = -bar.High, Close = -bar.Close },
            _ => bar,
        };
}
