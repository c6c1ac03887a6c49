using CleanPortfolio.Application.Returns;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Calculations;

/// <summary>Calculates every figure of a case that is given whole, by the engine that the stored portfolios use; nothing is stored.</summary>
public sealed record CalculatePortfolio(CaseDraft Draft) : IRequest<CalculationReport>;

/// <summary>Every figure of a case.</summary>
/// <param name="Returns">Returns of the range, by stock and in total.</param>
/// <param name="Holdings">Holdings at the close of the last day.</param>
/// <param name="Gains">What the sales of the range realised.</param>
/// <param name="History">Value, cost, flows and return through the range.</param>
/// <param name="Lots">Open lots at the close of the last day.</param>
/// <param name="Risk">Risk of the range, against the benchmark if one is named.</param>
/// <param name="Explain">What made the returns, if it was asked for.</param>
/// <param name="Transactions">The ids that the figures above name the transactions by, in the order given.</param>
/// <param name="Stocks">The ids that they name the stocks by.</param>
public sealed record CalculationReport(
    ReturnsReport Returns,
    HoldingsReport Holdings,
    GainsReport Gains,
    HistoryReport History,
    LotsReport Lots,
    PerformanceRiskReport Risk,
    ExplainReport? Explain,
    IReadOnlyList<CaseTransactionId> Transactions,
    IReadOnlyList<CaseStockId> Stocks
);

/// <summary>The id of a stated transaction.</summary>
/// <param name="Id">In the answer.</param>
/// <param name="ExternalId">The client's own key, if it gave one.</param>
public sealed record CaseTransactionId(Id<Transaction> Id, string? ExternalId);

/// <summary>The id of a symbol.</summary>
/// <param name="Id">In the answer.</param>
/// <param name="Symbol">The symbol.</param>
public sealed record CaseStockId(Id<Stock> Id, string Symbol);

internal sealed class CalculatePortfolioHandler : IRequestHandler<CalculatePortfolio, CalculationReport>
{
    public Task<CalculationReport> Handle(CalculatePortfolio request, CancellationToken cancellationToken)
    {
        var draft = request.Draft;
        var made = new Case(draft);
        var (loaded, range) = (made.Loaded, made.Range);
        return Task.FromResult(
            new CalculationReport(
                Reporting.Returns(loaded, range, draft.FlowTiming),
                HoldingsReport.Of(loaded, range.To),
                GainsReport.Of(loaded, range),
                HistoryReport.Of(loaded, stock: null, range, draft.Resolution, draft.FlowTiming),
                LotsReport.Of(loaded, range.To, stockId: null),
                PerformanceRisk.Of(
                    loaded,
                    stock: null,
                    range,
                    new RiskChoices(draft.RiskFreeRate, draft.MinimumAcceptableReturn, draft.FlowTiming),
                    made.Benchmark
                ),
                draft.Explain ? Explaining.Of(loaded, range, draft.FlowTiming) : null,
                [.. made.Transactions.Select(entry => new CaseTransactionId(entry.Id, entry.ExternalId))],
                [.. loaded.Ledgers[0].Stocks.Select(stock => new CaseStockId(stock.Facts.Id, stock.Facts.Ticker))]
            )
        );
    }
}
