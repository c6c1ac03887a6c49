using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>
/// What a portfolio, or all portfolios of a customer as one, returned over a range: per stock, the cash line, and in total.
/// The gains of the stocks and of cash add up to the total's exactly.
/// </summary>
/// <param name="From">First day, included; opening values are those of the close of the day before.</param>
/// <param name="To">Last day, included.</param>
/// <param name="AsOf">Day that the closing values are of.</param>
/// <param name="Currency">Currency of all figures; null for a customer without portfolios.</param>
/// <param name="Total">The whole; inflows and outflows are what crossed its border.</param>
/// <param name="Measures">The returns of the whole.</param>
/// <param name="Stocks">Every stock held or traded in the range, by ticker.</param>
/// <param name="Cash">The cash line: balance if tracked, interest, and charges that belong to no stock.</param>
/// <param name="CashContribution">What the cash line contributed to the whole's returns.</param>
/// <param name="Method">How <c>simpleReturn</c> relates the gain to capital.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why not further.</param>
public sealed record ReturnsReport(
    DateOnly From,
    DateOnly To,
    DateOnly AsOf,
    Currency? Currency,
    FiguresReport Total,
    MeasuresReport Measures,
    IReadOnlyList<StockReturns> Stocks,
    FiguresReport Cash,
    ContributionReport CashContribution,
    string Method,
    Conventions Conventions,
    string DataVersion,
    QualityReport Quality
);

/// <summary>One stock's figures. Its inflows are purchases with their charges and transfers in; income counts as gain.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Measures">Its returns.</param>
/// <param name="Contribution">What it contributed to the whole's returns.</param>
public sealed record StockReturns(
    Id<Stock> StockId,
    string Ticker,
    FiguresReport Figures,
    MeasuresReport Measures,
    ContributionReport Contribution
);

/// <summary>A part's share of the whole's returns, as fractions: those of all stocks and of cash add up to the whole's.</summary>
/// <param name="Simple">gain / (opening value + inflows of the whole).</param>
/// <param name="TimeWeighted">Sum over the days of gain / capital of the whole, grown by the whole's return until then.</param>
public sealed record ContributionReport(double? Simple, double? TimeWeighted);

/// <summary>Returns as fractions (0.05 = 5 %); one that does not exist is null, with its reason in <c>quality</c>.</summary>
/// <param name="ModifiedDietz">gain / average capital, each flow weighted by the part of the range that it was at work.</param>
/// <param name="TimeWeighted">Linked daily returns: flows do not matter.</param>
/// <param name="TimeWeightedAnnualised">The same as a yearly rate, for ranges of 365 days or more.</param>
/// <param name="MoneyWeighted">Yearly internal rate of return (XIRR, ACT/365F).</param>
/// <param name="MoneyWeightedPeriod">The same over the range.</param>
public sealed record MeasuresReport(
    double? ModifiedDietz,
    double? TimeWeighted,
    double? TimeWeightedAnnualised,
    double? MoneyWeighted,
    double? MoneyWeightedPeriod
)
{
    internal static MeasuresReport Of(Measures measures) =>
        new(
            measures.ModifiedDietz.Value,
            measures.TimeWeighted.Value,
            measures.Annualised.Value,
            measures.MoneyWeighted.Value,
            measures.MoneyWeightedPeriod.Value
        );
}

/// <summary>
/// Values at both ends, flows and gain. gain = closingValue - openingValue - inflows + outflows, and the parts add up to it. A figure that
/// does not exist is null, with its reason in <c>quality</c>.
/// </summary>
/// <param name="OpeningValue">Value at the close of the day before the range.</param>
/// <param name="ClosingValue">Value at the close of its last day.</param>
/// <param name="Inflows">Capital put in.</param>
/// <param name="Outflows">Capital and income taken out.</param>
/// <param name="NetInflow">Inflows - outflows.</param>
/// <param name="Gain">What was gained.</param>
/// <param name="Parts">The gain in its parts.</param>
/// <param name="SimpleReturn">gain / (openingValue + inflows), a fraction.</param>
public sealed record FiguresReport(
    decimal? OpeningValue,
    decimal? ClosingValue,
    decimal? Inflows,
    decimal? Outflows,
    decimal? NetInflow,
    decimal? Gain,
    GainPartsReport? Parts,
    double? SimpleReturn
)
{
    internal static FiguresReport Of(Figures figures) =>
        new(
            figures.OpeningValue,
            figures.ClosingValue,
            figures.Inflows,
            figures.Outflows,
            figures.NetInflow,
            figures.Gain,
            figures.Parts is { } parts
                ? new GainPartsReport(
                    parts.RealisedPrice,
                    parts.UnrealisedPrice,
                    parts.Dividends,
                    parts.Interest,
                    parts.Fees,
                    parts.Taxes,
                    parts.Fx
                )
                : null,
            figures.SimpleReturn
        );
}

