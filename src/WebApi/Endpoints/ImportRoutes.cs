using CleanPortfolio.Application;
using CleanPortfolio.Application.Imports;
using CleanPortfolio.WebApi.Access;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class ImportRoutes
{
    private const long LargestFile = 32 * 1024 * 1024;
    private const int LongestRequest = 5 * 60 * 1000; // ms

    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/portfolios/{portfolioId}/imports").WithTags("Imports");
        imports
            .MapPost("", Import)
            .Accepts<Stream>("text/csv", "application/json")
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile), new RequestTimeoutAttribute(LongestRequest))
            .Named<ImportTransactions>(Allow.WritePortfolios, 400, 404, 409, 413, 415, 422);
        imports.MapGet("", Requests.Get<ListImports, Page<ImportDetails>>()).Named<ListImports>(Allow.ReadPortfolios, 400, 404);
        imports.MapGet("/{importId}", Requests.Get<GetImport, ImportDetails>()).Named<GetImport>(Allow.ReadPortfolios, 400, 404);
        imports
            .MapGet("/{importId}/rows", Requests.Get<ListImportRows, Page<ImportRowDetails>>())
            .Named<ListImportRows>(Allow.ReadPortfolios, 400, 404);
        imports
            .MapDelete("/{importId}", Requests.Do<UndoImport>())
            .WithMetadata(new RequestTimeoutAttribute(LongestRequest))
            .Named<UndoImport>(Allow.WritePortfolios, 400, 404, 409, 422);

        api.MapGet("/portfolios/{portfolioId}/transactions/export", Export)
            .WithTags("Imports")
            .WithMetadata(new RequestTimeoutAttribute(LongestRequest))
            .Produces<FileStreamResult>(200)
            .Named<ExportTransactions>(Allow.ReadPortfolios, 400, 404);
    }

    [Idempotent]
    private static async Task<Results<Ok<ImportReport>, Created<ImportReport>>> Import(
        [AsParameters] ImportTransactions request,
        HttpRequest http,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var ofBody = http.HasJsonContentType() ? FileFormat.Json : FileFormat.Csv;
        var report = await mediator.Send(request with { Format = request.Format ?? ofBody }, cancellationToken);
        Versions.Tell(http.HttpContext, report);
        return report.ImportId is { } id
            ? TypedResults.Created($"{Routes.Root}/portfolios/{report.PortfolioId}/imports/{id}", report)
            : TypedResults.Ok(report);
    }

    private static async Task<PushStreamHttpResult> Export(
        [AsParameters] ExportTransactions request,
        IMediator mediator,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var file = await mediator.Send(request, cancellationToken);
        return TypedResults.Stream(stream => file.Write(stream, http.RequestAborted), file.MediaType, file.Name);
    }
}
