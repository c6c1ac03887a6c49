using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Domain.Returns;

/// <summary>What one entry does to the figures of a stock that it names, in reporting currency.</summary>
/// <param name="In">Capital put in: purchases with their charges, shares delivered in at market value.</param>
/// <param name="Out">What the stock paid out: proceeds, income, shares delivered out, less its stand-alone charges.</param>
/// <param name="Traded">Price of the shares that went, less that of those that came.</param>
/// <param name="Dividends">Gross.</param>
/// <param name="Fees">Negative when paid.</param>
/// <param name="Taxes">Negative when paid.</param>
public readonly record struct StockEffect(decimal In, decimal Out, decimal Traded, decimal Dividends, decimal Fees, decimal Taxes)
{
    /// <summary>The effect of <paramref name="entry"/> on <paramref name="stock"/>; null when an exchange rate is missing.</summary>
    internal static StockEffect? Of(Ledger ledger, LedgerStock stock, Transaction entry)
    {
        if (Amounts.Of(entry, ledger.Conversion) is not { } amounts || ledger.Delivered(entry) is not { } moved)
            return null;
        if (entry.IntoStockId == stock.Facts.Id)
            return new StockEffect(moved, 0, -moved, 0, 0, 0);
        var (gross, fee, tax) = amounts;
        var cash = amounts.Cash(entry.Kind);
        return entry.Kind switch
        {
            TransactionKind.Buy => new StockEffect(-cash, 0, -gross, 0, -fee, -tax),
            TransactionKind.Sell => new StockEffect(0, cash, gross, 0, -fee, -tax),
            TransactionKind.Dividend => new StockEffect(0, cash, 0, gross, -fee, -tax),
            TransactionKind.TransferIn => new StockEffect(moved, 0, -moved, 0, 0, 0),
            TransactionKind.TransferOut or TransactionKind.SpinOff => new StockEffect(0, moved, moved, 0, 0, 0),
            TransactionKind.Merger => new StockEffect(0, moved + cash, moved + gross, 0, -fee, -tax),
            TransactionKind.Fee => new StockEffect(0, cash, 0, 0, -gross, 0),
            TransactionKind.Tax => new StockEffect(0, cash, 0, 0, 0, -gross),
            _ => default,
        };
    }

    /// <summary>Part by part.</summary>
    public static StockEffect operator +(StockEffect a, StockEffect b) =>
        new(a.In + b.In, a.Out + b.Out, a.Traded + b.Traded, a.Dividends + b.Dividends, a.Fees + b.Fees, a.Taxes + b.Taxes);
}
