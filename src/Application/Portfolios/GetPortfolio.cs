using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>One portfolio's settings.</summary>
public sealed record GetPortfolio(Id<Portfolio> PortfolioId) : IRequest<PortfolioDetails>;

internal sealed class GetPortfolioHandler(IDatabase database, IMapper mapper) : IRequestHandler<GetPortfolio, PortfolioDetails>
{
    public async Task<PortfolioDetails> Handle(GetPortfolio request, CancellationToken cancellationToken)
    {
        var portfolio = await database
            .Portfolios.Where(portfolio => portfolio.Id == request.PortfolioId)
            .ProjectTo<PortfolioDetails>(mapper.ConfigurationProvider)
            .FirstOrDefaultAsync(cancellationToken);
        return NotFound.Unless(portfolio, "portfolio", request.PortfolioId);
    }
}