/// <summary>What a gain is made of; fees and taxes are negative when paid.</summary>
/// <param name="RealisedPrice">Gross proceeds of sales - the price of the shares sold.</param>
/// <param name="UnrealisedPrice">The rest of the price gain.</param>
/// <param name="Dividends">Gross dividends.</param>
/// <param name="Interest">Interest.</param>
/// <param name="Fees">Fees, of trades and others.</param>
/// <param name="Taxes">Taxes, of trades, income and others.</param>
/// <param name="Fx">Effect of exchange rates.</param>
public sealed record GainPartsReport(
    decimal RealisedPrice,
    decimal UnrealisedPrice,
    decimal Dividends,
    decimal Interest,
    decimal Fees,
    decimal Taxes,
    decimal Fx
);

/// <summary>The choices that figures follow.</summary>
/// <param name="FlowTiming">When within its day a flow happens, for the time-weighted return.</param>
/// <param name="DayCount">How days become years: actual days over 365.</param>
/// <param name="PriceBasis">Raw closes with dated splits.</param>
/// <param name="Range">Both ends included; the opening value is that of the day before.</param>
/// <param name="Rounding">Where and how values are rounded.</param>
/// <param name="StaleAfterDays">Calendar days after which a carried price is called stale.</param>
/// <param name="CostMethods">Which lots sales consumed, one of each portfolio's.</param>
public sealed record Conventions(
    FlowTiming FlowTiming,
    string DayCount,
    string PriceBasis,
    string Range,
    string Rounding,
    int StaleAfterDays,
    IReadOnlyList<CostMethod> CostMethods
)
{
    internal static Conventions Of(IEnumerable<Ledger> ledgers, FlowTiming timing) =>
        new(
            timing,
            "ACT/365F",
            "raw",
            "inclusive",
            "halfEven10",
            Holding.StaleAfterDays,
            [.. ledgers.Select(ledger => ledger.Portfolio.CostMethod).Distinct().Order()]
        );
}

/// <summary>The choices that the figures of holdings and lots follow.</summary>
/// <param name="PriceBasis">Raw closes with dated splits.</param>
/// <param name="Rounding">Where and how values are rounded.</param>
/// <param name="StaleAfterDays">Calendar days after which a carried price is called stale.</param>
/// <param name="CostMethod">Which lots sales consumed.</param>
public sealed record LotConventions(string PriceBasis, string Rounding, int StaleAfterDays, CostMethod CostMethod)
{
    internal static LotConventions Of(Ledger ledger) => new("raw", "halfEven10", Holding.StaleAfterDays, ledger.Portfolio.CostMethod);
}

/// <summary>How far an answer can be relied on.</summary>
/// <param name="Status">Complete, estimated or incomplete.</param>
/// <param name="Reasons">Why it is not complete, and why figures are null.</param>
public sealed record QualityReport(QualityStatus Status, IReadOnlyList<ReasonReport> Reasons)
{
    internal static QualityReport Of(IEnumerable<Reason> reasons)
    {
        var quality = Domain.Returns.Quality.Of(reasons);
        return new QualityReport(
            quality.Status,
            [.. quality.Reasons.Select(reason => new ReasonReport(reason.Code, reason.StockId, reason.Date, reason.Detail))]
        );
    }
}

/// <summary>One reason.</summary>
/// <param name="Code">Stable: <c>stale</c>, <c>fxRateStale</c>, <c>priceMissing</c>, <c>fxRateMissing</c>, <c>noCapital</c>, <c>ledgerOversold</c>,
/// <c>capitalNotPositive</c>, <c>noRoot</c>, <c>multipleRoots</c>, <c>outOfRange</c>, <c>notConverged</c>, <c>shorterThanYear</c>,
/// <c>tooFewReturns</c>, <c>dividendSkipped</c>, <c>zeroDeviation</c>, <c>noDrawdown</c>, <c>noOverlap</c>.</param>
/// <param name="StockId">The stock concerned, if any.</param>
/// <param name="Date">The day concerned, if any.</param>
/// <param name="Detail">For people.</param>
public sealed record ReasonReport(string Code, Id<Stock>? StockId, DateOnly? Date, string Detail);
