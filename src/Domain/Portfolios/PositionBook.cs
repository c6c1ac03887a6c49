using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>
/// The positions of a ledger, folded together: spin-offs and mergers carry lots from one stock to another, so that no stock can be looked at
/// alone.
/// </summary>
public static class PositionBook
{
    /// <summary>The position of every stock that an entry names.</summary>
    /// <param name="entries">Transactions of one portfolio, in any order; void ones are passed over.</param>
    /// <param name="factsOf">Splits and currency of a stock.</param>
    /// <param name="method">Which lots a sale consumes.</param>
    /// <param name="conversion">Leads to the reporting currency; null to count shares only.</param>
    /// <param name="through">Last day to look at; null for all.</param>
    public static IReadOnlyDictionary<Id<Stock>, Position> Of(
        IEnumerable<Transaction> entries,
        Func<Id<Stock>, (IReadOnlyList<Split> Splits, Currency Currency)> factsOf,
        CostMethod method,
        Conversion? conversion,
        DateOnly? through = null
    )
    {
        var folds = new Dictionary<Id<Stock>, PositionFold>();
        foreach (var entry in InOrder(entries, through))
            if (entry.StockId is { } stock)
                FoldOf(stock).Apply(entry, entry.IntoStockId is { } into ? FoldOf(into) : null);
        return folds.ToDictionary(fold => fold.Key, fold => fold.Value.Close(through ?? DateOnly.MaxValue));

        PositionFold FoldOf(Id<Stock> stock)
        {
            if (folds.TryGetValue(stock, out var known))
                return known;
            var (splits, currency) = factsOf(stock);
            return folds[stock] = new PositionFold(splits, currency, method, conversion);
        }
    }

    /// <summary>Refuses a ledger in which more leaves than is held, at any date.</summary>
    /// <param name="entries">Entries that may belong together: of one stock, and of all that are linked to it by spin-offs and mergers.</param>
    /// <param name="splits">The splits of these stocks.</param>
    /// <exception cref="RuleBroken"><c>transaction.oversold</c>, naming the first such day.</exception>
    public static void EnsureNeverOversold(IEnumerable<Transaction> entries, IReadOnlyCollection<Split> splits)
    {
        var splitsOf = splits.ToLookup(split => split.StockId);
        var positions = Of(entries, stock => ([.. splitsOf[stock]], default), CostMethod.Fifo, conversion: null);
        if (positions.Values.Min(position => position.OversoldOn) is { } day)
            throw new RuleBroken("transaction.oversold", $"More would leave than is held on {day:yyyy-MM-dd}.");
    }

    /// <summary>
    /// What has to be looked at when some entries come or go: the entries of their stocks, and all once a spin-off or merger may link others to
    /// them. What a late split did to another stock is no reason to refuse them.
    /// </summary>
    /// <param name="ledger">Entries of one portfolio, in any order.</param>
    /// <param name="changed">The entries that come or go.</param>
    public static IEnumerable<Transaction> Concerned(IReadOnlyCollection<Transaction> ledger, IReadOnlyCollection<Transaction> changed)
    {
        if (ledger.Concat(changed).Any(entry => entry.IntoStockId is not null))
            return ledger;
        var stocks = changed.Select(entry => entry.StockId).ToHashSet();
        return ledger.Where(entry => stocks.Contains(entry.StockId));
    }

    internal static List<Transaction> InOrder(IEnumerable<Transaction> entries, DateOnly? through)
    {
        var last = through ?? DateOnly.MaxValue;
        var ledger = entries.Where(entry => entry.VoidedAt is null && entry.Date <= last).ToList();
        ledger.Sort(Transaction.InLedgerOrder);
        return ledger;
    }
}
