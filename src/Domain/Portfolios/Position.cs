using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>A holding from the end of one day until the next change.</summary>
/// <param name="From">Day at whose close it is first true.</param>
/// <param name="Quantity">Shares, in shares of that day, half-even to 10 decimals.</param>
/// <param name="Cost">Price and charges of the open lots, in portfolio currency.</param>
public readonly record struct PositionStep(DateOnly From, decimal Quantity, decimal Cost);

/// <summary>One stock in one ledger through time: the fold of its transactions and splits.</summary>
public sealed class Position
{
    private readonly List<PositionStep> _steps = [];
    private readonly List<RealisedLot> _realised = [];
    private readonly Dictionary<Id<Transaction>, decimal> _delivered = [];
    private readonly LotBook _lots;

    private Position(CostMethod method) => _lots = new LotBook(method);

    /// <summary>The holding after each day on which it changed, ascending.</summary>
    public IReadOnlyList<PositionStep> Steps => _steps;

    /// <summary>Every match of a sale with a lot, in order.</summary>
    public IReadOnlyList<RealisedLot> Realised => _realised;

    /// <summary>The lots open after the last entry, in the order in which sales will take them.</summary>
    public IReadOnlyList<Lot> OpenLots => _lots.Open;

    /// <summary>
    /// First day on which more left than was held; null normally. It can only happen when a split arrives or changes after the trades
    /// were recorded: the excess is then matched with no cost.
    /// </summary>
    public DateOnly? OversoldOn { get; private set; }

    /// <summary>First day of a transaction in another currency without a rate; null normally. Costs are then incomplete.</summary>
    public DateOnly? RateMissingOn { get; private set; }

    /// <summary>Folds a stock's history.</summary>
    /// <param name="entries">Transactions of one stock in one portfolio, in any order; void ones are passed over.</param>
    /// <param name="splits">Splits of that stock, in any order. A split comes before the trades of its day.</param>
    /// <param name="method">Which lots a sale consumes.</param>
    /// <param name="reporting">Currency of cost and proceeds.</param>
    /// <param name="through">Last day to look at; null for all.</param>
    public static Position Of(
        IEnumerable<Transaction> entries,
        IReadOnlyList<Split> splits,
        CostMethod method,
        Currency reporting,
        DateOnly? through = null
    )
    {
        var last = through ?? DateOnly.MaxValue;
        var ledger = entries.Where(entry => entry.VoidedAt is null && entry.Date <= last).ToList();
        ledger.Sort(Transaction.InLedgerOrder);
        var position = new Position(method);
        using var split = splits.Where(split => split.ExecutionDate <= last).OrderBy(split => split.ExecutionDate).GetEnumerator();
        var pending = split.MoveNext();
        foreach (var entry in ledger)
        {
            for (; pending && split.Current.ExecutionDate <= entry.Date; pending = split.MoveNext())
                position.Apply(split.Current);
            position.Apply(entry, reporting);
        }
        for (; pending; pending = split.MoveNext())
            position.Apply(split.Current);
        return position;
    }

    /// <summary>The holding at the close of <paramref name="day"/>; nothing before the first entry.</summary>
    public PositionStep At(DateOnly day)
    {
        var index = _steps.FindLastIndex(step => step.From <= day);
        return index < 0 ? new PositionStep(day, 0m, 0m) : _steps[index];
    }

    /// <summary>Whether anything is held at the close of some day from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public bool IsHeld(DateOnly first, DateOnly last) =>
        At(first).Quantity != 0 || _steps.Exists(step => step.Quantity != 0 && step.From > first && step.From <= last);

    /// <summary>Cost of the lots that a transfer out took with it; 0 for any other entry.</summary>
    public decimal DeliveredCost(Id<Transaction> transferOut) => _delivered.GetValueOrDefault(transferOut);

    /// <summary>Refuses a ledger in which more leaves than is held, at any date.</summary>
    /// <exception cref="RuleBroken"><c>transaction.oversold</c>, naming the first such day.</exception>
    public static void EnsureNeverOversold(IReadOnlyList<Transaction> entries, IReadOnlyList<Split> splits)
    {
        if (entries.Count == 0)
            return;
        var position = Of(entries, splits, CostMethod.Fifo, entries[0].Currency);
        if (position.OversoldOn is { } day)
            throw new RuleBroken("transaction.oversold", $"More would leave than is held on {day:yyyy-MM-dd}.");
    }

    private void Apply(Split split)
    {
        if (_lots.Open.Count == 0)
            return;
        _lots.Split(split);
        Note(split.ExecutionDate);
    }

    private void Apply(Transaction entry, Currency reporting)
    {
        if (entry.Quantity is not { } shares)
            return;
        if (Amounts.Of(entry, reporting) is not { } amounts)
        {
            RateMissingOn ??= entry.Date;
            amounts = default;
        }
        var quantity = Quantity.Of(shares);
        if (entry.Kind is TransactionKind.Buy or TransactionKind.TransferIn)
            _lots.Add(new Lot(entry.Id, entry.AcquiredOn ?? entry.Date, quantity, amounts.Gross, amounts.Fee + amounts.Tax));
        else
            Remove(entry, quantity, amounts);
        Note(entry.Date);
    }

    private void Remove(Transaction entry, Quantity quantity, Amounts amounts)
    {
        if ((_lots.Held - quantity).IsNegative)
            OversoldOn ??= entry.Date;
        var taken = _lots.Take(quantity);
        if (entry.Kind is not TransactionKind.Sell)
        {
            _delivered[entry.Id] = taken.Sum(lot => lot.Cost);
            return;
        }
        var (proceeds, charges) = (amounts.Gross, amounts.Fee + amounts.Tax);
        var (proceedsLeft, chargesLeft) = (proceeds, charges);
        for (var i = 0; i < taken.Count; i++)
        {
            var lot = taken[i];
            var final = i == taken.Count - 1;
            var proceedsShare = final ? proceedsLeft : Quantity.ShareOf(proceeds, lot.Quantity, quantity);
            var chargesShare = final ? chargesLeft : Quantity.ShareOf(charges, lot.Quantity, quantity);
            (proceedsLeft, chargesLeft) = (proceedsLeft - proceedsShare, chargesLeft - chargesShare);
            _realised.Add(
                new RealisedLot(
                    entry.Id,
                    lot.PurchaseId,
                    entry.Date,
                    lot.AcquiredOn,
                    lot.Quantity.ToDecimal(),
                    proceedsShare,
                    chargesShare,
                    lot.Price,
                    lot.Charges
                )
            );
        }
        if (taken.Count == 0)
            _realised.Add(new RealisedLot(entry.Id, entry.Id, entry.Date, entry.Date, quantity.ToDecimal(), proceeds, charges, 0m, 0m));
    }

    private void Note(DateOnly day)
    {
        var step = new PositionStep(day, _lots.Held.ToDecimal(), _lots.Price + _lots.Charges);
        if (_steps.Count > 0 && _steps[^1].From == day)
            _steps[^1] = step;
        else
            _steps.Add(step);
    }
}
