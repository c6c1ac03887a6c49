using CleanPortfolio.Domain.Currencies;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>The money of one transaction in reporting currency.</summary>
/// <param name="Gross">Quantity x unit price, or the amount; for a transfer in, the cost carried in; 0 for a transfer out and a spin-off.</param>
/// <param name="Fee">Fee of a trade or of income.</param>
/// <param name="Tax">Tax of a trade or of income.</param>
public readonly record struct Amounts(decimal Gross, decimal Fee, decimal Tax)
{
    /// <summary>
    /// The amounts of <paramref name="entry"/>, each half-even to 10 decimals where a product forms it;
    /// null when its currency is another, it states no rate and that of its day is unknown.
    /// </summary>
    public static Amounts? Of(Transaction entry, Conversion conversion) =>
        conversion.Of(entry) is not { } rate ? null : new Amounts(GrossOf(entry, rate), rate.Convert(entry.Fee), rate.Convert(entry.Tax));

    /// <summary>What the transaction does to cash: positive when cash comes in.</summary>
    public decimal Cash(TransactionKind kind) =>
        kind switch
        {
            TransactionKind.Buy => -(Gross + Fee + Tax),
            TransactionKind.Sell or TransactionKind.Dividend or TransactionKind.Merger => Gross - Fee - Tax,
            TransactionKind.Interest or TransactionKind.Deposit => Gross,
            TransactionKind.Fee or TransactionKind.Tax or TransactionKind.Withdrawal => -Gross,
            _ => 0m,
        };

    /// <summary>Amount, or quantity x unit price, x <paramref name="rate"/>: rounded once.</summary>
    internal static decimal GrossOf(Transaction entry, Rate rate) =>
        entry.Amount is { } amount ? rate.Convert(amount) : Exact.Product(entry.Quantity ?? 0m, entry.UnitPrice ?? 0m, rate);
}
