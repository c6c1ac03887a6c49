using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>A portfolio's value and flows through time; from its first transaction until today unless told otherwise.</summary>
public sealed record GetPortfolioHistory(Id<Portfolio> PortfolioId, DateOnly? From, DateOnly? To, Resolution? Resolution)
    : IRequest<HistoryReport>;

/// <summary>A series of values.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Resolution">Distance of the points.</param>
/// <param name="Currency">Currency of the figures.</param>
/// <param name="Points">Points in order; empty when an exchange rate is missing.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why not further.</param>
public sealed record HistoryReport(
    DateOnly From,
    DateOnly To,
    Resolution Resolution,
    Currency Currency,
    IReadOnlyList<HistoryPointReport> Points,
    string DataVersion,
    QualityReport Quality
);

/// <summary>One point.</summary>
/// <param name="Date">Last day of the interval.</param>
/// <param name="Value">Value at its close, tracked cash included.</param>
/// <param name="NetInflow">What crossed the portfolio's border since the point before.</param>
public sealed record HistoryPointReport(DateOnly Date, decimal Value, decimal NetInflow);

internal sealed class GetPortfolioHistoryRules : AbstractValidator<GetPortfolioHistory>
{
    public GetPortfolioHistoryRules(TimeProvider clock) => this.Range(request => request.From, request => request.To, clock);
}

internal sealed class GetPortfolioHistoryHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetPortfolioHistory, HistoryReport>
{
    public async Task<HistoryReport> Handle(GetPortfolioHistory request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, reporting: null, cancellationToken);
        var ledger = loaded.Ledgers[0];
        var (from, to) = Reporting.RangeOf(loaded, request.From, request.To, clock);
        var resolution = request.Resolution ?? Resolution.Day;
        var points = History.Of(loaded.Ledgers, null, from, to, resolution) ?? [];
        return new HistoryReport(
            from,
            to,
            resolution,
            ledger.Portfolio.Currency,
            [.. points.Select(point => new HistoryPointReport(point.Date, point.Value, point.NetInflow))],
            loaded.DataVersion,
            QualityReport.Of(ledger.MarksThrough(from, to))
        );
    }
}
