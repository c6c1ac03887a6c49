using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>What a client states about a transaction; amounts in <paramref name="Currency"/>.</summary>
public sealed record Entry(
    TransactionKind Kind,
    DateOnly Date,
    Id<Stock>? StockId,
    decimal? Quantity,
    decimal? UnitPrice,
    decimal? Amount,
    decimal Fee,
    decimal Tax,
    Currency Currency,
    decimal? FxRate,
    DateOnly? AcquiredOn,
    string? Note,
    string? ExternalId,
    Id<Stock>? IntoStockId = null,
    decimal? IntoQuantity = null,
    decimal? CostShare = null
);

/// <summary>Which fields each kind of transaction needs, may have and can't have, and how large numbers may be.</summary>
public static class TransactionShape
{
    /// <summary>Decimals that any quantity, price or amount may have.</summary>
    public const int Decimals = 10;

    /// <summary>Greatest quantity of one transaction, in shares.</summary>
    public const decimal GreatestQuantity = 1_000_000_000_000m;

    /// <summary>Greatest price or amount of one transaction.</summary>
    public const decimal GreatestAmount = 1_000_000_000_000m;

    private const double GreatestWhole = 1e15;

    private enum Need
    {
        Never,
        Maybe,
        Always,
    }

    /// <summary>Every way in which <paramref name="entry"/> is not a transaction of its kind; empty when it is one.</summary>
    public static IEnumerable<(string Field, string Text)> Problems(Entry entry) =>
        Missing(entry).Concat(OutOfBounds(entry)).Where(problem => problem is not null).Select(problem => problem!.Value);

    private static IEnumerable<(string, string)?> Missing(Entry entry)
    {
        var kind = entry.Kind;
        var trade = kind is TransactionKind.Buy or TransactionKind.Sell;
        var transfer = kind is TransactionKind.TransferIn or TransactionKind.TransferOut;
        var merger = kind is TransactionKind.Merger;
        var corporate = merger || kind is TransactionKind.SpinOff;
        var stock =
            trade || transfer || corporate || kind is TransactionKind.Dividend ? Need.Always
            : kind is TransactionKind.Fee or TransactionKind.Tax ? Need.Maybe
            : Need.Never;
        var amount =
            merger ? Need.Maybe
            : trade || transfer || corporate ? Need.Never
            : Need.Always;
        var costShare =
            !corporate ? Need.Never
            : merger && entry.Amount is null ? Need.Maybe
            : Need.Always;
        var charges = trade || merger || kind is TransactionKind.Dividend ? Need.Maybe : Need.Never;

        yield return Check(nameof(entry.StockId), stock, entry.StockId is not null, kind);
        yield return Check(
            nameof(entry.Quantity),
            trade || transfer || merger ? Need.Always : Need.Never,
            entry.Quantity is not null,
            kind
        );
        var price = trade || kind is TransactionKind.TransferIn ? Need.Always : Need.Never;
        yield return Check(nameof(entry.UnitPrice), price, entry.UnitPrice is not null, kind);
        yield return Check(nameof(entry.Amount), amount, entry.Amount is not null, kind);
        var acquired = kind is TransactionKind.TransferIn ? Need.Maybe : Need.Never;
        yield return Check(nameof(entry.AcquiredOn), acquired, entry.AcquiredOn is not null, kind);
        yield return Check(nameof(entry.Fee), charges, entry.Fee != 0, kind);
        yield return Check(nameof(entry.Tax), charges, entry.Tax != 0, kind);
        yield return Check(nameof(entry.IntoStockId), corporate ? Need.Always : Need.Never, entry.IntoStockId is not null, kind);
        yield return Check(nameof(entry.IntoQuantity), corporate ? Need.Always : Need.Never, entry.IntoQuantity is not null, kind);
        yield return Check(nameof(entry.CostShare), costShare, entry.CostShare is not null, kind);
        if (corporate && entry.StockId is not null && entry.StockId == entry.IntoStockId)
            yield return (nameof(entry.IntoStockId), "must be another stock.");
        if (entry.AcquiredOn > entry.Date)
            yield return (nameof(entry.AcquiredOn), "must not be after the date of the transfer.");
    }

    private static IEnumerable<(string, string)?> OutOfBounds(Entry entry)
    {
        var mayBeNegative = entry.Kind is TransactionKind.Interest or TransactionKind.Fee or TransactionKind.Tax;
        yield return Bound(nameof(entry.Quantity), entry.Quantity, GreatestQuantity, least: 0, orEqual: false);
        yield return Bound(nameof(entry.UnitPrice), entry.UnitPrice, GreatestAmount, least: 0, orEqual: true);
        yield return mayBeNegative
            ? Bound(nameof(entry.Amount), entry.Amount, GreatestAmount, least: -GreatestAmount, orEqual: true)
            : Bound(nameof(entry.Amount), entry.Amount, GreatestAmount, least: 0, orEqual: false);
        yield return Bound(nameof(entry.Fee), entry.Fee, GreatestAmount, least: 0, orEqual: true);
        yield return Bound(nameof(entry.Tax), entry.Tax, GreatestAmount, least: 0, orEqual: true);
        yield return Bound(nameof(entry.FxRate), entry.FxRate, GreatestAmount, least: 0, orEqual: false);
        yield return Bound(nameof(entry.IntoQuantity), entry.IntoQuantity, GreatestQuantity, least: 0, orEqual: false);
        yield return Bound(nameof(entry.CostShare), entry.CostShare, 1m, least: 0, orEqual: true);
        if (Gross(entry) > GreatestWhole)
            yield return (nameof(entry.Quantity), "times the unit price is beyond 1e15.");
        if (entry.FxRate is { } rate && Math.Max(Gross(entry), (double)Math.Max(entry.Fee, entry.Tax)) * (double)rate > GreatestWhole)
            yield return (nameof(entry.FxRate), "brings an amount beyond 1e15.");
    }

    // As a double: what has not passed its own bound yet can overflow a decimal.
    private static double Gross(Entry entry) =>
        entry.Amount is { } amount ? Math.Abs((double)amount) : (double)(entry.UnitPrice ?? 0m) * (double)(entry.Quantity ?? 1m);

    private static (string, string)? Check(string field, Need need, bool given, TransactionKind kind) =>
        (need, given) switch
        {
            (Need.Always, false) => (field, $"is required for a {kind}."),
            (Need.Never, true) => (field, $"does not belong to a {kind}."),
            _ => null,
        };

    private static (string, string)? Bound(string field, decimal? value, decimal greatest, decimal least, bool orEqual) =>
        value switch
        {
            null => null,
            { } v when v < least || (v == least && !orEqual) => (
                field,
                orEqual ? $"must be at least {least}." : $"must be more than {least}."
            ),
            { } v when v > greatest => (field, $"must be at most {greatest}."),
            { } v when v.Scale > Decimals && decimal.Round(v, Decimals) != v => (field, $"may have at most {Decimals} decimals."),
            _ => null,
        };
}
