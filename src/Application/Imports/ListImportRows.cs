using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>The rows of an imported file in its order, each with its outcome; optionally of one outcome.</summary>
public sealed record ListImportRows(Id<Portfolio> PortfolioId, Id<Import> ImportId, RowOutcome? Outcome, string? Cursor, int? Limit)
    : IRequest<Page<ImportRowDetails>>;

internal sealed class ListImportRowsRules : AbstractValidator<ListImportRows>
{
    public ListImportRowsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListImportRowsHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListImportRows, Page<ImportRowDetails>>
{
    public async Task<Page<ImportRowDetails>> Handle(ListImportRows request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var known = database.Imports.Where(import => import.Id == request.ImportId && import.PortfolioId == request.PortfolioId);
        if (!await known.AnyAsync(cancellationToken))
            throw new NotFound("import", request.ImportId.ToString());
        var rows = database.ImportRows.Where(row => row.ImportId == request.ImportId);
        if (request.Outcome is { } outcome)
            rows = rows.Where(row => row.Outcome == outcome);
        if (Cursor.Number(request.Cursor) is { } after)
            rows = rows.Where(row => row.Number > after);
        var page = await rows.OrderBy(row => row.Number)
            .Take(limit + 1)
            .ProjectTo<ImportRowDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, row => [row.Number]);
    }
}
