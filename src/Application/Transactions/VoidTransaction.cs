using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Transactions;

/// <summary>Voids a transaction: it stays in the ledger, shown as void, and counts no more.</summary>
public sealed record VoidTransaction(Id<Portfolio> PortfolioId, Id<Transaction> TransactionId) : IRequest;

internal sealed class VoidTransactionHandler(IDatabase database, IPreconditions preconditions, TimeProvider clock)
    : IRequestHandler<VoidTransaction, Unit>
{
    public async Task<Unit> Handle(VoidTransaction request, CancellationToken cancellationToken)
    {
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        var stated = await database.Transactions.FirstOrDefaultAsync(
            entry => entry.Id == request.TransactionId && entry.PortfolioId == request.PortfolioId,
            cancellationToken
        );
        var transaction = NotFound.Unless(stated, "transaction", request.TransactionId);
        preconditions.Require(transaction.Version);
        var (linked, splits) = await database.LinkedHistory(transaction, cancellationToken);
        portfolio.Void(transaction, linked, splits, clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
