using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Schedules;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>
/// What is wrong with stored market data, by stock and pair of currencies in the order of tickers: those about which there is nothing to
/// say are left out. Missing days are looked for from the listing, or the first price, to the delisting, or the last session that is out.
/// </summary>
public sealed record GetQuality(
    DateOnly? From,
    DateOnly? To,
    string? Ticker,
    Id<Stock>? StockId,
    FindingKind? Finding,
    FindingReason? Reason,
    string? Cursor,
    int? Limit
) : IRequest<QualityReport>;

/// <summary>What is wrong with stored market data.</summary>
/// <param name="From">First day looked at; null: each stock's first price.</param>
/// <param name="To">Last day looked at: no later than the last session that the provider has given out.</param>
/// <param name="Items">Stocks and pairs with findings.</param>
/// <param name="NextCursor">To be sent back as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record QualityReport(DateOnly? From, DateOnly To, IReadOnlyList<QualityItem> Items, string? NextCursor);

/// <summary>A stock, or a pair of currencies, and what is wrong with its data.</summary>
/// <param name="Ticker">The ticker; of a pair as the provider writes it, <c>C:EURUSD</c>.</param>
/// <param name="StockId">The stock; null for a pair.</param>
/// <param name="Name">Name of the stock, if known.</param>
/// <param name="Findings">By first day.</param>
public sealed record QualityItem(string Ticker, Id<Stock>? StockId, string? Name, IReadOnlyList<QualityFinding> Findings);

internal sealed class GetQualityRules : AbstractValidator<GetQuality>
{
    public GetQualityRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        RuleFor(request => request.Limit).Limit();
    }
}

internal sealed class GetQualityHandler(IDatabase database, QualityScan scan, ISchedules schedules, TimeProvider clock)
    : IRequestHandler<GetQuality, QualityReport>
{
    public async Task<QualityReport> Handle(GetQuality request, CancellationToken cancellationToken)
    {
        if (request.StockId is { } stock && !await database.Stocks.AnyAsync(known => known.Id == stock, cancellationToken))
            throw new NotFound("stock", stock.ToString());
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var query = QualityRange.Of(request.From, request.To, schedules.Release.LastSession(clock.GetUtcNow())) with
        {
            Tickers = request.Ticker is { } ticker ? [ticker] : null,
            StockId = request.StockId,
            Finding = request.Finding,
            Reason = request.Reason,
            After = Cursor.TextAndGuid(request.Cursor),
            First = limit,
        };
        var found = new List<QualityItem>();
        await foreach (var one in scan.Of(query, cancellationToken))
        {
            found.Add(new QualityItem(one.Ticker, one.StockId, one.Name, one.Findings));
            if (found.Count > limit)
                break;
        }
        var page = Cursor.PageOf(found, limit, item => [item.Ticker, item.StockId?.Value ?? Guid.Empty]);
        return new QualityReport(query.From, query.To, page.Items, page.NextCursor);
    }
}
