using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using MediatR;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>Removes a portfolio whose ledger is empty; one that has entries, even void ones, is refused.</summary>
public sealed record ClosePortfolio(Id<Portfolio> PortfolioId) : IRequest;

internal sealed class ClosePortfolioHandler(IDatabase database, IPreconditions preconditions) : IRequestHandler<ClosePortfolio, Unit>
{
    public async Task<Unit> Handle(ClosePortfolio request, CancellationToken cancellationToken)
    {
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        preconditions.Require(portfolio.Version);
        database.Portfolios.Remove(portfolio);
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
