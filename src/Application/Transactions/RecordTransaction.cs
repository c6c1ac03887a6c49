using System.Security.Cryptography;
using System.Text;
using AutoMapper;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Transactions;

/// <summary>Records a transaction in a portfolio's ledger.</summary>
public sealed record RecordTransaction(Id<Portfolio> PortfolioId, TransactionDraft Draft) : IRequest<TransactionDetails>;

/// <summary>A new transaction. The stock is named by id or by ticker; amounts are positive, the kind gives their direction.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Date">Trading day in the zone of the exchange; not after today.</param>
/// <param name="StockId">The stock, for kinds that concern one.</param>
/// <param name="Ticker">Its ticker, instead of the id; the active stock of that ticker, else the last delisted one.</param>
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

internal sealed class RecordTransactionRules : AbstractValidator<RecordTransaction>
{
    public RecordTransactionRules()
    {
        RuleFor(request => request.Draft.Note).MaximumLength(2000);
        RuleFor(request => request.Draft.ExternalId).Length(1, 200);
        RuleFor(request => request.Draft.Date).GreaterThanOrEqualTo(CommonRules.Earliest);
        RuleFor(request => request.Draft.AcquiredOn).GreaterThanOrEqualTo(CommonRules.Earliest);
        RuleFor(request => request.Draft.Ticker)
            .Null()
            .When(request => request.Draft.StockId is not null)
            .WithMessage("must be absent when stockId is given.");
        RuleFor(request => request.Draft.IntoTicker)
            .Null()
            .When(request => request.Draft.IntoStockId is not null)
            .WithMessage("must be absent when intoStockId is given.");
        RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    // Whatever names a stock stands in for it here; whether it exists is the handler's to find out.
                    var stock = request.Draft.StockId ?? StandIn(request.Draft.Ticker);
                    var into = request.Draft.IntoStockId ?? StandIn(request.Draft.IntoTicker);
                    foreach (var (field, text) in TransactionShape.Problems(request.Draft.ToEntry(stock, into, Currency.Usd)))
                        context.AddFailure(field, text);
                }
            );
    }

    private static Id<Stock>? StandIn(string? ticker) =>
        ticker is null ? null : new Id<Stock>(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(ticker)).AsSpan(0, 16)));
}

internal sealed class RecordTransactionHandler(IDatabase database, IMapper mapper, TimeProvider clock)
    : IRequestHandler<RecordTransaction, TransactionDetails>
{
    public async Task<TransactionDetails> Handle(RecordTransaction request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await database.Portfolios.FirstOrDefaultAsync(portfolio => portfolio.Id == request.PortfolioId, cancellationToken);
        var portfolio = NotFound.Unless(found, "portfolio", request.PortfolioId);
        var draft = request.Draft;
        var stockId = await FindStock(draft.StockId, draft.Ticker, cancellationToken);
        var intoStockId = await FindStock(draft.IntoStockId, draft.IntoTicker, cancellationToken);
        var transaction = new Transaction(portfolio.Id, draft.ToEntry(stockId, intoStockId, portfolio.Currency), now);
        var (linked, splits) = await database.LinkedHistory(transaction, cancellationToken);
        portfolio.Record(transaction, linked, splits, UsMarketCalendar.DateOf(now));
        database.Transactions.Add(transaction);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<TransactionDetails>(transaction);
    }

    private async Task<Id<Stock>?> FindStock(Id<Stock>? stockId, string? ticker, CancellationToken cancellationToken)
    {
        if (stockId is null && ticker is null)
            return null;
        var stocks = stockId is { } id
            ? database.Stocks.Where(stock => stock.Id == id)
            : database.Stocks.Where(stock => stock.Ticker == ticker);
        var found = await stocks
            .OrderByDescending(stock => stock.Active)
            .ThenByDescending(stock => stock.DelistedOn)
            .Select(stock => (Id<Stock>?)stock.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return found ?? throw new NotFound("stock", stockId?.ToString() ?? ticker ?? "");
    }
}

internal static class LedgerQueries
{
    /// <summary>
    /// What decides on a change of <paramref name="entry"/>: the entries of its stock, and those of every stock of the portfolio once a spin-off
    /// or merger can have linked them; with the splits of these stocks.
    /// </summary>
    public static async Task<(List<Transaction> Linked, List<Split> Splits)> LinkedHistory(
        this IDatabase database,
        Transaction entry,
        CancellationToken cancellationToken
    )
    {
        if (entry.StockId is not { } stockId)
            return ([], []);
        var own = database.Transactions.Where(other => other.PortfolioId == entry.PortfolioId && other.StockId != null);
        var linking = entry.IntoStockId is not null || await own.AnyAsync(other => other.IntoStockId != null, cancellationToken);
        var linked = await own.Where(other => linking || other.StockId == stockId).ToListAsync(cancellationToken);
        var stocks = linked
            .Append(entry)
            .SelectMany(other => new[] { other.StockId, other.IntoStockId })
            .OfType<Id<Stock>>()
            .Distinct()
            .ToList();
        var splits = await database.Splits.AsNoTracking().Where(split => stocks.Contains(split.StockId)).ToListAsync(cancellationToken);
        return (linked, splits);
    }
}
