using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>Daily prices of a stock, the last year unless told otherwise.</summary>
public sealed record GetStockPrices(Id<Stock> StockId, DateOnly? From, DateOnly? To, PriceBasis? Basis) : IRequest<PriceReport>;

/// <summary>A series of daily prices.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Currency">Currency of the prices.</param>
/// <param name="From">First day asked for.</param>
/// <param name="To">Last day asked for.</param>
/// <param name="Basis"><c>raw</c> as traded; <c>split</c> in shares of the last day; <c>total</c> with dividends reinvested at the close of the ex-date too.</param>
/// <param name="Prices">Sessions in order; adjusted prices are half-even to 10 decimals.</param>
/// <param name="SkippedDividends">Dividends in another currency, which <c>total</c> leaves out: more than 0 makes it an understatement.</param>
public sealed record PriceReport(
    Id<Stock> StockId,
    string Ticker,
    Currency Currency,
    DateOnly From,
    DateOnly To,
    PriceBasis Basis,
    IReadOnlyList<Bar> Prices,
    int SkippedDividends
);

internal sealed class GetStockPricesRules : AbstractValidator<GetStockPrices>
{
    public GetStockPricesRules(TimeProvider clock) => this.Range(request => request.From, request => request.To, clock);
}

internal sealed class GetStockPricesHandler(IDatabase database, TimeProvider clock) : IRequestHandler<GetStockPrices, PriceReport>
{
    public async Task<PriceReport> Handle(GetStockPrices request, CancellationToken cancellationToken)
    {
        var found = await database
            .Stocks.Where(stock => stock.Id == request.StockId)
            .Select(stock => new { stock.Ticker, stock.Currency })
            .FirstOrDefaultAsync(cancellationToken);
        var stock = NotFound.Unless(found, "stock", request.StockId);
        var to = request.To ?? UsMarketCalendar.DateOf(clock.GetUtcNow());
        var from = request.From ?? to.AddYears(-1).AddDays(1);
        var bars = await database
            .DailyPrices.Where(price => price.StockId == request.StockId && price.Date >= from && price.Date <= to)
            .OrderBy(price => price.Date)
            .Select(price => new Bar(price.Date, price.Open, price.High, price.Low, price.Close, price.Volume))
            .ToListAsync(cancellationToken);
        var basis = request.Basis ?? PriceBasis.Raw;
        var (splits, dividends) = await Actions(request.StockId, bars, basis, to, cancellationToken);
        var ownCurrency = dividends.Select(dividend => dividend.In(stock.Currency)).OfType<Dividend>().ToList();
        return new PriceReport(
            request.StockId,
            stock.Ticker,
            stock.Currency,
            from,
            to,
            basis,
            basis is PriceBasis.Raw ? bars : AdjustedPrices.Of(bars, splits, ownCurrency),
            dividends.Count - ownCurrency.Count
        );
    }

    private async Task<(List<Split> Splits, List<Dividend> Dividends)> Actions(
        Id<Stock> stockId,
        List<Bar> bars,
        PriceBasis basis,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        if (basis is PriceBasis.Raw || bars.Count == 0)
            return ([], []);
        var first = bars[0].Date;
        var splits = await database
            .Splits.AsNoTracking()
            .Where(split => split.StockId == stockId && split.ExecutionDate > first && split.ExecutionDate <= to)
            .ToListAsync(cancellationToken);
        if (basis is PriceBasis.Split)
            return (splits, []);
        var dividends = await database
            .Dividends.AsNoTracking()
            .Where(dividend => dividend.StockId == stockId && dividend.ExDate > first && dividend.ExDate <= to)
            .ToListAsync(cancellationToken);
        return (splits, dividends);
    }
}
