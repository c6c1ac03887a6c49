using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>One stock.</summary>
public sealed record GetStock(Id<Stock> StockId) : IRequest<StockDetails>;

internal sealed class GetStockHandler(IDatabase database, IMapper mapper) : IRequestHandler<GetStock, StockDetails>
{
    public async Task<StockDetails> Handle(GetStock request, CancellationToken cancellationToken)
    {
        var stock = await database
            .Stocks.Where(stock => stock.Id == request.StockId)
            .ProjectTo<StockDetails>(mapper.ConfigurationProvider)
            .FirstOrDefaultAsync(cancellationToken);
        return NotFound.Unless(stock, "stock", request.StockId);
    }
}
