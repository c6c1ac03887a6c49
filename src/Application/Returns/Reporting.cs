using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Application.Returns;

/// <summary>From loaded ledgers to the answer that portfolios and customers share.</summary>
internal static class Reporting
{
    public static ReturnsReport Returns(LoadedLedgers loaded, DateOnly? from, DateOnly? to, TimeProvider clock)
    {
        var (first, last) = RangeOf(loaded, from, to, clock);
        var returns = loaded.Ledgers.Select(ledger => RangeReturns.Of(ledger, first, last)).ToList();
        var sum = returns is [var only] ? only : RangeReturns.Sum(first, last, returns);
        var reasons = sum.AllReasons;
        var (total, cash) = (sum.Total, sum.Cash);
        if (loaded.Currency is null && loaded.Ledgers.Count > 0)
        {
            (total, cash) = (Figures.Unknown, Figures.Unknown);
            sum = sum with { Stocks = [.. sum.Stocks.Select(stock => stock with { Figures = Figures.Unknown })] };
            reasons =
            [
                new Reason(
                    ReasonCodes.FxRateMissing,
                    null,
                    null,
                    "The portfolios have several currencies and no rate between them is known."
                ),
            ];
        }
        return new ReturnsReport(
            first,
            last,
            last,
            loaded.Currency,
            FiguresReport.Of(total),
            [.. sum.Stocks.Select(stock => new StockReturns(stock.Stock.Id, stock.Stock.Ticker, FiguresReport.Of(stock.Figures)))],
            FiguresReport.Of(cash),
            "simple",
            Conventions.Of(loaded.Ledgers),
            loaded.DataVersion,
            QualityReport.Of(reasons)
        );
    }

    /// <summary>What is not given starts at the first transaction and ends today.</summary>
    public static (DateOnly From, DateOnly To) RangeOf(LoadedLedgers loaded, DateOnly? from, DateOnly? to, TimeProvider clock)
    {
        var last = to ?? UsMarketCalendar.DateOf(clock.GetUtcNow());
        var first = from ?? loaded.FirstDay ?? last;
        return (first > last ? last : first, last);
    }
}
