using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>
/// Which of many new entries of one stock take more than is held: one walk through the ledger, whatever their number. An entry that
/// is in the ledger already is never to blame: of the new ones that took shares before it, the last go first.
/// </summary>
public sealed class Oversales
{
    private readonly Id<Stock> _stock;
    private readonly Dictionary<Id<Transaction>, DateOnly> _refused = [];
    private readonly Stack<(Transaction Entry, int SplitsBefore)> _taken = [];
    private readonly List<Split> _passed = [];
    private Quantity _held = Quantity.Zero;

    private Oversales(Id<Stock> stock) => _stock = stock;

    /// <summary>New entries that can't be recorded, with the day on which more would leave than is held.</summary>
    public IReadOnlyDictionary<Id<Transaction>, DateOnly> Refused => _refused;

    /// <summary>Day on which more leaves than is held even without any of the new entries' sales; null normally.</summary>
    public DateOnly? OversoldOn { get; private set; }

    /// <summary>Walks one stock's ledger.</summary>
    /// <param name="stock">The stock.</param>
    /// <param name="added">New entries that name it, also as what a spin-off or merger brings, in any order.</param>
    /// <param name="ledger">Such entries that stay, in any order; void ones are passed over.</param>
    /// <param name="splits">Splits of the stock, in any order. A split comes before the trades of its day.</param>
    public static Oversales Among(
        Id<Stock> stock,
        IReadOnlyCollection<Transaction> added,
        IEnumerable<Transaction> ledger,
        IEnumerable<Split> splits
    )
    {
        var isNew = added.Select(entry => entry.Id).ToHashSet();
        var all = ledger.Where(entry => entry.VoidedAt is null).Concat(added).ToList();
        all.Sort(Transaction.InLedgerOrder);
        var walk = new Oversales(stock);
        var pending = new Queue<Split>(splits.OrderBy(split => split.ExecutionDate));
        foreach (var entry in all)
        {
            while (pending.TryPeek(out var split) && split.ExecutionDate <= entry.Date)
                walk.Pass(pending.Dequeue());
            walk.Pass(entry, isNew.Contains(entry.Id));
        }
        return walk;
    }

    private void Pass(Split split)
    {
        _held = _held.Split(split.From, split.To);
        _passed.Add(split);
    }

    private void Pass(Transaction entry, bool isNew)
    {
        if (entry.IntoStockId == _stock)
            _held += Quantity.Of(entry.IntoQuantity!.Value);
        else if (entry.Kind is TransactionKind.Buy or TransactionKind.TransferIn)
            _held += Quantity.Of(entry.Quantity!.Value);
        else if (entry.Quantity is null && entry.Kind is not TransactionKind.SpinOff)
            return;
        else if (isNew)
            Take(entry, Quantity.Of(entry.Quantity ?? 0m));
        else
            Need(entry, Quantity.Of(entry.Quantity ?? 0m));
    }

    // What is spun off takes no share, but needs one to be spun off from.
    private bool IsTooMuch(Quantity shares) => shares.IsZero ? _held.IsZero : (_held - shares).IsNegative;

    private void Take(Transaction entry, Quantity shares)
    {
        if (IsTooMuch(shares))
        {
            _refused.Add(entry.Id, entry.Date);
            return;
        }
        _held = Rest(shares);
        if (!shares.IsZero)
            _taken.Push((entry, _passed.Count));
    }

    private void Need(Transaction entry, Quantity shares)
    {
        while (IsTooMuch(shares) && _taken.TryPop(out var taken))
        {
            _refused.Add(taken.Entry.Id, entry.Date);
            _held += _passed
                .Skip(taken.SplitsBefore)
                .Aggregate(Quantity.Of(taken.Entry.Quantity ?? 0m), (quantity, split) => quantity.Split(split.From, split.To));
        }
        if (IsTooMuch(shares))
            OversoldOn ??= entry.Date;
        _held = Rest(shares);
    }

    // Dust below 10 decimals goes with the last share, as it does when lots are taken.
    private Quantity Rest(Quantity shares) => _held - shares is { IsZero: false, IsNegative: false } rest ? rest : Quantity.Zero;
}
