using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>What a portfolio returned; from its first transaction until today unless told otherwise.</summary>
public sealed record GetPortfolioReturns(Id<Portfolio> PortfolioId, DateOnly? From, DateOnly? To) : IRequest<ReturnsReport>;

internal sealed class GetPortfolioReturnsRules : AbstractValidator<GetPortfolioReturns>
{
    public GetPortfolioReturnsRules(TimeProvider clock) => this.Range(request => request.From, request => request.To, clock);
}

internal sealed class GetPortfolioReturnsHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetPortfolioReturns, ReturnsReport>
{
    public async Task<ReturnsReport> Handle(GetPortfolioReturns request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, cancellationToken);
        return Reporting.Returns(loaded, request.From, request.To, clock);
    }
}

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
