using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>One import, undone ones too.</summary>
public sealed record GetImport(Id<Portfolio> PortfolioId, Id<Import> ImportId) : IRequest<ImportDetails>;

internal sealed class GetImportHandler(IDatabase database, IMapper mapper) : IRequestHandler<GetImport, ImportDetails>
{
    public async Task<ImportDetails> Handle(GetImport request, CancellationToken cancellationToken)
    {
        var import = await database
            .Imports.Where(import => import.Id == request.ImportId && import.PortfolioId == request.PortfolioId)
            .ProjectTo<ImportDetails>(mapper.ConfigurationProvider)
            .FirstOrDefaultAsync(cancellationToken);
        return NotFound.Unless(import, "import", request.ImportId);
    }
}
