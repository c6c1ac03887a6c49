using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>Known stocks in the order of their tickers, optionally those that a search finds or of one ticker.</summary>
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
        var stocks = database.Stocks.AsQueryable();
        if (request.Ticker is { } ticker)
            stocks = stocks.Where(stock => stock.Ticker == ticker);
        if (request.Active is { } active)
            stocks = stocks.Where(stock => stock.Active == active);
        if (request.Search is { Length: > 0 } search)
            stocks = stocks.Where(stock =>
                stock.Ticker.ToLower().StartsWith(search.ToLower())
                || (stock.Name != null && stock.Name.ToLower().Contains(search.ToLower()))
            );
        if (Cursor.TextAndGuid(request.Cursor) is var (after, id))
            stocks = stocks.Where(stock =>
                string.Compare(stock.Ticker, after) > 0 || (stock.Ticker == after && stock.Id > new Id<Stock>(id))
            );
        var page = await stocks
            .OrderBy(stock => stock.Ticker)
            .ThenBy(stock => stock.Id)
            .Take(limit + 1)
            .ProjectTo<StockDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, stock => [stock.Ticker, stock.Id]);
    }
}
