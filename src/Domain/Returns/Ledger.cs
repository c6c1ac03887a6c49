using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>A stock in a ledger.</summary>
/// <param name="Facts">What the market says of it.</param>
/// <param name="Position">Its position through time.</param>
/// <param name="Entries">The entries that name it, in ledger order.</param>
public sealed record LedgerStock(StockFacts Facts, Position Position, IReadOnlyList<Transaction> Entries);

/// <summary>A portfolio as the engine sees it: settings, valid entries in ledger order, and the facts of the stocks they name.</summary>
public sealed class Ledger
{
    private readonly List<Transaction> _entries;
    private readonly Dictionary<Id<Stock>, LedgerStock> _stocks = [];
    private readonly Conversion _toPortfolio;

    /// <summary>Folds the entries once.</summary>
    /// <param name="portfolio">Settings.</param>
    /// <param name="entries">All its transactions in any order; void ones are passed over.</param>
    /// <param name="facts">The facts of every stock named by an entry.</param>
    /// <param name="rates">Exchange rates; none when absent.</param>
    /// <param name="reporting">Currency of the figures; the portfolio's when absent.</param>
    public Ledger(
        Portfolio portfolio,
        IEnumerable<Transaction> entries,
        IReadOnlyDictionary<Id<Stock>, StockFacts> facts,
        RateBook? rates = null,
        Currency? reporting = null
    )
    {
        Portfolio = portfolio;
        Conversion = new Conversion(portfolio.Currency, reporting ?? portfolio.Currency, rates ?? RateBook.None);
        _toPortfolio =
            Currency == portfolio.Currency ? Conversion : new Conversion(portfolio.Currency, portfolio.Currency, Conversion.Rates);
        _entries = PositionBook.InOrder(entries, through: null);
        var positions = PositionBook.Of(_entries, id => (facts[id].Splits, facts[id].Currency), portfolio.CostMethod, Conversion);
        var naming = positions.Keys.ToDictionary(id => id, _ => new List<Transaction>());
        foreach (var entry in _entries)
        {
            if (entry.StockId is { } stock)
                naming[stock].Add(entry);
            if (entry.IntoStockId is { } into)
                naming[into].Add(entry);
        }
        foreach (var (id, position) in positions)
            _stocks.Add(id, new LedgerStock(facts[id], position, naming[id]));
    }

    /// <summary>Settings.</summary>
    public Portfolio Portfolio { get; }

    /// <summary>Leads from every currency to that of the figures.</summary>
    public Conversion Conversion { get; }

    /// <summary>Currency of the figures.</summary>
    public Currency Currency => Conversion.Reporting;

    /// <summary>Whether a cash balance belongs to the portfolio.</summary>
    public bool TracksCash => Portfolio.Cash is CashMode.Tracked;

    /// <summary>Valid entries in ledger order.</summary>
    public IReadOnlyList<Transaction> Entries => _entries;

    /// <summary>Every stock ever held.</summary>
    public IReadOnlyCollection<LedgerStock> Stocks => _stocks.Values;

    /// <summary>Date of the first entry; null for an empty ledger.</summary>
    public DateOnly? FirstDay => _entries.Count == 0 ? null : _entries[0].Date;

    /// <summary>The stock, if an entry names it.</summary>
    public LedgerStock? Find(Id<Stock> stock) => _stocks.GetValueOrDefault(stock);

    /// <summary>The positions as they were at the close of <paramref name="day"/>, with the lots that were open then.</summary>
    public IReadOnlyDictionary<Id<Stock>, Position> PositionsThrough(DateOnly day) =>
        PositionBook.Of(_entries, id => (_stocks[id].Facts.Splits, _stocks[id].Facts.Currency), Portfolio.CostMethod, Conversion, day);

    /// <summary>What <paramref name="entry"/> does to the figures of <paramref name="stock"/>; null when an exchange rate is missing.</summary>
    public StockEffect? EffectOf(LedgerStock stock, Transaction entry) => StockEffect.Of(this, stock, entry);

