using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>A portfolio, its entries and the market around it, written down in few words. Days are numbered: 1 is 2024-01-01.</summary>
internal sealed class Book(CashMode cash = CashMode.External, CostMethod method = CostMethod.Fifo, string currency = "USD")
{
    private static readonly DateTimeOffset Dawn = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _made;

    public Portfolio Portfolio { get; } = new(Id<Customer>.New(Dawn), "Book", Currency.Parse(currency), cash, method, Dawn);

    public List<Transaction> Entries { get; } = [];

    public Dictionary<Id<Stock>, StockFacts> Facts { get; } = [];

    /// <summary>Rates by pair and day: how much of the second currency one unit of the first is worth.</summary>
    public SortedDictionary<(string Base, string Quote), SortedDictionary<int, decimal>> Rates { get; } = [];

    /// <summary>Closes by stock and day, as they were written down.</summary>
    public Dictionary<Id<Stock>, (int Day, decimal Close)[]> Closes { get; } = [];

    /// <summary>Currency of the figures; the portfolio's when null.</summary>
    public string? Reporting { get; set; }

    public Ledger Ledger => new(Portfolio, Entries, Facts, RateBook, Reporting is null ? null : Currency.Parse(Reporting));

    public RateBook RateBook =>
        new(
            Rates.Select(pair => new RateSeries(
                Currency.Parse(pair.Key.Base),
                Currency.Parse(pair.Key.Quote),
                [.. pair.Value.Keys.Select(day => Day(day).DayNumber)],
                [.. pair.Value.Values]
            )),
            1
        );

    public static DateOnly Day(int number) => new DateOnly(2024, 1, 1).AddDays(number - 1);

    public Id<Stock> Stock(string ticker, params (int Day, decimal Close)[] closes) => StockIn(Currency.Usd, ticker, closes);

    public Id<Stock> StockIn(Currency currency, string ticker, params (int Day, decimal Close)[] closes)
    {
        var id = Id<Stock>.New(Next());
        Closes.Add(id, closes);
        Facts.Add(id, new StockFacts(id, ticker, currency, Series(closes), [], 1));
        return id;
    }

    public Id<Stock> StockIn(string currency, string ticker, params (int Day, decimal Close)[] closes) =>
        StockIn(Currency.Parse(currency), ticker, closes);

    public void Rate(string @base, string quote, params (int Day, decimal Rate)[] rates)
    {
        if (!Rates.TryGetValue((@base, quote), out var series))
            Rates[(@base, quote)] = series = [];
        foreach (var (day, rate) in rates)
            series[day] = rate;
    }

    public static PriceSeries Series(params (int Day, decimal Close)[] closes) =>
        new([.. closes.Select(close => Day(close.Day).DayNumber)], [.. closes.Select(close => PriceSeries.Scaled(close.Close))]);

    /// <summary>Takes the stocks of another book over, market and all.</summary>
    public void Share(Book other)
    {
        foreach (var (id, facts) in other.Facts)
            Facts.Add(id, facts);
        foreach (var (id, closes) in other.Closes)
            Closes.Add(id, closes);
        foreach (var (pair, rates) in other.Rates)
            Rates.Add(pair, rates);
    }

    public void Split(Id<Stock> stock, int day, decimal from, decimal to)
    {
        var facts = Facts[stock];
        var splits = facts.Splits.Append(new Split(stock, Day(day), from, to)).OrderBy(split => split.ExecutionDate);
        Facts[stock] = facts with { Splits = [.. splits] };
    }

    public Transaction Buy(Id<Stock> stock, int day, decimal quantity, decimal price, decimal fee = 0, decimal tax = 0) =>
        Trade(TransactionKind.Buy, stock, day, quantity, price, fee, tax);

    public Transaction Sell(Id<Stock> stock, int day, decimal quantity, decimal price, decimal fee = 0, decimal tax = 0) =>
        Trade(TransactionKind.Sell, stock, day, quantity, price, fee, tax);

