using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Markets.MadeUp;

namespace CleanPortfolio.PolygonSimulator.Faults;

/// <summary>What the faults that hit a request do to its rows.</summary>
internal sealed class RowFaults(IReadOnlyList<Fault> hits, DateOnly today)
{
    // The former owner traded at another level altogether.
    const int FormerOwnersPriceDivisor = 16;

    const int FutureDays = 400;

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
                case FaultKind.GarbageRow when fault.Garbage != GarbageKind.TickerTwice && IsMeant(fault, isItsDay):
                    bar = Broken(bar, fault.Garbage);
                    break;
            }
        }
        return true;
    }

    /// <summary>A second row of the bar, if a fault says so.</summary>
    public Bar? Twin(string ticker, Bar bar) =>
        bars.Any(fault =>
            fault is { Kind: FaultKind.GarbageRow, Garbage: GarbageKind.TickerTwice }
            && (fault.Ticker is null || fault.Ticker == ticker)
            && IsMeant(fault, fault.Date is not { } date || date.DayNumber == bar.Day)
        )
            ? Level(bar, price => price / 2m)
            : null;

    /// <summary>The listings of a crawl, sorted by ticker or not.</summary>
    public IEnumerable<Stock> Crawl(IEnumerable<Stock> listings, DateOnly date)
    {
        var isTwice = hits.Where(fault => fault.Kind == FaultKind.TickerTwice).ToArray();
        var isPartial = hits.Where(fault => fault.Kind == FaultKind.PartialCrawl).ToArray();
        foreach (var stock in listings)
        {
            if (isPartial.Any(fault => (fault.Ticker is null || fault.Ticker == stock.Ticker) && IsLeftOut(stock.Ticker, fault.Seed)))
                continue;
            if (isTwice.Any(fault => fault.Ticker is null || fault.Ticker == stock.Ticker))
                yield return stock with
                {
                    Name = $"Formerly {stock.Name}",
                    Updated = date.AddDays(-30),
                };
            yield return stock;
        }
    }

    public IEnumerable<Split> Splits(Split split)
    {
        var isEarly = hits.Any(fault => fault.Kind == FaultKind.ShiftedSplit && Concerns(fault, split.Ticker, split.Execution));
        yield return isEarly ? split with { Execution = split.Execution.AddDays(-1) } : split;
        if (hits.Any(fault => fault.Kind == FaultKind.ConflictingSplit && Concerns(fault, split.Ticker, split.Execution)))
            yield return split with
            {
                Id = Stock.ActionId("other", split.Ticker, split.Execution, 0),
                To = split.To * 2,
            };
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

    /// <summary>The dividend as it is told today.</summary>
    public Dividend Told(Dividend dividend) =>
        hits.Any(fault =>
            fault.Kind == FaultKind.ChangedDividend && Concerns(fault, dividend.Ticker, dividend.ExDate) && !(today >= fault.Until)
        )
            ? dividend with
            {
                Cash = dividend.Cash / 4,
            }
            : dividend;

    /// <summary>Whether the symbol still was somebody else's on that day.</summary>
    public bool IsFormerOwners(string ticker, DateOnly date) =>
        hits.Any(fault => fault.Kind == FaultKind.RecycledTicker && fault.Ticker == ticker && date < fault.Date);

    static bool Concerns(Fault fault, string ticker, DateOnly date) =>
        (fault.Ticker is null || fault.Ticker == ticker) && (fault.Date is null || fault.Date == date);

    // Without a day the first row of an answer is meant.
    bool IsMeant(Fault fault, bool isItsDay) => isItsDay && (fault.Date is not null || spent.Add(fault));

    static bool IsLeftOut(string ticker, int seed) => new Dice(Dice.Seed($"{seed} {ticker}")).Below(3) == 0;

    static Bar Former(in Bar bar) => Level(bar, price => price / FormerOwnersPriceDivisor);

    static Bar Level(in Bar bar, Func<decimal, decimal> of)
    {
        return bar with { Open = At(bar.Open), High = At(bar.High), Low = At(bar.Low), Close = At(bar.Close) };

        long At(long price) => Micros.RoundToStep(of(price));
    }

    Bar Broken(in Bar bar, GarbageKind kind) =>
        kind switch
        {
            GarbageKind.HighBelowLow => bar with { High = Micros.RoundToStep(bar.Low / 2m) },
            GarbageKind.NegativePrice => bar with { Open = -bar.Open, Low = -bar.High, Close = -bar.Close },
            GarbageKind.ZeroPrice => bar with { Low = 0, Close = 0 },
            GarbageKind.NotANumber => bar with { Close = Bar.NotANumber },
            GarbageKind.NegativeVolume => bar with { Volume = -bar.Volume },
            GarbageKind.HundredfoldJump => Level(bar, price => price * 100),
            GarbageKind.FutureDate => bar with { Day = today.DayNumber + FutureDays },
            _ => bar,
        };
}
