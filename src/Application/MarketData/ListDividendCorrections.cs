using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Changes of stored dividends by the provider, newest first; optionally of one stock.</summary>
public sealed record ListDividendCorrections(Id<Stock>? StockId, string? Cursor, int? Limit) : IRequest<Page<DividendCorrectionDetails>>;

/// <summary>A stored dividend that changed.</summary>
/// <param name="Sequence">Order of the changes.</param>
/// <param name="DividendId">The dividend, which keeps its id.</param>
/// <param name="StockId">The stock.</param>
/// <param name="At">When it changed.</param>
/// <param name="OldExDate">Ex-date before.</param>
/// <param name="OldAmount">Cash per share before.</param>
/// <param name="OldCurrency">Currency before.</param>
/// <param name="NewExDate">Ex-date since.</param>
/// <param name="NewAmount">Cash per share since.</param>
/// <param name="NewCurrency">Currency since.</param>
public sealed record DividendCorrectionDetails(
    long Sequence,
    Id<Dividend> DividendId,
    Id<Stock> StockId,
    DateTimeOffset At,
    DateOnly OldExDate,
    decimal OldAmount,
    Currency OldCurrency,
    DateOnly NewExDate,
    decimal NewAmount,
    Currency NewCurrency
);

internal sealed class ListDividendCorrectionsRules : AbstractValidator<ListDividendCorrections>
{
    public ListDividendCorrectionsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListDividendCorrectionsHandler(IDatabase database)
    : IRequestHandler<ListDividendCorrections, Page<DividendCorrectionDetails>>
{
    public async Task<Page<DividendCorrectionDetails>> Handle(ListDividendCorrections request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = database.DividendCorrections.AsNoTracking();
        if (request.StockId is { } stock)
            rows = rows.Where(row => row.StockId == stock);
        if (Cursor.Number(request.Cursor) is { } before)
            rows = rows.Where(row => row.Sequence < before);
        var page = await rows.OrderByDescending(row => row.Sequence)
            .Take(limit + 1)
            .Select(row => new DividendCorrectionDetails(
                row.Sequence,
                row.DividendId,
                row.StockId,
                row.At,
                row.OldExDate,
                row.OldAmount,
                row.OldCurrency,
                row.NewExDate,
                row.NewAmount,
                row.NewCurrency
            ))
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, row => [row.Sequence]);
    }
}
