using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>What the sales of a range realised, lot by lot; from the first transaction until today unless told otherwise.</summary>
public sealed record GetGains(Id<Portfolio> PortfolioId, DateOnly? From, DateOnly? To) : IRequest<GainsReport>;

/// <summary>Realised gains by the portfolio's cost method.</summary>
/// <param name="From">First day of sales, included.</param>
/// <param name="To">Last day of sales, included.</param>
/// <param name="Currency">Currency of the amounts.</param>
/// <param name="CostMethod">Which lots the sales consumed.</param>
/// <param name="Lots">Every match of a sale with a lot, by date of sale.</param>
/// <param name="TotalGain">Sum of the gains; null when an exchange rate is missing.</param>
/// <param name="ShortTermGain">Of lots held for 365 days or less; null when an exchange rate is missing.</param>
/// <param name="LongTermGain">Of lots held for more than 365 days; null when an exchange rate is missing.</param>
/// <param name="Method">What was done: <c>matchedLots</c>, each sale against the lots that it consumed.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why not further.</param>
public sealed record GainsReport(
    DateOnly From,
    DateOnly To,
    Currency Currency,
    CostMethod CostMethod,
    IReadOnlyList<RealisedGain> Lots,
    decimal? TotalGain,
    decimal? ShortTermGain,
    decimal? LongTermGain,
    string Method,
    LotConventions Conventions,
    string DataVersion,
    QualityReport Quality
)
{
    internal static GainsReport Of(LoadedLedgers loaded, DateRange range)
    {
        var (ledger, (from, to)) = (loaded.Ledgers[0], range);
        var quality = QualityReport.Of(ledger.LotMarksThrough(to));
        var known = quality.Status is QualityStatus.Complete;
        var lots = ledger
            .Stocks.Where(_ => known)
            .SelectMany(stock => stock.Position.Realised.Select(lot => RealisedGain.Of(stock.Facts, lot)))
            .Where(lot => lot.SoldOn >= from && lot.SoldOn <= to)
            .OrderBy(lot => lot.SoldOn)
            .ThenBy(lot => lot.SaleId)
            .ToList();
        return new GainsReport(
            from,
            to,
            ledger.Currency,
            ledger.Portfolio.CostMethod,
            lots,
            known ? lots.Sum(lot => lot.Gain) : null,
            known ? lots.Where(lot => !lot.LongTerm).Sum(lot => lot.Gain) : null,
            known ? lots.Where(lot => lot.LongTerm).Sum(lot => lot.Gain) : null,
            "matchedLots",
            LotConventions.Of(ledger),
            loaded.DataVersion,
            quality
        );
    }
}

/// <summary>What one sale realised on one lot.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="SaleId">The sale.</param>
/// <param name="PurchaseId">The purchase; of a pooled lot, the first one.</param>
/// <param name="SoldOn">Date of the sale.</param>
/// <param name="AcquiredOn">Date of the purchase.</param>
/// <param name="DaysHeld">Days between.</param>
/// <param name="LongTerm">Held for more than 365 days.</param>
/// <param name="Quantity">Shares, in shares of the sale's date.</param>
/// <param name="Proceeds">Proceeds after the sale's charges.</param>
/// <param name="Cost">Cost with the purchase's charges.</param>
/// <param name="Gain">Proceeds - cost.</param>
/// <param name="FxGain">Part of the gain that exchange rates made; 0 within one currency.</param>
public sealed record RealisedGain(
    Id<Stock> StockId,
    string Ticker,
    Id<Transaction> SaleId,
    Id<Transaction> PurchaseId,
    DateOnly SoldOn,
    DateOnly AcquiredOn,
    int DaysHeld,
    bool LongTerm,
    decimal Quantity,
    decimal Proceeds,
    decimal Cost,
    decimal Gain,
    decimal FxGain
)
{
    internal static RealisedGain Of(StockFacts stock, RealisedLot lot) =>
        new(
            stock.Id,
            stock.Ticker,
            lot.SaleId,
            lot.PurchaseId,
            lot.SoldOn,
            lot.AcquiredOn,
            lot.DaysHeld,
            lot.LongTerm,
            lot.Quantity,
            lot.Proceeds - lot.SaleCharges,
            lot.Price + lot.PurchaseCharges,
            lot.Gain,
            lot.FxGain
        );
}

internal sealed class GetGainsRules : AbstractValidator<GetGains>
{
    public GetGainsRules(TimeProvider clock) => this.Range(request => request.From, request => request.To, clock);
}

internal sealed class GetGainsHandler(LedgerLoader loader, TimeProvider clock) : IRequestHandler<GetGains, GainsReport>
{
    public async Task<GainsReport> Handle(GetGains request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, reporting: null, cancellationToken);
        return GainsReport.Of(loaded, DateRange.Of(loaded, request.From, request.To, clock));
    }
}
