using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>One entry of a portfolio's ledger: what was stated, to the digit.</summary>
public sealed class Transaction
{
    private Transaction() { }

    /// <summary>A transaction of <paramref name="portfolioId"/> recorded at <paramref name="now"/>.</summary>
    /// <exception cref="RuleBroken"><c>transaction.shape</c>: its kind lacks a field, or has one it can't have.</exception>
    public Transaction(Id<Portfolio> portfolioId, Entry entry, DateTimeOffset now)
    {
        foreach (var (field, text) in TransactionShape.Problems(entry))
            throw new RuleBroken("transaction.shape", $"{field}: {text}");
        Id = Id<Transaction>.New(now);
        PortfolioId = portfolioId;
        (Kind, Date, StockId, Quantity, UnitPrice, Amount) = (
            entry.Kind,
            entry.Date,
            entry.StockId,
            entry.Quantity,
            entry.UnitPrice,
            entry.Amount
        );
        (Fee, Tax, Currency, FxRate, AcquiredOn) = (entry.Fee, entry.Tax, entry.Currency, entry.FxRate, entry.AcquiredOn);
        (IntoStockId, IntoQuantity, CostShare) = (entry.IntoStockId, entry.IntoQuantity, entry.CostShare);
        (Note, ExternalId) = (entry.Note, entry.ExternalId);
        RecordedAt = now;
    }

    /// <summary>The booking of <paramref name="dividendId"/>, a dividend of the market data.</summary>
    /// <exception cref="RuleBroken"><c>transaction.shape</c>: as above, or it is no <see cref="TransactionKind.Dividend"/>.</exception>
    public Transaction(Id<Portfolio> portfolioId, Entry entry, DateTimeOffset now, Id<Dividend> dividendId)
        : this(portfolioId, entry, now)
    {
        if (entry.Kind is not TransactionKind.Dividend)
            throw new RuleBroken("transaction.shape", $"{nameof(DividendId)}: does not belong to a {entry.Kind}.");
        DividendId = dividendId;
    }

    /// <summary>A transaction of <paramref name="portfolioId"/> that a file brought, recorded at <paramref name="now"/>.</summary>
    /// <exception cref="RuleBroken"><c>transaction.shape</c>: its kind lacks a field, or has one it can't have.</exception>
    public Transaction(Id<Portfolio> portfolioId, Entry entry, Origin origin, DateTimeOffset now, Id<Dividend>? dividendId = null)
        : this(portfolioId, entry, now)
    {
        DividendId = dividendId;
        Id = Id<Transaction>.New(now, origin.Position);
        (ImportId, Source, ContentKey) = (origin.ImportId, origin.Source, origin.ContentKey);
    }

    /// <summary>Identity.</summary>
    public Id<Transaction> Id { get; private set; }

    /// <summary>Another one after each change; the database gives it.</summary>
    public uint Version { get; private set; }

    /// <summary>The ledger it belongs to.</summary>
    public Id<Portfolio> PortfolioId { get; private set; }

    /// <summary>What happened.</summary>
    public TransactionKind Kind { get; private set; }

    /// <summary>Trading day in the zone of the exchange.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>The stock concerned, if any.</summary>
    public Id<Stock>? StockId { get; private set; }

    /// <summary>Shares, in shares of that date; positive for purchases and for sales.</summary>
    public decimal? Quantity { get; private set; }

    /// <summary>Price per share in <see cref="Currency"/>; for a transfer in, the cost per share carried in.</summary>
    public decimal? UnitPrice { get; private set; }

    /// <summary>Gross amount in <see cref="Currency"/> of a kind without quantity.</summary>
    public decimal? Amount { get; private set; }

    /// <summary>Fee in <see cref="Currency"/>, on top of a purchase, out of proceeds or income.</summary>
    public decimal Fee { get; private set; }

    /// <summary>Tax in <see cref="Currency"/>, on top of a purchase, out of proceeds or income.</summary>
    public decimal Tax { get; private set; }

    /// <summary>Currency of price, amount, fee and tax.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Portfolio currency per <see cref="Currency"/>, if stated; else the rate of the day applies.</summary>
    public decimal? FxRate { get; private set; }

