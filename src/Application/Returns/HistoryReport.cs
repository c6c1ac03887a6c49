using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>A series of values of a portfolio, of all portfolios of a customer as one, or of one stock in them.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="AsOf">Day that the last value is of.</param>
/// <param name="Resolution">Distance of the points.</param>
/// <param name="StockId">The one stock looked at; null for the whole.</param>
/// <param name="Currency">Currency of the figures; null for a customer without portfolios.</param>
/// <param name="Points">Points in order; empty when an exchange rate is missing.</param>
/// <param name="Method">What the points are: <c>dailyValues</c>, returns linked day by day.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why not further.</param>
public sealed record HistoryReport(
    DateOnly From,
    DateOnly To,
    DateOnly AsOf,
    Resolution Resolution,
    Id<Stock>? StockId,
    Currency? Currency,
    IReadOnlyList<HistoryPointReport> Points,
    string Method,
    Conventions Conventions,
    string DataVersion,
    QualityReport Quality
)
{
    internal static HistoryReport Of(
        LoadedLedgers loaded,
        Id<Stock>? stock,
        DateRange range,
        Resolution? resolution,
        FlowTiming? flowTiming
    )
    {
        var ((from, to), timing) = (range, flowTiming ?? FlowTiming.InAtStartOutAtEnd);
        var points = History.Of(loaded.Ledgers, stock, from, to, resolution ?? Resolution.Day, timing, out var linked) ?? [];
        return new HistoryReport(
            from,
            to,
            to,
            resolution ?? Resolution.Day,
            stock,
            loaded.Currency,
            [.. points.Select(point => new HistoryPointReport(point.Date, point.Value, point.Cost, point.NetInflow, point.TimeWeighted))],
            "dailyValues",
            Conventions.Of(loaded.Ledgers, timing),
            loaded.DataVersion,
            QualityReport.Of(loaded.MarksThrough(stock, range).Concat(EndOf(points, stock, linked)))
        );
    }

    // Why the returns stop before the points do.
    private static IEnumerable<Reason> EndOf(IReadOnlyList<HistoryPoint> points, Id<Stock>? stock, Measure linked) =>
        linked.Reason is { } code && points.Any(point => point.TimeWeighted is null)
            ? [new Reason(code, stock, points.First(point => point.TimeWeighted is null).Date, "timeWeighted.")]
            : [];
}

/// <summary>One point.</summary>
/// <param name="Date">Last day of the interval.</param>
/// <param name="Value">Value at its close, tracked cash included.</param>
/// <param name="Cost">Cost of the open lots at its close, charges included; null while something is held whose purchase lacks an exchange rate.</param>
/// <param name="NetInflow">What crossed the border since the point before: that of the portfolio, or of the stock.</param>
/// <param name="TimeWeighted">
/// Time-weighted return from the first day of the series on, a fraction; null from a day on that had no positive capital.
/// </param>
public sealed record HistoryPointReport(DateOnly Date, decimal Value, decimal? Cost, decimal NetInflow, double? TimeWeighted);
