using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Changes of stored prices, newest first; optionally of one stock, and of sessions in a range.</summary>
public sealed record ListPriceCorrections(Id<Stock>? StockId, DateOnly? From, DateOnly? To, string? Cursor, int? Limit)
    : IRequest<Page<PriceCorrectionDetails>>;

/// <summary>A stored price that changed.</summary>
/// <param name="Sequence">Order of the changes.</param>
/// <param name="StockId">The stock.</param>
/// <param name="Date">The session.</param>
/// <param name="At">When it changed.</param>
/// <param name="Source"><c>provider</c>, <c>manual</c>, <c>release</c> or <c>checks</c>.</param>
/// <param name="By">Who changed it: the audit log's caller, <c>user:</c> or <c>key:</c> and an id, or <c>oidc:</c> and the subject of another issuer's token; null for the provider and the checks.</param>
/// <param name="Reason">Why; null for the provider and the checks.</param>
/// <param name="Old">What was stored; null when there was no price.</param>
/// <param name="New">What is stored since; null when there is no price.</param>
public sealed record PriceCorrectionDetails(
    long Sequence,
    Id<Stock> StockId,
    DateOnly Date,
    DateTimeOffset At,
    string Source,
    string? By,
    string? Reason,
    DailyValues? Old,
    DailyValues? New
)
{
    internal static PriceCorrectionDetails Of(PriceCorrection row) =>
        new(
            row.Sequence,
            row.StockId,
            row.Date,
            row.At,
            row.Source,
            row.By,
            row.Reason,
            Values(row.OldOpen, row.OldHigh, row.OldLow, row.OldClose, row.OldVolume),
            Values(row.NewOpen, row.NewHigh, row.NewLow, row.NewClose, row.NewVolume)
        );

    private static DailyValues? Values(decimal? open, decimal? high, decimal? low, decimal? close, decimal? volume) =>
        close is { } last ? new(open ?? last, high ?? last, low ?? last, last, volume ?? 0) : null;
}

internal sealed class ListPriceCorrectionsRules : AbstractValidator<ListPriceCorrections>
{
    public ListPriceCorrectionsRules(TimeProvider clock)
    {
        RuleFor(request => request.Limit).Limit();
        this.Range(request => request.From, request => request.To, clock);
    }
}

internal sealed class ListPriceCorrectionsHandler(IDatabase database) : IRequestHandler<ListPriceCorrections, Page<PriceCorrectionDetails>>
{
    public async Task<Page<PriceCorrectionDetails>> Handle(ListPriceCorrections request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = database.PriceCorrections.AsNoTracking();
        if (request.StockId is { } stock)
            rows = rows.Where(row => row.StockId == stock);
        if (request.From is { } from)
            rows = rows.Where(row => row.Date >= from);
        if (request.To is { } to)
            rows = rows.Where(row => row.Date <= to);
        if (Cursor.Number(request.Cursor) is { } before)
            rows = rows.Where(row => row.Sequence < before);
        var page = await rows.OrderByDescending(row => row.Sequence).Take(limit + 1).ToListAsync(cancellationToken);
        return Cursor.PageOf(page.ConvertAll(PriceCorrectionDetails.Of), limit, row => [row.Sequence]);
    }
}
