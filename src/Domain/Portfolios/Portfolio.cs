using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>
/// A ledger of transactions in one reporting currency. Holdings, lots, cash, series and returns are projections of the ledger
/// and of dated market facts; nothing derived is stored.
/// </summary>
public sealed class Portfolio
{
    private Portfolio() { }

    /// <summary>An empty portfolio opened at <paramref name="now"/>.</summary>
    public Portfolio(Id<Customer> customerId, string name, Currency currency, CashMode cash, CostMethod costMethod, DateTimeOffset now)
    {
        Id = Id<Portfolio>.New(now);
        CustomerId = customerId;
        Name = name;
        Currency = currency;
        Cash = cash;
        CostMethod = costMethod;
        OpenedAt = now;
    }

    /// <summary>Identity.</summary>
    public Id<Portfolio> Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public Id<Customer> CustomerId { get; private set; }

    /// <summary>Display name, unique among the customer's portfolios.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Currency of every figure about it.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Whether its cash is part of it.</summary>
    public CashMode Cash { get; private set; }

    /// <summary>Which lots a sale consumes.</summary>
    public CostMethod CostMethod { get; private set; }

    /// <summary>Instant of opening.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Counts changes of the ledger and of the settings. Two writers that start from the same version cannot both succeed.</summary>
    public long Version { get; private set; }

    /// <summary>Changes what is given and leaves the rest.</summary>
    public void Update(string? name, CashMode? cash, CostMethod? costMethod)
    {
        Name = name ?? Name;
        Cash = cash ?? Cash;
        CostMethod = costMethod ?? CostMethod;
        Version++;
    }

    /// <summary>Forgets what somebody called it.</summary>
    public void Erase()
    {
        Name = $"erased-{Id}";
        Version++;
    }

    /// <summary>Adds <paramref name="entry"/> to the ledger.</summary>
    /// <param name="entry">The new transaction, of this portfolio.</param>
    /// <param name="linked">All transactions of its stock in this portfolio, and of all that spin-offs and mergers link to it; empty for one without a stock.</param>
    /// <param name="splits">The splits of these stocks.</param>
    /// <param name="today">The latest date a transaction may have.</param>
    /// <exception cref="RuleBroken"><c>transaction.futureDate</c>, <c>transaction.fxRateToItself</c>, <c>transaction.oversold</c>.</exception>
    public void Record(Transaction entry, IEnumerable<Transaction> linked, IReadOnlyList<Split> splits, DateOnly today)
    {
        if (Refusal(entry, today) is { } refusal)
            throw refusal;
        if (entry.StockId is not null)
            PositionBook.EnsureNeverOversold(linked.Append(entry), splits);
        Version++;
    }

    /// <summary>Why <paramref name="entry"/> can't be in this ledger, whatever else is in it; null if it can.</summary>
    /// <param name="entry">The new transaction.</param>
    /// <param name="today">The latest date a transaction may have.</param>
    public RuleBroken? Refusal(Transaction entry, DateOnly today)
    {
        if (entry.Date > today)
            return new RuleBroken(
                "transaction.futureDate",
                $"A transaction can't be dated {entry.Date:yyyy-MM-dd}, after today ({today:yyyy-MM-dd})."
            );
        return entry.Currency == Currency && entry.FxRate is not (null or 1m)
            ? new RuleBroken("transaction.fxRateToItself", $"The rate from {Currency} to {Currency} is 1.")
            : null;
    }

    /// <summary>Adds many entries at once, some in place of others, which are voided; the resulting ledger is checked once.</summary>
    /// <param name="entries">The new transactions, of this portfolio.</param>
    /// <param name="replaced">Transactions of this portfolio that give way to them.</param>
    /// <param name="ledger">All transactions of the stocks concerned, and of all linked to them: <see cref="PositionBook.Concerned"/>.</param>
    /// <param name="splits">The splits of these stocks.</param>
    /// <param name="today">The latest date a transaction may have.</param>
    /// <param name="now">The instant of voiding.</param>
    /// <exception cref="RuleBroken">As for one entry; nothing is changed then.</exception>
    public void Record(
        IReadOnlyCollection<Transaction> entries,
        IReadOnlyCollection<Transaction> replaced,
        IEnumerable<Transaction> ledger,
        IReadOnlyCollection<Split> splits,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if (entries.Select(entry => Refusal(entry, today)).FirstOrDefault(refusal => refusal is not null) is { } refusal)
            throw refusal;
        EnsureNeverOversold(entries, replaced, ledger, splits);
        foreach (var entry in replaced)
            entry.Void(now);
        Version++;
    }

    /// <summary>Voids many entries at once; the resulting ledger is checked once.</summary>
    /// <param name="entries">Transactions of this portfolio that count.</param>
    /// <param name="ledger">All transactions of the stocks concerned, and of all linked to them: <see cref="PositionBook.Concerned"/>.</param>
    /// <param name="splits">The splits of these stocks.</param>
    /// <param name="now">The instant of voiding.</param>
    /// <exception cref="RuleBroken">As for one entry; nothing is changed then.</exception>
    public void Void(
        IReadOnlyCollection<Transaction> entries,
        IEnumerable<Transaction> ledger,
        IReadOnlyCollection<Split> splits,
        DateTimeOffset now
    )
    {
        EnsureNeverOversold([], entries, ledger, splits);
        foreach (var entry in entries)
            entry.Void(now);
        Version++;
    }

    /// <summary>Voids <paramref name="entry"/>: it stays in the ledger, shown as void, and counts no more.</summary>
    /// <param name="entry">A transaction of this portfolio.</param>
    /// <param name="linked">All transactions of its stock in this portfolio, itself included, and of all that are linked to it.</param>
    /// <param name="splits">The splits of these stocks.</param>
    /// <param name="now">The instant of voiding.</param>
    /// <exception cref="RuleBroken"><c>transaction.alreadyVoid</c>, <c>transaction.oversold</c>: without it a later sale would sell what is not held.</exception>
    public void Void(Transaction entry, IEnumerable<Transaction> linked, IReadOnlyList<Split> splits, DateTimeOffset now)
    {
        if (entry.StockId is not null)
            PositionBook.EnsureNeverOversold(linked.Where(other => other.Id != entry.Id), splits);
        entry.Void(now);
        Version++;
    }

    private static void EnsureNeverOversold(
        IReadOnlyCollection<Transaction> added,
        IReadOnlyCollection<Transaction> removed,
        IEnumerable<Transaction> ledger,
        IReadOnlyCollection<Split> splits
    )
    {
        var gone = removed.Select(entry => entry.Id).ToHashSet();
        PositionBook.EnsureNeverOversold(ledger.Where(entry => !gone.Contains(entry.Id)).Concat(added), splits);
    }
}

/// <summary>What belongs to a portfolio besides its securities.</summary>
public enum CashMode
{
    /// <summary>Securities only: purchases are paid from outside, proceeds and income are paid out.</summary>
    External,

    /// <summary>A cash balance too: only deposits, withdrawals and transfers cross the border.</summary>
    Tracked,
}

/// <summary>Which lots a sale consumes.</summary>
public enum CostMethod
{
    /// <summary>First in, first out.</summary>
    Fifo,

    /// <summary>Last in, first out.</summary>
    Lifo,

    /// <summary>Highest unit cost first.</summary>
    Hifo,

    /// <summary>One pool at its average cost.</summary>
    Average,
}
