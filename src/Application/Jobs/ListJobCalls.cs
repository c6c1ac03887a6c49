using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>The calls that a job made at the provider, in order; optionally for one item.</summary>
public sealed record ListJobCalls(Id<Job> JobId, string? Item, string? Cursor, int? Limit) : IRequest<Page<JobCallDetails>>;

/// <summary>One HTTP attempt.</summary>
public sealed record JobCallDetails
{
    /// <summary>Order of recording.</summary>
    public required long Sequence { get; init; }

    /// <summary>The item it was made for.</summary>
    public required string ItemKey { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Path and query, without the key.</summary>
    public required string Path { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public required int? Status { get; init; }

    /// <summary>Until the answer's headers.</summary>
    public required int Milliseconds { get; init; }
}

internal sealed class JobCallDetailsMap : Profile
{
    public JobCallDetailsMap() => CreateProjection<JobCall, JobCallDetails>();
}

internal sealed class ListJobCallsRules : AbstractValidator<ListJobCalls>
{
    public ListJobCallsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListJobCallsHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListJobCalls, Page<JobCallDetails>>
{
    public async Task<Page<JobCallDetails>> Handle(ListJobCalls request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        await database.Require(request.JobId, cancellationToken);
        var calls = database.JobCalls.Where(call => call.JobId == request.JobId);
        if (request.Item is { } key)
            calls = calls.Where(call => call.ItemKey == key);
        if (Cursor.Number(request.Cursor) is { } after)
            calls = calls.Where(call => call.Sequence > after);
        var page = await calls
            .OrderBy(call => call.Sequence)
            .Take(limit + 1)
            .ProjectTo<JobCallDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, call => [call.Sequence]);
    }
}
