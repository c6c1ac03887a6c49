namespace CleanPortfolio.Domain.Portfolios;

/// <summary>The money of one transaction in the portfolio's currency.</summary>
/// <param name="Gross">Quantity x unit price, or the amount; for a transfer in, the cost carried in; 0 for a transfer out.</param>
/// <param name="Fee">Fee of a trade or of income.</param>
/// <param name="Tax">Tax of a trade or of income.</param>
public readonly record struct Amounts(decimal Gross, decimal Fee, decimal Tax)
{
    /// <summary>
    /// The amounts of <paramref name="entry"/>, each half-even to 10 decimals where a product forms it;
    /// null when its currency is another and it states no rate.
    /// </summary>
    public static Amounts? Of(Transaction entry, Currency reporting)
    {
        var rate = entry.Currency == reporting ? 1m : entry.FxRate;
        if (rate is not { } known)
            return null;
        var gross = Exact.Product(entry.Amount ?? entry.UnitPrice ?? 0m, entry.Quantity ?? 1m, known);
        return new Amounts(gross, Exact.Product(entry.Fee, known), Exact.Product(entry.Tax, known));
    }

    /// <summary>What the transaction does to cash: positive when cash comes in.</summary>
    public decimal Cash(TransactionKind kind) =>
        kind switch
        {
            TransactionKind.Buy => -(Gross + Fee + Tax),
            TransactionKind.Sell or TransactionKind.Dividend => Gross - Fee - Tax,
            TransactionKind.Interest or TransactionKind.Deposit => Gross,
            TransactionKind.Fee or TransactionKind.Tax or TransactionKind.Withdrawal => -Gross,
            _ => 0m,
        };
}
