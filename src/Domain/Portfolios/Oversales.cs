using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>
/// Which of many new entries of one stock take more than is held: one walk through the ledger, whatever their number. An entry that
/// is in the ledger already is never to blame: of the new ones that took shares before it, the last go first.
/// </summary>
public sealed class Oversales
{
    private readonly Dictionary<Id<Transaction>, DateOnly> _refused = [];
    private readonly Stack<(Transaction Entry, int SplitsBefore)> _taken = [];
    private readonly List<Split> _passed = [];
    private Quantity _held = Quantity.Zero;

    private Oversales() { }

    /// <summary>New entries that can't be recorded, with the day on which more would leave than is held.</summary>
    public IReadOnlyDictionary<Id<Transaction>, DateOnly> Refused => _refused;

    /// <summary>Day on which more leaves than is held even without any of the new entries' sales; null normally.</summary>
    public DateOnly? OversoldOn { get; private set; }

    /// <summary>Walks one stock's ledger.</summary>
    /// <param name="added">New entries, in any order.</param>
    /// <param name="ledger">Entries that stay, in any order; void ones are passed over.</param>
    /// <param name="splits">Splits of the stock, in any order. A split comes before the trades of its day.</param>
    public static Oversales Among(IReadOnlyCollection<Transaction> added, IEnumerable<Transaction> ledger, IEnumerable<Split> splits)
    {
        var isNew = added.Select(entry => entry.Id).ToHashSet();
        var all = ledger.Where(entry => entry.VoidedAt is null).Concat(added).ToList();
        all.Sort(Transaction.InLedgerOrder);
        var walk = new Oversales();
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
        if (entry.Quantity is not { } shares)
            return;
        if (entry.Kind is TransactionKind.Buy or TransactionKind.TransferIn)
            _held += Quantity.Of(shares);
        else if (isNew)
            Take(entry, Quantity.Of(shares));
        else
            Need(entry, Quantity.Of(shares));
    }

    private void Take(Transaction entry, Quantity shares)
    {
        if ((_held - shares).IsNegative)
        {
            _refused.Add(entry.Id, entry.Date);
            return;
        }
        _held = Rest(shares);
        _taken.Push((entry, _passed.Count));
    }

    private void Need(Transaction entry, Quantity shares)
    {
        while ((_held - shares).IsNegative && _taken.TryPop(out var taken))
        {
            _refused.Add(taken.Entry.Id, entry.Date);
            _held += _passed
                .Skip(taken.SplitsBefore)
                .Aggregate(Quantity.Of(taken.Entry.Quantity!.Value), (quantity, split) => quantity.Split(split.From, split.To));
        }
        if ((_held - shares).IsNegative)
            OversoldOn ??= entry.Date;
        _held = Rest(shares);
    }

    // Dust below 10 decimals goes with the last share, as it does when lots are taken.
    private Quantity Rest(Quantity shares) => _held - shares is { IsZero: false, IsNegative: false } rest ? rest : Quantity.Zero;
}