    /// <summary>Purchase date carried in by a transfer.</summary>
    public DateOnly? AcquiredOn { get; private set; }

    /// <summary>The stock whose shares a spin-off or a merger brings.</summary>
    public Id<Stock>? IntoStockId { get; private set; }

    /// <summary>How many shares of it.</summary>
    public decimal? IntoQuantity { get; private set; }

    /// <summary>Part of the cost, from 0 to 1, that goes over to those shares; of a merger without cash, all of it.</summary>
    public decimal? CostShare { get; private set; }

    /// <summary>Free text.</summary>
    public string? Note { get; private set; }

    /// <summary>The client's own key, unique among the portfolio's entries of one source that count.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The dividend of the market data that it books, if it was accepted from there; the market data may have lost it since.</summary>
    public Id<Dividend>? DividendId { get; private set; }

    /// <summary>The import that recorded it; null if it was recorded by itself.</summary>
    public Id<Import>? ImportId { get; private set; }

    /// <summary>Origin of the file that it was imported from; null if it was recorded by itself.</summary>
    public string? Source { get; private set; }

    /// <summary>
    /// Hash of what was stated and a number among equal rows, which recognises an imported entry without <see cref="ExternalId"/>;
    /// unique among the portfolio's entries of one source that count.
    /// </summary>
    public string? ContentKey { get; private set; }

    /// <summary>Instant of recording.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>Instant of voiding; null while it counts.</summary>
    public DateTimeOffset? VoidedAt { get; private set; }

    /// <summary>What was stated.</summary>
    public Entry ToEntry() =>
        new(
            Kind,
            Date,
            StockId,
            Quantity,
            UnitPrice,
            Amount,
            Fee,
            Tax,
            Currency,
            FxRate,
            AcquiredOn,
            Note,
            ExternalId,
            IntoStockId,
            IntoQuantity,
            CostShare
        );

    /// <summary>
    /// Order of the ledger: by date; within a day spin-offs and mergers, transfers in, purchases, the rest, sales, transfers out; then by id.
    /// A same-day round trip is therefore never oversold, and what is bought on the day of a spin-off is bought without it.
    /// </summary>
    public static int InLedgerOrder(Transaction a, Transaction b)
    {
        var byDate = a.Date.CompareTo(b.Date);
        if (byDate != 0)
            return byDate;
        var byKind = Rank(a.Kind).CompareTo(Rank(b.Kind));
        return byKind != 0 ? byKind : a.Id.CompareTo(b.Id);
    }

    internal void Void(DateTimeOffset now) =>
        VoidedAt = VoidedAt is null ? now : throw new RuleBroken("transaction.alreadyVoid", "This transaction is void already.");

    private static int Rank(TransactionKind kind) =>
        kind switch
        {
            TransactionKind.SpinOff or TransactionKind.Merger => -1,
            TransactionKind.TransferIn => 0,
            TransactionKind.Buy => 1,
            TransactionKind.Sell => 3,
            TransactionKind.TransferOut => 4,
            _ => 2,
        };
}

/// <summary>What can happen in a ledger. Splits are not among it: they are facts of the stock.</summary>
public enum TransactionKind
{
    /// <summary>Shares bought.</summary>
    Buy,

    /// <summary>Shares sold.</summary>
    Sell,

    /// <summary>Cash distribution of a stock, gross.</summary>
    Dividend,

    /// <summary>Interest on cash; negative when owed.</summary>
    Interest,

    /// <summary>A charge, of a stock or of the whole portfolio; negative when refunded.</summary>
    Fee,

    /// <summary>A tax, of a stock or of the whole portfolio; negative when refunded.</summary>
    Tax,

    /// <summary>Cash paid in from outside.</summary>
    Deposit,

    /// <summary>Cash paid out.</summary>
    Withdrawal,

    /// <summary>Shares delivered in from elsewhere, with their cost and purchase date.</summary>
    TransferIn,

    /// <summary>Shares delivered out.</summary>
    TransferOut,

    /// <summary>Shares of another stock received for those held, which stay; a part of their cost goes over.</summary>
    SpinOff,

    /// <summary>Shares exchanged for those of another stock, and cash if any; cost and purchase dates go over.</summary>
    Merger,
}
