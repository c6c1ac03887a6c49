using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Transactions;

/// <summary>One entry of a ledger, void ones too.</summary>
public sealed record GetTransaction(Id<Portfolio> PortfolioId, Id<Transaction> TransactionId) : IRequest<TransactionDetails>;

internal sealed class GetTransactionHandler(IDatabase database, IMapper mapper) : IRequestHandler<GetTransaction, TransactionDetails>
{
    public async Task<TransactionDetails> Handle(GetTransaction request, CancellationToken cancellationToken)
    {
        var transaction = await database
            .Transactions.Where(entry => entry.Id == request.TransactionId && entry.PortfolioId == request.PortfolioId)
            .ProjectTo<TransactionDetails>(mapper.ConfigurationProvider)
            .FirstOrDefaultAsync(cancellationToken);
        return NotFound.Unless(transaction, "transaction", request.TransactionId);
    }
}
