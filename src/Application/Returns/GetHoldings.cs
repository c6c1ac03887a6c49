using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>What a portfolio holds at the close of a day, today unless told otherwise.</summary>
public sealed record GetHoldings(Id<Portfolio> PortfolioId, DateOnly? AsOf) : IRequest<HoldingsReport>;

/// <summary>The holdings of a day.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Currency">Currency of cost, value and cash.</param>
/// <param name="Holdings">Positions of more than nothing, by ticker.</param>
/// <param name="Cash">Cash balance; null for a portfolio that does not track it.</param>
/// <param name="TotalValue">Value of the holdings and of tracked cash; null when one is unknown.</param>
/// <param name="Method">What was done: <c>marketValue</c>, quantity x price x rate.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why not further.</param>
public sealed record HoldingsReport(
    DateOnly AsOf,
    Currency Currency,
    IReadOnlyList<HoldingReport> Holdings,
    decimal? Cash,
    decimal? TotalValue,
    string Method,
    LotConventions Conventions,
    string DataVersion,
    QualityReport Quality
)
{
    internal static HoldingsReport Of(LoadedLedgers loaded, DateOnly asOf)
    {
        var ledger = loaded.Ledgers[0];
        var holdings = ledger.HoldingsOn(asOf);
        var cash = ledger.CashOn(asOf);
        var total = holdings.Aggregate(cash, (sum, holding) => sum + holding.Value);
        return new HoldingsReport(
            asOf,
            ledger.Currency,
            [.. holdings.Select(holding => HoldingReport.Of(holding, total))],
            ledger.TracksCash ? cash : null,
            total,
            "marketValue",
            LotConventions.Of(ledger),
            loaded.DataVersion,
            QualityReport.Of(
                holdings
                    .SelectMany(holding => holding.Marks)
                    .Concat(ledger.LotMarksThrough(asOf))
                    .Concat(cash is null ? ledger.RatesMissing(asOf, asOf) : [])
            )
        );
    }
}

/// <summary>One position.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Quantity">Shares, in shares of the day.</param>
/// <param name="Cost">Cost of the open lots, charges included.</param>
/// <param name="Price">Last raw close on or before the day, per share of the day, in the stock's currency.</param>
/// <param name="PriceDate">Session of that price.</param>
/// <param name="PriceCurrency">The stock's currency.</param>
/// <param name="FxRate">Portfolio currency per unit of the stock's, half-even to 10 decimals; values are made with its exact ratio.</param>
/// <param name="FxRateDate">Day of that rate; null within one currency.</param>
/// <param name="Value">quantity x price x rate; the cost while there is no price.</param>
/// <param name="UnrealisedGain">Value - cost.</param>
/// <param name="UnrealisedFx">Part of it that exchange rates made; 0 within one currency.</param>
/// <param name="Weight">Value / total value, a fraction.</param>
/// <param name="Marks">Codes: <c>stale</c>, <c>fxRateStale</c>, <c>priceMissing</c>, <c>fxRateMissing</c>, <c>ledgerOversold</c>.</param>
public sealed record HoldingReport(
    Id<Stock> StockId,
    string Ticker,
    decimal Quantity,
    decimal? Cost,
    decimal? Price,
    DateOnly? PriceDate,
    Currency PriceCurrency,
    decimal? FxRate,
    DateOnly? FxRateDate,
    decimal? Value,
    decimal? UnrealisedGain,
    decimal? UnrealisedFx,
    double? Weight,
    IReadOnlyList<string> Marks
)
{
    internal static HoldingReport Of(Holding holding, decimal? total) =>
        new(
            holding.Stock.Id,
            holding.Stock.Ticker,
            holding.Quantity,
            holding.Cost,
            holding.Quote?.Price,
            holding.Quote?.Date,
            holding.Stock.Currency,
            holding.Rate?.ToDecimal(),
            holding.Rate?.Date,
            holding.Value,
            holding.Value - holding.Cost,
            holding.Value is null ? null : holding.UnrealisedFx,
            holding.Value is { } value && total is { } whole ? Exact.Ratio(value, whole) : null,
            [.. holding.Marks.Select(mark => mark.Code)]
        );
}

internal sealed class GetHoldingsRules : AbstractValidator<GetHoldings>
{
    public GetHoldingsRules(TimeProvider clock) => this.Range(request => request.AsOf, request => request.AsOf, clock, "asOf");
}

internal sealed class GetHoldingsHandler(LedgerLoader loader, TimeProvider clock) : IRequestHandler<GetHoldings, HoldingsReport>
{
    public async Task<HoldingsReport> Handle(GetHoldings request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, reporting: null, cancellationToken);
        return HoldingsReport.Of(loaded, request.AsOf ?? UsMarketCalendar.DateOf(clock.GetUtcNow()));
    }
}
