using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>Removes a portfolio whose ledger is empty; one that has entries, even void ones, is refused.</summary>
public sealed record ClosePortfolio(Id<Portfolio> PortfolioId) : IRequest;

internal sealed class ClosePortfolioHandler(IDatabase database) : IRequestHandler<ClosePortfolio, Unit>
{
    public async Task<Unit> Handle(ClosePortfolio request, CancellationToken cancellationToken)
    {
        var found = await database.Portfolios.FirstOrDefaultAsync(portfolio => portfolio.Id == request.PortfolioId, cancellationToken);
        database.Portfolios.Remove(NotFound.Unless(found, "portfolio", request.PortfolioId));
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
