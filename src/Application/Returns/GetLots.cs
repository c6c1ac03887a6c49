using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>The open lots of a portfolio at the close of a day, today unless told otherwise; of all its stocks or of one.</summary>
public sealed record GetLots(Id<Portfolio> PortfolioId, DateOnly? AsOf, Id<Stock>? StockId) : IRequest<LotsReport>;

/// <summary>What the holdings of a day are made of.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Currency">Currency of cost, value and gain.</param>
/// <param name="CostMethod">Gives the order of the lots, and pools them when it is <c>average</c>.</param>
/// <param name="Stocks">Positions of more than nothing, by ticker.</param>
/// <param name="Cost">Sum of the costs; null when one is unknown.</param>
/// <param name="Value">Sum of the values; null when one is unknown.</param>
/// <param name="UnrealisedGain">Value - cost; null when one is unknown.</param>
/// <param name="Method">What was done: <c>openLots</c>, each lot at its own cost.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why not further.</param>
public sealed record LotsReport(
    DateOnly AsOf,
    Currency Currency,
    CostMethod CostMethod,
    IReadOnlyList<StockLots> Stocks,
    decimal? Cost,
    decimal? Value,
    decimal? UnrealisedGain,
    string Method,
    LotConventions Conventions,
    string DataVersion,
    QualityReport Quality
)
{
    internal static LotsReport Of(LoadedLedgers loaded, DateOnly asOf, Id<Stock>? stockId)
    {
        var ledger = loaded.Ledgers[0];
        var holdings = ledger.HoldingsOn(asOf).Where(holding => stockId is null || holding.Stock.Id == stockId).ToList();
        // The ledger's own fold has gone on to the last entry, and its lots with it.
        var positions = ledger.PositionsThrough(asOf);
        var stocks = holdings.ConvertAll(holding => StockLots.Of(positions[holding.Stock.Id], holding, asOf));
        var cost = stocks.Aggregate((decimal?)0m, (sum, stock) => sum + stock.Cost);
        var value = stocks.Aggregate((decimal?)0m, (sum, stock) => sum + stock.Value);
        return new LotsReport(
            asOf,
            ledger.Currency,
            ledger.Portfolio.CostMethod,
            stocks,
            cost,
            value,
            value - cost,
            "openLots",
            LotConventions.Of(ledger),
            loaded.DataVersion,
            QualityReport.Of(holdings.SelectMany(holding => holding.Marks))
        );
    }
}

/// <summary>One position and its lots, whose quantities, costs, values and gains add up to its own.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Quantity">Shares, in shares of the day.</param>
/// <param name="Cost">Cost of the lots, charges included.</param>
/// <param name="Price">Last raw close on or before the day, per share of the day, in the stock's currency.</param>
/// <param name="PriceDate">Session of that price.</param>
/// <param name="PriceCurrency">The stock's currency.</param>
/// <param name="Value">Value at that price; null while there is none.</param>
/// <param name="UnrealisedGain">Value - cost.</param>
/// <param name="Lots">The lots in the order in which sales will take them.</param>
/// <param name="Marks">Codes: <c>stale</c>, <c>fxRateStale</c>, <c>priceMissing</c>, <c>fxRateMissing</c>, <c>ledgerOversold</c>.</param>
public sealed record StockLots(
    Id<Stock> StockId,
    string Ticker,
    decimal Quantity,
    decimal? Cost,
    decimal? Price,
    DateOnly? PriceDate,
    Currency PriceCurrency,
    decimal? Value,
    decimal? UnrealisedGain,
    IReadOnlyList<LotReport> Lots,
    IReadOnlyList<string> Marks
)
{
    internal static StockLots Of(Position position, Holding holding, DateOnly asOf)
    {
        var value = holding.Quote is null ? null : holding.Value;
        return new StockLots(
            holding.Stock.Id,
            holding.Stock.Ticker,
            holding.Quantity,
            holding.Cost,
            holding.Quote?.Price,
            holding.Quote?.Date,
            holding.Stock.Currency,
            value,
            value - holding.Cost,
            [.. OpenLots.Of(position, holding, asOf).Select(LotReport.Of)],
            [.. holding.Marks.Select(mark => mark.Code)]
        );
    }
}

/// <summary>Shares bought together and still held.</summary>
/// <param name="PurchaseId">The purchase or transfer in; of a pooled lot, the first one.</param>
/// <param name="AcquiredOn">Purchase date.</param>
/// <param name="Quantity">Shares, in shares of the day.</param>
/// <param name="Price">Paid for the shares alone.</param>
/// <param name="Charges">Fees and taxes of the purchase.</param>
/// <param name="Cost">Price and charges.</param>
/// <param name="UnitCost">Cost per share of the day, half-even to 10 decimals.</param>
/// <param name="Value">Share of the position's value.</param>
/// <param name="UnrealisedGain">Value - cost.</param>
/// <param name="DaysHeld">Days between purchase and the day.</param>
/// <param name="LongTerm">Held for more than 365 days.</param>
public sealed record LotReport(
    Id<Transaction> PurchaseId,
    DateOnly AcquiredOn,
    decimal Quantity,
    decimal? Price,
    decimal? Charges,
    decimal? Cost,
    decimal? UnitCost,
    decimal? Value,
    decimal? UnrealisedGain,
    int DaysHeld,
    bool LongTerm
)
{
    internal static LotReport Of(OpenLot lot) =>
        new(
            lot.Lot.PurchaseId,
            lot.Lot.AcquiredOn,
            lot.Quantity,
            lot.Price,
            lot.Charges,
            lot.Cost,
            lot.UnitCost,
            lot.Value,
            lot.UnrealisedGain,
            lot.DaysHeld,
            lot.LongTerm
        );
}

internal sealed class GetLotsRules : AbstractValidator<GetLots>
{
    public GetLotsRules(TimeProvider clock) => this.Range(request => request.AsOf, request => request.AsOf, clock, "asOf");
}

internal sealed class GetLotsHandler(LedgerLoader loader, TimeProvider clock) : IRequestHandler<GetLots, LotsReport>
{
    public async Task<LotsReport> Handle(GetLots request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, reporting: null, cancellationToken);
        await loader.EnsureStock(request.StockId, cancellationToken);
        return LotsReport.Of(loaded, request.AsOf ?? UsMarketCalendar.DateOf(clock.GetUtcNow()), request.StockId);
    }
}