    public Transaction Dividend(Id<Stock> stock, int day, decimal amount, decimal tax = 0, decimal fee = 0) =>
        Add(Blank(TransactionKind.Dividend, day) with { StockId = stock, Amount = amount, Tax = tax, Fee = fee });

    public Transaction Cash(TransactionKind kind, int day, decimal amount, Id<Stock>? stock = null) =>
        Add(Blank(kind, day) with { StockId = stock, Amount = amount });

    public Transaction TransferIn(Id<Stock> stock, int day, decimal quantity, decimal cost, int? acquired = null) =>
        Add(
            Blank(TransactionKind.TransferIn, day) with
            {
                StockId = stock,
                Quantity = quantity,
                UnitPrice = cost,
                AcquiredOn = acquired is { } number ? Day(number) : null,
            }
        );

    public Transaction TransferOut(Id<Stock> stock, int day, decimal quantity) =>
        Add(Blank(TransactionKind.TransferOut, day) with { StockId = stock, Quantity = quantity });

    public Transaction SpinOff(Id<Stock> stock, int day, Id<Stock> into, decimal shares, decimal costShare) =>
        Add(Blank(TransactionKind.SpinOff, day) with { StockId = stock, IntoStockId = into, IntoQuantity = shares, CostShare = costShare });

    public Transaction Merger(
        Id<Stock> stock,
        int day,
        decimal quantity,
        Id<Stock> into,
        decimal shares,
        decimal? cash = null,
        decimal? costShare = null
    ) =>
        Add(
            Blank(TransactionKind.Merger, day) with
            {
                StockId = stock,
                Quantity = quantity,
                IntoStockId = into,
                IntoQuantity = shares,
                Amount = cash,
                CostShare = costShare,
            }
        );

    /// <summary>The last entry again, in another currency or at a stated rate.</summary>
    public Transaction Restate(string currency, decimal? fx = null)
    {
        var last = Entries[^1];
        Entries.RemoveAt(Entries.Count - 1);
        return Add(Stated(last) with { Currency = Currency.Parse(currency), FxRate = fx });
    }

    public static Entry Stated(Transaction entry) =>
        new(
            entry.Kind,
            entry.Date,
            entry.StockId,
            entry.Quantity,
            entry.UnitPrice,
            entry.Amount,
            entry.Fee,
            entry.Tax,
            entry.Currency,
            entry.FxRate,
            entry.AcquiredOn,
            entry.Note,
            entry.ExternalId,
            entry.IntoStockId,
            entry.IntoQuantity,
            entry.CostShare
        );

    public Transaction Add(Entry entry)
    {
        var transaction = Make(entry);
        Entries.Add(transaction);
        return transaction;
    }

    /// <summary>A transaction of this portfolio that is not in it yet; later made ones have greater ids.</summary>
    public Transaction Make(Entry entry) => new(Portfolio.Id, entry, Next());

    public static Entry Blank(TransactionKind kind, int day) =>
        new(kind, Day(day), null, null, null, null, 0, 0, Currency.Usd, null, null, null, null);

    public Position Position(Id<Stock> stock) => Ledger.Stocks.Single(held => held.Facts.Id == stock).Position;

    public Holding Holding(Id<Stock> stock, int day) =>
        Domain.Returns.Holding.Of(Position(stock), Facts[stock], Ledger.Conversion, Day(day));

    public RangeReturns Range(int from, int to) => RangeReturns.Of(Ledger, Day(from), Day(to));

    private Transaction Trade(TransactionKind kind, Id<Stock> stock, int day, decimal quantity, decimal price, decimal fee, decimal tax) =>
        Add(Blank(kind, day) with { StockId = stock, Quantity = quantity, UnitPrice = price, Fee = fee, Tax = tax });

    private DateTimeOffset Next() => Dawn.AddSeconds(++_made);
}
