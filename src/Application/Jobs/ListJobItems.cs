using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>The items of a job in the order of work, each with its outcome; optionally of one outcome.</summary>
public sealed record ListJobItems(Id<Job> JobId, ItemStatus? Status, string? Cursor, int? Limit) : IRequest<Page<JobItemDetails>>;

/// <summary>One thing a job has to do, and what came of it.</summary>
public sealed record JobItemDetails
{
    /// <summary>A ticker, or a part of the market: <c>listings</c>, a session, <c>splits</c>, <c>dividends</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Order of work, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>What came of it.</summary>
    public required ItemStatus Status { get; init; }

    /// <summary>Stable code of why it did not succeed: <c>unknownSymbol</c>, <c>noData</c>, <c>rowsRejected</c> and others.</summary>
    public required string? Reason { get; init; }

    /// <summary>For people.</summary>
    public required string? Detail { get; init; }

    /// <summary>Rows that are new or changed because of it.</summary>
    public required long RowsStored { get; init; }

    /// <summary>Rows of the provider that were refused.</summary>
    public required int RowsRejected { get; init; }

    /// <summary>When it was over.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class JobItemDetailsMap : Profile
{
    public JobItemDetailsMap() => CreateProjection<JobItem, JobItemDetails>();
}

internal sealed class ListJobItemsRules : AbstractValidator<ListJobItems>
{
    public ListJobItemsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListJobItemsHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListJobItems, Page<JobItemDetails>>
{
    public async Task<Page<JobItemDetails>> Handle(ListJobItems request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        await database.Require(request.JobId, cancellationToken);
        var items = database.JobItems.Where(item => item.JobId == request.JobId);
        if (request.Status is { } status)
            items = items.Where(item => item.Status == status);
        if (Cursor.Number(request.Cursor) is { } after)
            items = items.Where(item => item.Position > after);
        var page = await items
            .OrderBy(item => item.Position)
            .Take(limit + 1)
            .ProjectTo<JobItemDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, item => [item.Position]);
    }
}
