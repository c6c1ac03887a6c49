using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Domain.Returns;

/// <summary>What is to be said of the figures of a ledger.</summary>
public static class LedgerMarks
{
    /// <summary>
    /// Of the values from <paramref name="from"/> to <paramref name="to"/>: at both ends, at every change and in every hole of the prices between; of the day before,
    /// with whose value the first return starts, only that a rate is missing.
    /// </summary>
    public static IEnumerable<Reason> MarksThrough(this Ledger ledger, DateOnly from, DateOnly to) =>
        ledger
            .Stocks.SelectMany(stock => MarksOf(ledger, stock, from, to))
            .Concat(ledger.RatesMissing(from, to))
            .Concat(ledger.RateOfCashMissing(from, to))
            .DistinctBy(reason => (reason.Code, reason.StockId));

    /// <summary>Of the values of one stock.</summary>
    public static IEnumerable<Reason> MarksOf(Ledger ledger, LedgerStock stock, DateOnly from, DateOnly to)
    {
        return !stock.Position.IsHeld(from.AddDays(-1), to)
            ? []
            : MarksOn(from.AddDays(-1))
                .Where(reason => reason.Code is ReasonCodes.FxRateMissing)
                .Concat(
                    stock
                        .Position.Steps.Select(step => step.From)
                        .Append(stock.Facts.Prices.FirstDay ?? from) // from here on a rate is needed
                        .Concat(stock.Facts.Prices.OlderThan(Holding.StaleAfterDays, from, to))
                        .Where(day => day > from && day < to)
                        .Append(from)
                        .Append(to)
                        .Order()
                        .SelectMany(MarksOn)
                )
                .DistinctBy(reason => (reason.Code, reason.StockId));

        IEnumerable<Reason> MarksOn(DateOnly day) => Holding.Of(stock.Position, stock.Facts, ledger.Conversion, day).Marks;
    }

    private static IEnumerable<Reason> RateOfCashMissing(this Ledger ledger, DateOnly from, DateOnly to)
    {
        if (!ledger.TracksCash || ledger.Currency == ledger.Portfolio.Currency)
            return [];
        var first = from.AddDays(-1);
        return ledger
            .Entries.Where(entry => entry.Date > first && entry.Date <= to)
            .Select(entry => entry.Date)
            .Prepend(first)
            .Distinct()
            .Where(day => ledger.Conversion.On(ledger.Portfolio.Currency, day) is null && ledger.CashOn(day) is null)
            .Take(1)
            .Select(day => new Reason(
                ReasonCodes.FxRateMissing,
                null,
                day,
                $"No rate from {ledger.Portfolio.Currency}, in which cash is kept, to {ledger.Currency} is known on {day:yyyy-MM-dd}."
            ));
    }

    /// <summary>
    /// The entries whose exchange rate is missing though cash or flows from <paramref name="from"/> to <paramref name="to"/> need it:
    /// those of the range and, since a tracked balance carries on, those before it.
    /// </summary>
    public static IEnumerable<Reason> RatesMissing(this Ledger ledger, DateOnly from, DateOnly to) =>
        ledger
            .Entries.Where(entry => entry.Date <= to && (entry.Date >= from || ledger.TracksCash))
            .Where(entry =>
                (ledger.TracksCash && ledger.CashInPortfolio(entry) is null) || (entry.Date >= from && ledger.FlowOf(entry) is null)
            )
            .Select(entry => new Reason(
                ReasonCodes.FxRateMissing,
                entry.StockId,
                entry.Date,
                $"No rate to {ledger.Currency} is known for what happened on {entry.Date:yyyy-MM-dd}."
            ));

    /// <summary>Of the lots until <paramref name="to"/>.</summary>
    public static IEnumerable<Reason> LotMarksThrough(this Ledger ledger, DateOnly to)
    {
        foreach (var (facts, position, _) in ledger.Stocks)
        {
            if (position.RateMissingOn is { } day && day <= to)
                yield return new Reason(
                    ReasonCodes.FxRateMissing,
                    facts.Id,
                    day,
                    $"{facts.Ticker} was traded on {day:yyyy-MM-dd} in another currency, and no rate is known."
                );
            if (position.OversoldOn is { } oversold && oversold <= to)
                yield return new Reason(ReasonCodes.LedgerOversold, facts.Id, oversold, $"More {facts.Ticker} left than was held.");
        }
    }
}