    /// <summary>The holdings of more than nothing at the close of <paramref name="day"/>, by ticker.</summary>
    public IReadOnlyList<Holding> HoldingsOn(DateOnly day) =>
        [
            .. Stocks
                .Select(stock => Holding.Of(stock.Position, stock.Facts, Conversion, day))
                .Where(holding => holding.Quantity != 0)
                .OrderBy(holding => holding.Stock.Ticker, StringComparer.Ordinal),
        ];

    /// <summary>What <paramref name="entry"/> does to cash in reporting currency; null when an exchange rate is missing.</summary>
    public decimal? CashOf(Transaction entry) => Amounts.Of(entry, Conversion)?.Cash(entry.Kind);

    /// <summary>
    /// The cash balance at the close of <paramref name="day"/>: may be negative; 0 for a portfolio without tracked cash; null when an
    /// exchange rate is missing. It is kept in the portfolio's currency, into which each entry is converted when it happens.
    /// </summary>
    public decimal? CashOn(DateOnly day)
    {
        if (!TracksCash)
            return 0m;
        decimal? balance = 0m;
        foreach (var entry in _entries.TakeWhile(entry => entry.Date <= day))
            balance += CashInPortfolio(entry);
        return balance is not { } known ? null
            : known == 0 ? 0m
            : Conversion.On(Portfolio.Currency, day)?.Convert(known);
    }

    /// <summary>
    /// What crossed the portfolio's border from <paramref name="from"/> to <paramref name="to"/>, entry by entry, positive when it came in.
    /// With tracked cash: deposits, withdrawals and transfers. Without: every payment, which settles outside at once; a deposit or
    /// withdrawal then moves nothing that belongs to the portfolio. An entry whose exchange rate is missing is passed over.
    /// </summary>
    public IEnumerable<(Transaction Entry, decimal Amount)> ExternalFlows(DateOnly from, DateOnly to)
    {
        foreach (var entry in _entries)
            if (entry.Date >= from && entry.Date <= to && FlowOf(entry) is { } amount && amount != 0)
                yield return (entry, amount);
    }

    /// <summary>What <paramref name="entry"/> does to cash in the portfolio's currency; null when an exchange rate is missing.</summary>
    public decimal? CashInPortfolio(Transaction entry) => MovesCash(entry) ? Amounts.Of(entry, _toPortfolio)?.Cash(entry.Kind) : 0m;

    // What moves none needs no rate for it.
    internal static bool MovesCash(Transaction entry) =>
        entry.Kind is not (TransactionKind.TransferIn or TransactionKind.TransferOut or TransactionKind.SpinOff);

    /// <summary>
    /// What the shares of a transfer, or those that a spin-off or merger brings, are worth at the close of its day, at their cost while there
    /// is no price; 0 for every other kind; null when an exchange rate is missing.
    /// </summary>
    internal decimal? Delivered(Transaction entry)
    {
        var corporate = entry.IntoStockId is not null;
        if (!corporate && entry.Kind is not (TransactionKind.TransferIn or TransactionKind.TransferOut))
            return 0m;
        var (facts, own) = (_stocks[entry.IntoStockId ?? entry.StockId!.Value].Facts, _stocks[entry.StockId!.Value].Position);
        if (facts.Prices.On(entry.Date, facts.Splits) is { } quote)
            return Conversion.On(facts.Currency, entry.Date) is { } rate
                ? Exact.Product(entry.IntoQuantity ?? entry.Quantity ?? 0m, quote.Price, rate)
                : null;
        return entry.Kind is TransactionKind.TransferIn ? Amounts.Of(entry, Conversion)?.Gross
            : own.RateMissingOn <= entry.Date ? null
            : own.DeliveredCost(entry.Id);
    }

    internal decimal? FlowOf(Transaction entry)
    {
        if (entry.Kind is TransactionKind.TransferIn)
            return Delivered(entry);
        if (entry.Kind is TransactionKind.TransferOut)
            return -Delivered(entry);
        var atBorder = entry.Kind is TransactionKind.Deposit or TransactionKind.Withdrawal;
        return (TracksCash, atBorder) switch
        {
            (true, true) => CashOf(entry),
            (false, false) => -CashOf(entry),
            _ => 0m,
        };
    }
}
