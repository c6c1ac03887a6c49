using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>A portfolio as the engine sees it: settings, valid entries in ledger order, and the facts of the stocks they name.</summary>
public sealed class Ledger
{
    private readonly List<Transaction> _entries;
    private readonly Dictionary<Id<Stock>, (StockFacts Facts, Position Position, List<Transaction> Entries)> _stocks = [];

    /// <summary>Folds the entries of every stock once.</summary>
    /// <param name="portfolio">Settings.</param>
    /// <param name="entries">All its transactions in any order; void ones are passed over.</param>
    /// <param name="facts">The facts of every stock named by an entry.</param>
    public Ledger(Portfolio portfolio, IEnumerable<Transaction> entries, IReadOnlyDictionary<Id<Stock>, StockFacts> facts)
    {
        Portfolio = portfolio;
        _entries = [.. entries.Where(entry => entry.VoidedAt is null)];
        _entries.Sort(Transaction.InLedgerOrder);
        foreach (var group in _entries.Where(entry => entry.StockId is not null).GroupBy(entry => entry.StockId!.Value))
        {
            var stock = facts[group.Key];
            List<Transaction> own = [.. group];
            _stocks.Add(group.Key, (stock, Position.Of(own, stock.Splits, portfolio.CostMethod, portfolio.Currency), own));
        }
    }

    /// <summary>Settings.</summary>
    public Portfolio Portfolio { get; }

    /// <summary>Valid entries in ledger order.</summary>
    public IReadOnlyList<Transaction> Entries => _entries;

    /// <summary>Every stock ever held, with its position through time and its entries in ledger order.</summary>
    public IEnumerable<(StockFacts Facts, Position Position, List<Transaction> Entries)> Stocks => _stocks.Values;

    /// <summary>Date of the first entry; null for an empty ledger.</summary>
    public DateOnly? FirstDay => _entries.Count == 0 ? null : _entries[0].Date;

    /// <summary>The holdings of more than nothing at the close of <paramref name="day"/>, by ticker.</summary>
    public IReadOnlyList<Holding> HoldingsOn(DateOnly day) =>
        [
            .. Stocks
                .Select(stock => Holding.Of(stock.Position, stock.Facts, Portfolio.Currency, day))
                .Where(holding => holding.Quantity != 0)
                .OrderBy(holding => holding.Stock.Ticker, StringComparer.Ordinal),
        ];

    /// <summary>
    /// The cash balance at the close of <paramref name="day"/>: may be negative; 0 for a portfolio without tracked cash;
    /// null when an entry's exchange rate is missing.
    /// </summary>
    public decimal? CashOn(DateOnly day)
    {
        if (Portfolio.Cash is CashMode.External)
            return 0m;
        decimal? balance = 0m;
        foreach (var entry in _entries)
        {
            if (entry.Date > day)
                break;
            balance += Amounts.Of(entry, Portfolio.Currency)?.Cash(entry.Kind);
        }
        return balance;
    }

    /// <summary>What is to be said of the values from <paramref name="from"/> to <paramref name="to"/>: at both ends, and where a price is missing between.</summary>
    public IEnumerable<Reason> MarksThrough(DateOnly from, DateOnly to) =>
        Stocks
            .Where(stock => stock.Position.Steps.Any(step => step.Quantity != 0 && step.From <= to))
            .SelectMany(stock =>
                stock
                    .Position.Steps.Select(step => step.From)
                    .Where(day => day > from && day < to)
                    .Append(from)
                    .Append(to)
                    .Order()
                    .SelectMany(day => Holding.Of(stock.Position, stock.Facts, Portfolio.Currency, day).Marks)
            )
            .Concat(RatesMissing(from, to))
            .DistinctBy(reason => (reason.Code, reason.StockId));

    /// <summary>
    /// The entries whose exchange rate is missing though cash or flows from <paramref name="from"/> to <paramref name="to"/> need it:
    /// those of the range and, since a tracked balance carries on, those before it.
    /// </summary>
    public IEnumerable<Reason> RatesMissing(DateOnly from, DateOnly to) =>
        _entries
            .Where(entry => entry.Date <= to && (entry.Date >= from || Portfolio.Cash is CashMode.Tracked))
            .Where(entry => Amounts.Of(entry, Portfolio.Currency) is null || (entry.Date >= from && FlowOf(entry) is null))
            .Select(entry => new Reason(
                ReasonCodes.FxRateMissing,
                entry.StockId,
                entry.Date,
                $"No rate to {Portfolio.Currency} is known for what happened on {entry.Date:yyyy-MM-dd}."
            ));

    /// <summary>What is to be said of the lots until <paramref name="to"/>.</summary>
    public IEnumerable<Reason> LotMarksThrough(DateOnly to)
    {
        foreach (var (facts, position, _) in Stocks)
        {
            if (position.RateMissingOn is { } day && day <= to)
                yield return new Reason(
                    ReasonCodes.FxRateMissing,
                    facts.Id,
                    day,
                    $"A trade of {facts.Ticker} has another currency and no rate."
                );
            if (position.OversoldOn is { } oversold && oversold <= to)
                yield return new Reason(ReasonCodes.LedgerOversold, facts.Id, oversold, $"More {facts.Ticker} left than was held.");
        }
    }

    /// <summary>
    /// What crossed the portfolio's border from <paramref name="from"/> to <paramref name="to"/>, entry by entry, positive when it came in.
    /// With tracked cash: deposits, withdrawals and transfers. Without: every payment, which settles outside at once; a deposit or
    /// withdrawal then moves nothing that belongs to the portfolio. An entry whose exchange rate is missing is passed over.
    /// </summary>
    public IEnumerable<(DateOnly Date, decimal Amount)> ExternalFlows(DateOnly from, DateOnly to)
    {
        foreach (var entry in _entries)
            if (entry.Date >= from && entry.Date <= to && FlowOf(entry) is { } amount && amount != 0)
                yield return (entry.Date, amount);
    }

    /// <summary>
    /// What the shares of a transfer are worth at the close of its day, at their cost while there is no price;
    /// 0 for every other kind; null when an exchange rate is missing.
    /// </summary>
    internal static decimal? Delivered(Transaction entry, StockFacts facts, Position position, Currency reporting) =>
        entry.Kind is not (TransactionKind.TransferIn or TransactionKind.TransferOut) ? 0m
        : facts.Currency != reporting ? null
        : facts.Prices.On(entry.Date, facts.Splits) is { } quote ? Exact.Product(entry.Quantity ?? 0, quote.Price)
        : entry.Kind is TransactionKind.TransferIn ? Amounts.Of(entry, reporting)?.Gross
        : position.RateMissingOn <= entry.Date ? null
        : position.DeliveredCost(entry.Id);

    private decimal? FlowOf(Transaction entry)
    {
        var atBorder = entry.Kind is TransactionKind.Deposit or TransactionKind.Withdrawal;
        if (entry.Kind is TransactionKind.TransferIn or TransactionKind.TransferOut)
        {
            var stock = _stocks[entry.StockId!.Value];
            return Delivered(entry, stock.Facts, stock.Position, Portfolio.Currency) * (entry.Kind is TransactionKind.TransferIn ? 1 : -1);
        }
        var cash = Amounts.Of(entry, Portfolio.Currency)?.Cash(entry.Kind);
        return (Portfolio.Cash, atBorder) switch
        {
            (CashMode.Tracked, true) => cash,
            (CashMode.External, false) => -cash,
            _ => 0m,
        };
    }
}
