using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Stocks;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;

namespace CleanPortfolio.Application.Transactions;

/// <summary>A new transaction. The stock is named by id or by ticker; amounts are positive, the kind gives their direction.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Date">Trading day in the zone of the exchange; not after today.</param>
/// <param name="StockId">The stock, for kinds that concern one.</param>
/// <param name="Ticker">
/// Its ticker, instead of the id: the stock that bore it on that day, else the active stock of that ticker, else the last that bore it.
/// </param>
/// <param name="Quantity">Shares, in shares of that date; at most 10 decimals.</param>
/// <param name="UnitPrice">Price per share; for a transfer in, the cost per share carried in.</param>
/// <param name="Amount">Gross amount of a kind without quantity.</param>
/// <param name="Fee">Fee on top of a purchase, or out of proceeds or income.</param>
/// <param name="Tax">Tax on top of a purchase, or out of proceeds or income.</param>
/// <param name="Currency">Currency of the amounts; the portfolio's if absent.</param>
/// <param name="FxRate">Portfolio currency per currency of the transaction.</param>
/// <param name="AcquiredOn">Purchase date carried in by a transfer.</param>
/// <param name="Note">Free text, at most 2000 characters.</param>
/// <param name="ExternalId">The client's own key, unique among the portfolio's entries that count, at most 200 characters.</param>
/// <param name="IntoStockId">The stock whose shares a spin-off or merger brings.</param>
/// <param name="IntoTicker">Its ticker, instead of the id.</param>
/// <param name="IntoQuantity">How many shares of it.</param>
/// <param name="CostShare">Part of the cost, from 0 to 1, that goes over to those shares; of a merger without cash all of it if absent.</param>
public sealed record TransactionDraft(
    TransactionKind Kind,
    DateOnly Date,
    Id<Stock>? StockId = null,
    string? Ticker = null,
    decimal? Quantity = null,
    decimal? UnitPrice = null,
    decimal? Amount = null,
    decimal Fee = 0,
    decimal Tax = 0,
    Currency? Currency = null,
    decimal? FxRate = null,
    DateOnly? AcquiredOn = null,
    string? Note = null,
    string? ExternalId = null,
    Id<Stock>? IntoStockId = null,
    string? IntoTicker = null,
    decimal? IntoQuantity = null,
    decimal? CostShare = null
)
{
    internal StockName[] Names() => [new StockName(StockId, Ticker, Date), new StockName(IntoStockId, IntoTicker, Date)];

    internal Entry ToEntry(StockNames names, Currency currency) =>
        ToEntry(names.Need(new StockName(StockId, Ticker, Date)), names.Need(new StockName(IntoStockId, IntoTicker, Date)), currency);

    internal Entry ToEntry(Id<Stock>? stockId, Id<Stock>? intoStockId, Currency currency) =>
        new(
            Kind,
            Date,
            stockId,
            Quantity,
            UnitPrice,
            Amount,
            Fee,
            Tax,
            Currency ?? currency,
            FxRate,
            AcquiredOn,
            Note,
            ExternalId,
            intoStockId,
            IntoQuantity,
            CostShare
        );
}

internal sealed class TransactionDraftRules : AbstractValidator<TransactionDraft>
{
    public TransactionDraftRules()
    {
        RuleFor(draft => draft.Note).MaximumLength(2000);
        RuleFor(draft => draft.ExternalId).Length(1, 200);
        RuleFor(draft => draft.Date).GreaterThanOrEqualTo(CommonRules.Earliest);
        RuleFor(draft => draft.AcquiredOn).GreaterThanOrEqualTo(CommonRules.Earliest);
        RuleFor(draft => draft.Ticker).Null().When(draft => draft.StockId is not null).WithMessage("must be absent when stockId is given.");
        RuleFor(draft => draft.IntoTicker)
            .Null()
            .When(draft => draft.IntoStockId is not null)
            .WithMessage("must be absent when intoStockId is given.");
        RuleFor(draft => draft)
            .Custom(
                (draft, context) =>
                {
                    // Whatever names a stock stands in for it here; whether it exists is the handler's to find out.
                    var stock = draft.StockId ?? StandIn(draft.Ticker);
                    var into = draft.IntoStockId ?? StandIn(draft.IntoTicker);
                    foreach (var (field, text) in TransactionShape.Problems(draft.ToEntry(stock, into, Currency.Usd)))
                        context.AddFailure(field, text);
                }
            );
    }

    private static Id<Stock>? StandIn(string? ticker) =>
        ticker is null ? null : new Id<Stock>(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(ticker)).AsSpan(0, 16)));
}
