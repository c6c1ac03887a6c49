using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>The imports into a ledger, newest first, undone ones too.</summary>
public sealed record ListImports(Id<Portfolio> PortfolioId, string? Cursor, int? Limit) : IRequest<Page<ImportDetails>>;

internal sealed class ListImportsRules : AbstractValidator<ListImports>
{
    public ListImportsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListImportsHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListImports, Page<ImportDetails>>
{
    public async Task<Page<ImportDetails>> Handle(ListImports request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        await database.Require(request.PortfolioId, cancellationToken);
        var imports = database.Imports.Where(import => import.PortfolioId == request.PortfolioId);
        if (Cursor.Guid(request.Cursor) is { } before)
            imports = imports.Where(import => import.Id < new Id<Import>(before));
        var page = await imports
            .OrderByDescending(import => import.Id)
            .Take(limit + 1)
            .ProjectTo<ImportDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, import => [import.Id]);
    }
}
