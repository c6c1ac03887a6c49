namespace CleanPortfolio.Domain.Stocks;

/// <summary>A cash distribution as declared: per share held at the close before the ex-date, never adjusted for later splits.</summary>
/// <param name="Id">Identity.</param>
/// <param name="StockId">The stock.</param>
/// <param name="ExDate">First day on which a buyer is no longer entitled.</param>
/// <param name="Amount">Cash per share, more than 0.</param>
/// <param name="Currency">Currency of the amount.</param>
/// <param name="Type">Provider's kind: <c>CD</c> regular cash, <c>SC</c> special cash, and so on.</param>
/// <param name="DeclaredOn">Day of the declaration, if known.</param>
/// <param name="RecordDate">Day on which the register is read, if known.</param>
/// <param name="PayDate">Day of payment, if known.</param>
/// <param name="ProviderId">The provider's id, if it gave one.</param>
public sealed record Dividend(
    Id<Dividend> Id,
    Id<Stock> StockId,
    DateOnly ExDate,
    decimal Amount,
    Currency Currency,
    string Type,
    DateOnly? DeclaredOn,
    DateOnly? RecordDate,
    DateOnly? PayDate,
    string? ProviderId
)
{
    /// <summary>The same in <paramref name="currency"/>, when only the fixed ratio of a minor unit lies between: 0.05 GBP are 5 GBX; else null.</summary>
    public Dividend? In(Currency currency) =>
        currency == Currency ? this
        : currency.ToMajor() == Currency.ToMajor()
            ? this with
            {
                Amount = Amount * currency.UnitsPerMajor / Currency.UnitsPerMajor,
                Currency = currency,
            }
        : null;
}
