using System.Text.Json;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Rows of the provider that were refused, newest first; optionally of one status, reason or ticker.</summary>
public sealed record ListQuarantinedRows(QuarantineStatus? Status, string? Reason, string? Ticker, string? Cursor, int? Limit)
    : IRequest<Page<QuarantinedRowDetails>>;

/// <summary>A row that was refused.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is a row of.</param>
/// <param name="Ticker">Whose it is, as told; null when that can't be read.</param>
/// <param name="StockId">The stock that bore the ticker that day; null when there was none.</param>
/// <param name="Date">Its day; null when that can't be read.</param>
/// <param name="Reason">Why it was refused: negativePrice, zeroPrice, highBelowLow, notANumber, negativeVolume, beyondRange, futureDate, outOfRange, unreadableTicker, unknownSymbol, jump, noAmount, noCurrency, noSplit or duplicate.</param>
/// <param name="Detail">For people.</param>
/// <param name="Content">Its values as the provider told them.</param>
/// <param name="FirstSeenAt">When it was first told.</param>
/// <param name="LastSeenAt">When it was last told.</param>
/// <param name="TimesSeen">How often it was told.</param>
/// <param name="Status">What became of it.</param>
/// <param name="DecidedAt">When that was decided; null while it is held.</param>
/// <param name="DecidedBy">Who decided: the audit log's caller, <c>user:</c> or <c>key:</c> and an id, or <c>oidc:</c> and the subject of another issuer's token; null when nobody had to.</param>
/// <param name="DecisionReason">Why; null when nobody had to decide.</param>
public sealed record QuarantinedRowDetails(
    Id<QuarantinedRow> Id,
    RowKind Kind,
    string? Ticker,
    Id<Stock>? StockId,
    DateOnly? Date,
    string Reason,
    string Detail,
    IReadOnlyDictionary<string, string?> Content,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    int TimesSeen,
    QuarantineStatus Status,
    DateTimeOffset? DecidedAt,
    string? DecidedBy,
    string? DecisionReason
)
{
    internal static QuarantinedRowDetails Of(QuarantinedRow row) =>
        new(
            row.Id,
            row.Kind,
            row.Ticker,
            row.StockId,
            row.Date,
            row.Reason,
            row.Detail,
            JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Content)!,
            row.FirstSeenAt,
            row.LastSeenAt,
            row.TimesSeen,
            row.Status,
            row.DecidedAt,
            row.DecidedBy,
            row.DecisionReason
        );
}

internal sealed class ListQuarantinedRowsRules : AbstractValidator<ListQuarantinedRows>
{
    public ListQuarantinedRowsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListQuarantinedRowsHandler(IDatabase database) : IRequestHandler<ListQuarantinedRows, Page<QuarantinedRowDetails>>
{
    public async Task<Page<QuarantinedRowDetails>> Handle(ListQuarantinedRows request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = database.QuarantinedRows.AsNoTracking();
        if (request.Status is { } status)
            rows = rows.Where(row => row.Status == status);
        if (request.Reason is { } reason)
            rows = rows.Where(row => row.Reason == reason);
        if (request.Ticker is { } ticker)
            rows = rows.Where(row => row.Ticker == ticker);
        if (Cursor.Guid(request.Cursor) is { } before)
            rows = rows.Where(row => row.Id < new Id<QuarantinedRow>(before));
        var page = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return Cursor.PageOf(page.ConvertAll(QuarantinedRowDetails.Of), limit, row => [row.Id]);
    }
}
