using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>From loaded ledgers to the answer that portfolios and customers share.</summary>
internal static class Reporting
{
    public static ReturnsReport Returns(LoadedLedgers loaded, DateRange range, FlowTiming? flowTiming)
    {
        var (first, last) = range;
        var timing = flowTiming ?? FlowTiming.InAtStartOutAtEnd;
        var returns = RangeReturns.Sum(first, last, [.. loaded.Ledgers.Select(ledger => RangeReturns.Of(ledger, first, last))]);
        var measures = RangeMeasures.Of(loaded.Ledgers, first, last, timing);
        return new ReturnsReport(
            first,
            last,
            last,
            loaded.Currency,
            FiguresReport.Of(returns.Total),
            MeasuresReport.Of(measures.Total),
            [
                .. returns.Stocks.Select(stock => new StockReturns(
                    stock.Stock.Id,
                    stock.Stock.Ticker,
                    FiguresReport.Of(stock.Figures),
                    MeasuresReport.Of(measures.Stocks[stock.Stock.Id]),
                    ContributionOf(stock.Figures, returns.Total, measures.Stocks[stock.Stock.Id].Contribution)
                )),
            ],
            FiguresReport.Of(returns.Cash),
            ContributionOf(returns.Cash, returns.Total, measures.CashContribution),
            "simple",
            Conventions.Of(loaded.Ledgers, timing),
            loaded.DataVersion,
            QualityReport.Of(returns.AllReasons.Concat(ReasonsOf(measures, returns)))
        );
    }

    private static ContributionReport ContributionOf(Figures part, Figures whole, double? timeWeighted) =>
        new(whole.OpeningValue + whole.Inflows is { } capital && part.Gain is { } gain ? Exact.Ratio(gain, capital) : null, timeWeighted);

    // What has no figures, or no capital, has said so already.
    private static IEnumerable<Reason> ReasonsOf(RangeMeasures measures, RangeReturns returns)
    {
        var told = returns.Reasons.Any(reason => reason.Code is ReasonCodes.FxRateMissing);
        var lines = returns
            .Stocks.Select(stock =>
                (Id: (Id<Stock>?)stock.Stock.Id, Name: stock.Stock.Ticker, stock.Figures, Of: measures.Stocks[stock.Stock.Id])
            )
            .Prepend((null, "The whole", returns.Total, measures.Total));
        foreach (var (stock, name, figures, of) in lines)
        foreach (var same in of.Named.Where(named => named.Measure.Reason is not null).GroupBy(named => named.Measure.Reason!))
            if (same.Key is ReasonCodes.FxRateMissing ? !told : figures.SimpleReturn is not null || figures.Parts is null)
                yield return new Reason(same.Key, stock, null, $"{name}: {string.Join(", ", same.Select(named => named.Name))}.");
        if (measures.Total.Annualised.Reason is ReasonCodes.ShorterThanYear)
            yield return new Reason(
                ReasonCodes.ShorterThanYear,
                null,
                null,
                "A range of less than 365 days has no yearly time-weighted rate."
            );
    }
}
