using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Stocks;
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

internal sealed class RecordTransactionRules : AbstractValidator<RecordTransaction>
{
    public RecordTransactionRules() => RuleFor(request => request.Draft).SetValidator(new TransactionDraftRules());
}

internal sealed class RecordTransactionHandler(IDatabase database, IMapper mapper, IPreconditions preconditions, TimeProvider clock)
    : IRequestHandler<RecordTransaction, TransactionDetails>
{
    public async Task<TransactionDetails> Handle(RecordTransaction request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        preconditions.Require(portfolio.Version);
        var names = await StockNames.Of(database, request.Draft.Names(), cancellationToken);
        var transaction = new Transaction(portfolio.Id, request.Draft.ToEntry(names, portfolio.Currency), now);
        var (linked, splits) = await database.LinkedHistory(transaction, cancellationToken);
        portfolio.Record(transaction, linked, splits, UsMarketCalendar.DateOf(now));
        database.Transactions.Add(transaction);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<TransactionDetails>(transaction);
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
        var own = database.Transactions.AsNoTracking().Where(other => other.PortfolioId == entry.PortfolioId && other.StockId != null);
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
