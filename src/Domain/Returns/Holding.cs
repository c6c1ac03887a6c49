using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>A position at the close of one day.</summary>
/// <param name="Stock">The stock.</param>
/// <param name="Quantity">Shares of that day.</param>
/// <param name="Cost">Cost of the open lots, charges included, in reporting currency; null when a rate is missing.</param>
/// <param name="Quote">Price in force and its session, in the stock's currency; null before the first price.</param>
/// <param name="Rate">Reporting currency per stock currency in force; null when unknown.</param>
/// <param name="Value">Quantity x price x rate, half-even to 10 decimals; the cost while there is no price; null when a rate is missing.</param>
/// <param name="UnrealisedFx">Price of the open lots in the stock's currency x rate - their price at the rates of the purchases; 0 while there is no price.</param>
/// <param name="Marks">What is to be said of the figures.</param>
public sealed record Holding(
    StockFacts Stock,
    decimal Quantity,
    decimal? Cost,
    Quote? Quote,
    Rate? Rate,
    decimal? Value,
    decimal UnrealisedFx,
    IReadOnlyList<Reason> Marks
)
{
    /// <summary>Days after which a carried price, or rate, is called stale.</summary>
    public const int StaleAfterDays = ExchangeRate.StaleAfterDays;

    /// <summary>Values <paramref name="position"/> at the close of <paramref name="day"/>.</summary>
    /// <param name="position">A stock's position.</param>
    /// <param name="stock">Its facts.</param>
    /// <param name="conversion">Leads to the reporting currency.</param>
    /// <param name="day">The day.</param>
    public static Holding Of(Position position, StockFacts stock, Conversion conversion, DateOnly day)
    {
        var step = position.At(day);
        var quote = stock.Prices.On(day, stock.Splits);
        var rate = conversion.On(stock.Currency, day);
        var oversold = OversoldMark(position, stock, day);
        if (step.Quantity == 0)
            return new Holding(stock, 0m, 0m, quote, rate, 0m, 0m, [.. oversold]);
        var costMissing = position.RateMissingOn <= day;
        var marks = PriceMarks(stock, quote, rate, costMissing, conversion.Reporting, day).Concat(oversold);
        decimal? value =
            quote is { } known ? (rate is { } of ? Exact.Product(step.Quantity, known.Price, of) : null)
            : costMissing ? null
            : step.Cost;
        var fx =
            value is null || quote is null || costMissing ? 0m : conversion.FxOf(stock.Currency, step.LocalPrice, step.Price, rate!.Value);
        return new Holding(stock, step.Quantity, costMissing ? null : step.Cost, quote, rate, value, fx, [.. marks]);
    }

    internal static IEnumerable<Reason> PriceMarks(
        StockFacts stock,
        Quote? quote,
        Rate? rate,
        bool costMissing,
        Currency reporting,
        DateOnly day
    )
    {
        if (costMissing || (rate is null && quote is not null))
            yield return new Reason(
                ReasonCodes.FxRateMissing,
                stock.Id,
                day,
                $"No rate from {stock.Currency} to {reporting} is known on {day:yyyy-MM-dd}, or {stock.Ticker} was traded when none was."
            );
        else if (rate?.Date is { } of && IsStale(of, day))
            yield return new Reason(
                ReasonCodes.FxRateStale,
                stock.Id,
                of,
                $"The last rate from {stock.Currency} to {reporting} is of {of:yyyy-MM-dd}."
            );
        if (quote is not { } known)
            yield return new Reason(
                ReasonCodes.PriceMissing,
                stock.Id,
                day,
                $"{stock.Ticker} has no price on or before {day:yyyy-MM-dd}; it stands at its cost."
            );
        else if (IsStale(known.Date, day))
            yield return new Reason(ReasonCodes.Stale, stock.Id, known.Date, $"{stock.Ticker} was last priced on {known.Date:yyyy-MM-dd}.");
    }

    private static bool IsStale(DateOnly of, DateOnly day) => day.DayNumber - of.DayNumber > StaleAfterDays;

    private static IEnumerable<Reason> OversoldMark(Position position, StockFacts stock, DateOnly day) =>
        position.OversoldOn is { } oversold && oversold <= day
            ?
            [
                new Reason(
                    ReasonCodes.LedgerOversold,
                    stock.Id,
                    oversold,
                    $"More {stock.Ticker} left than was held on {oversold:yyyy-MM-dd}."
                ),
            ]
            : [];
}
