using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>The portfolios of a customer, oldest first.</summary>
public sealed record ListPortfolios(Id<Customer> CustomerId, string? Cursor, int? Limit) : IRequest<Page<PortfolioDetails>>;

internal sealed class ListPortfoliosRules : AbstractValidator<ListPortfolios>
{
    public ListPortfoliosRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListPortfoliosHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListPortfolios, Page<PortfolioDetails>>
{
    public async Task<Page<PortfolioDetails>> Handle(ListPortfolios request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        await database.Require(request.CustomerId, cancellationToken);
        var portfolios = database.Portfolios.Where(portfolio => portfolio.CustomerId == request.CustomerId);
        if (Cursor.Guid(request.Cursor) is { } after)
            portfolios = portfolios.Where(portfolio => portfolio.Id > new Id<Portfolio>(after));
        var page = await portfolios
            .OrderBy(portfolio => portfolio.Id)
            .Take(limit + 1)
            .ProjectTo<PortfolioDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, portfolio => [portfolio.Id]);
    }
}
