using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>
/// Known stocks in the order of their tickers; or those that a search finds, best first; or those that bear or bore one ticker, the
/// present bearer first.
/// </summary>
public sealed record SearchStocks(string? Search, string? Ticker, bool? Active, string? Cursor, int? Limit) : IRequest<Page<StockDetails>>;

internal sealed class SearchStocksRules : AbstractValidator<SearchStocks>
{
    public SearchStocksRules()
    {
        RuleFor(request => request.Limit).Limit();
        RuleFor(request => request.Search).MaximumLength(100);
    }
}

internal sealed class SearchStocksHandler(IDatabase database, IMapper mapper) : IRequestHandler<SearchStocks, Page<StockDetails>>
{
    public async Task<Page<StockDetails>> Handle(SearchStocks request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var hits = StockHits.Of(database, request.Search, request.Ticker);
        if (request.Active is { } active)
            hits = hits.Where(hit => hit.Active == active);
        if (Cursor.RankTextAndGuid(request.Cursor) is var (rank, after, id))
            hits = hits.Where(hit =>
                hit.Rank > rank
                || (hit.Rank == rank && (string.Compare(hit.Ticker, after) > 0 || (hit.Ticker == after && hit.StockId > new Id<Stock>(id))))
            );
        var found = await hits.OrderBy(hit => hit.Rank)
            .ThenBy(hit => hit.Ticker)
            .ThenBy(hit => hit.StockId)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = Cursor.PageOf(found, limit, hit => [hit.Rank, hit.Ticker, hit.StockId]);
        return new Page<StockDetails>(await Details(page.Items, cancellationToken), page.NextCursor);
    }

    private async Task<IReadOnlyList<StockDetails>> Details(IReadOnlyList<StockHit> hits, CancellationToken cancellationToken)
    {
        var ids = hits.Select(hit => hit.StockId).ToList();
        var details = await database
            .Stocks.Where(stock => ids.Contains(stock.Id))
            .ProjectTo<StockDetails>(mapper.ConfigurationProvider)
            .ToDictionaryAsync(stock => stock.Id, cancellationToken);
        return [.. ids.Select(id => details[id])];
    }
}
