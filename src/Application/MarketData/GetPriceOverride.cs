using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>A day's price that was set by hand.</summary>
public sealed record GetPriceOverride(Id<Stock> StockId, DateOnly Date) : IRequest<PriceOverrideDetails>;

internal sealed class GetPriceOverrideHandler(IDatabase database, ManualPriceBook book)
    : IRequestHandler<GetPriceOverride, PriceOverrideDetails>
{
    public async Task<PriceOverrideDetails> Handle(GetPriceOverride request, CancellationToken cancellationToken)
    {
        var found = await database
            .ManualPrices.AsNoTracking()
            .FirstOrDefaultAsync(price => price.StockId == request.StockId && price.Date == request.Date, cancellationToken);
        var values = found is null ? null : await book.Present(request.StockId, request.Date, cancellationToken);
        var name = $"of {request.StockId} on {request.Date:yyyy-MM-dd}";
        return PriceOverrideDetails.Of(NotFound.Unless(found, "priceOverride", name), NotFound.Unless(values, "priceOverride", name));
    }
}
