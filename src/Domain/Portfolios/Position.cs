using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>A holding from the end of one day until the next change.</summary>
/// <param name="From">Day at whose close it is first true.</param>
/// <param name="Quantity">Shares, in shares of that day, half-even to 10 decimals.</param>
/// <param name="Cost">Price and charges of the open lots, in reporting currency.</param>
/// <param name="Price">Price of the open lots alone, in reporting currency at the rates of the purchases.</param>
/// <param name="LocalPrice">The same in the stock's currency.</param>
public readonly record struct PositionStep(DateOnly From, decimal Quantity, decimal Cost, decimal Price, decimal LocalPrice);

/// <summary>One stock in one ledger through time: the fold of its transactions and splits.</summary>
public sealed class Position
{
    private readonly List<PositionStep> _steps = [];
    private readonly List<RealisedLot> _realised = [];
    private readonly List<(DateOnly Date, decimal Amount)> _settledFx = [];
    private readonly Dictionary<Id<Transaction>, decimal> _delivered = [];

    internal Position() { }

    /// <summary>The holding after each day on which it changed, ascending.</summary>
    public IReadOnlyList<PositionStep> Steps => _steps;

    /// <summary>Every match of a sale with a lot, in order.</summary>
    public IReadOnlyList<RealisedLot> Realised => _realised;

    /// <summary>The lots open after the last entry, in the order in which sales will take them.</summary>
    public IReadOnlyList<Lot> OpenLots { get; internal set; } = [];

    /// <summary>
    /// First day on which more left than was held; null normally. It can only happen when a split arrives or changes after the trades
    /// were recorded: the excess is then matched with no cost.
    /// </summary>
    public DateOnly? OversoldOn { get; internal set; }

    /// <summary>First day of a transaction in another currency without a rate; null normally. Costs are then incomplete.</summary>
    public DateOnly? RateMissingOn { get; internal set; }

    /// <summary>Folds the history of one stock in a ledger without spin-offs and mergers; <see cref="PositionBook"/> folds a whole ledger.</summary>
    /// <param name="entries">Transactions of one stock in one portfolio, in any order; void ones are passed over.</param>
    /// <param name="splits">Splits of that stock, in any order. A split comes before the trades of its day.</param>
    /// <param name="method">Which lots a sale consumes.</param>
    /// <param name="reporting">Currency of cost and proceeds, and of the stock.</param>
    /// <param name="through">Last day to look at; null for all.</param>
    public static Position Of(
        IEnumerable<Transaction> entries,
        IReadOnlyList<Split> splits,
        CostMethod method,
        Currency reporting,
        DateOnly? through = null
    )
    {
        var fold = new PositionFold(splits, reporting, method, Conversion.Within(reporting));
        foreach (var entry in PositionBook.InOrder(entries, through))
            fold.Apply(entry, into: null);
        return fold.Close(through ?? DateOnly.MaxValue);
    }

    /// <summary>The holding at the close of <paramref name="day"/>; nothing before the first entry.</summary>
    public PositionStep At(DateOnly day)
    {
        var (low, high) = (0, _steps.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _steps[middle].From <= day ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? new PositionStep(day, 0m, 0m, 0m, 0m) : _steps[low - 1];
    }

    /// <summary>Whether anything is held at the close of some day from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public bool IsHeld(DateOnly first, DateOnly last) =>
        At(first).Quantity != 0 || _steps.Exists(step => step.Quantity != 0 && step.From > first && step.From <= last);

    /// <summary>Cost of the lots that a transfer out, a spin-off or a merger took with it; 0 for any other entry.</summary>
    public decimal DeliveredCost(Id<Transaction> entry) => _delivered.GetValueOrDefault(entry);

    /// <summary>
    /// What exchange rates had done to the lots that left from <paramref name="from"/> to <paramref name="to"/>, less what they had done
    /// before to those delivered in; in reporting currency.
    /// </summary>
    public decimal SettledFx(DateOnly from, DateOnly to)
    {
        var sum = 0m;
        foreach (var (date, amount) in _settledFx)
            if (date >= from && date <= to)
                sum += amount;
        return sum;
    }

    internal void Add(RealisedLot lot) => _realised.Add(lot);

    internal void Deliver(Id<Transaction> entry, decimal cost) => _delivered[entry] = cost;

    internal void Settle(DateOnly day, decimal amount)
    {
        if (amount != 0)
            _settledFx.Add((day, amount));
    }

    internal void Add(PositionStep step)
    {
        if (_steps.Count > 0 && _steps[^1].From == step.From)
            _steps[^1] = step;
        else
            _steps.Add(step);
    }
}
