using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>A position at the close of one day.</summary>
/// <param name="Stock">The stock.</param>
/// <param name="Quantity">Shares of that day.</param>
/// <param name="Cost">Cost of the open lots, charges included, in portfolio currency; null when a rate is missing.</param>
/// <param name="Quote">Price in force and its session; null before the first price.</param>
/// <param name="Value">Quantity x price, half-even to 10 decimals; the cost while there is no price; null when a rate is missing.</param>
/// <param name="Marks">What is to be said of the figures.</param>
public sealed record Holding(StockFacts Stock, decimal Quantity, decimal? Cost, Quote? Quote, decimal? Value, IReadOnlyList<Reason> Marks)
{
    /// <summary>Days after which a carried price is called stale.</summary>
    public const int StaleAfterDays = 7;

    /// <summary>Values <paramref name="position"/> at the close of <paramref name="day"/>.</summary>
    public static Holding Of(Position position, StockFacts stock, Currency reporting, DateOnly day)
    {
        var step = position.At(day);
        var quote = stock.Prices.On(day, stock.Splits);
        if (step.Quantity == 0)
            return new Holding(stock, 0m, 0m, quote, 0m, [.. OversoldMark(position, stock, day)]);
        var rateMissing = stock.Currency != reporting || position.RateMissingOn <= day;
        decimal? cost = position.RateMissingOn <= day ? null : step.Cost;
        decimal? value =
            rateMissing ? null
            : quote is { } known ? Exact.Product(step.Quantity, known.Price)
            : step.Cost;
        return new Holding(
            stock,
            step.Quantity,
            cost,
            quote,
            value,
            [.. PriceMarks(stock, quote, rateMissing, day), .. OversoldMark(position, stock, day)]
        );
    }

    internal static IEnumerable<Reason> PriceMarks(StockFacts stock, Quote? quote, bool rateMissing, DateOnly day)
    {
        if (rateMissing)
            yield return new Reason(
                ReasonCodes.FxRateMissing,
                stock.Id,
                day,
                $"{stock.Ticker} is priced in {stock.Currency}, or was bought in another currency, and no rate is known."
            );
        if (quote is not { } known)
            yield return new Reason(
                ReasonCodes.PriceMissing,
                stock.Id,
                day,
                $"{stock.Ticker} has no price on or before {day:yyyy-MM-dd}; it stands at its cost."
            );
        else if (day.DayNumber - known.Date.DayNumber > StaleAfterDays)
            yield return new Reason(ReasonCodes.Stale, stock.Id, known.Date, $"{stock.Ticker} was last priced on {known.Date:yyyy-MM-dd}.");
    }

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
