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
/// <param name="ExternalId">The client's own key, unique in the portfolio, at most 200 characters.</param>
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
    string? ExternalId = null
)
{
    internal Entry ToEntry(Id<Stock>? stockId, Currency currency) =>
        new(Kind, Date, stockId, Quantity, UnitPrice, Amount, Fee, Tax, Currency ?? currency, FxRate, AcquiredOn, Note, ExternalId);
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
        RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    // Whatever names the stock stands in for it here; whether it exists is the handler's to find out.
                    var stock = request.Draft.StockId ?? (request.Draft.Ticker is null ? null : default(Id<Stock>));
                    foreach (var (field, text) in TransactionShape.Problems(request.Draft.ToEntry(stock, Currency.Usd)))
                        context.AddFailure(field, text);
                }
            );
    }
}

internal sealed class RecordTransactionHandler(IDatabase database, IMapper mapper, TimeProvider clock)
    : IRequestHandler<RecordTransaction, TransactionDetails>
{
    public async Task<TransactionDetails> Handle(RecordTransaction request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await database.Portfolios.FirstOrDefaultAsync(portfolio => portfolio.Id == request.PortfolioId, cancellationToken);
        var portfolio = NotFound.Unless(found, "portfolio", request.PortfolioId);
        var stockId = await FindStock(request.Draft, cancellationToken);
        var transaction = new Transaction(portfolio.Id, request.Draft.ToEntry(stockId, portfolio.Currency), now);
        var (sameStock, splits) = await database.StockHistory(portfolio.Id, stockId, cancellationToken);
        portfolio.Record(transaction, sameStock, splits, UsMarketCalendar.DateOf(now));
        database.Transactions.Add(transaction);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<TransactionDetails>(transaction);
    }

    private async Task<Id<Stock>?> FindStock(TransactionDraft draft, CancellationToken cancellationToken)
    {
        if (draft.StockId is null && draft.Ticker is null)
            return null;
        var stocks = draft.StockId is { } id
            ? database.Stocks.Where(stock => stock.Id == id)
            : database.Stocks.Where(stock => stock.Ticker == draft.Ticker);
        var found = await stocks
            .OrderByDescending(stock => stock.Active)
            .ThenByDescending(stock => stock.DelistedOn)
            .Select(stock => (Id<Stock>?)stock.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return found ?? throw new NotFound("stock", draft.StockId?.ToString() ?? draft.Ticker ?? "");
    }
}

internal static class LedgerQueries
{
    /// <summary>What decides on a change of one stock's entries: those entries and its splits.</summary>
    public static async Task<(List<Transaction> SameStock, List<Split> Splits)> StockHistory(
        this IDatabase database,
        Id<Portfolio> portfolioId,
        Id<Stock>? stockId,
        CancellationToken cancellationToken
    )
    {
        if (stockId is null)
            return ([], []);
        var sameStock = await database
            .Transactions.Where(entry => entry.PortfolioId == portfolioId && entry.StockId == stockId)
            .ToListAsync(cancellationToken);
        var splits = await database.Splits.AsNoTracking().Where(split => split.StockId == stockId).ToListAsync(cancellationToken);
        return (sameStock, splits);
    }
}
