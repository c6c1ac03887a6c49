using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>Jobs, newest first; optionally of one status.</summary>
public sealed record ListJobs(JobStatus? Status, string? Cursor, int? Limit) : IRequest<Page<JobDetails>>;

internal sealed class ListJobsRules : AbstractValidator<ListJobs>
{
    public ListJobsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListJobsHandler(IDatabase database, JobReports reports) : IRequestHandler<ListJobs, Page<JobDetails>>
{
    public async Task<Page<JobDetails>> Handle(ListJobs request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var jobs = database.Jobs.AsNoTracking();
        if (request.Status is { } status)
            jobs = jobs.Where(job => job.Status == status);
        if (Cursor.Guid(request.Cursor) is { } before)
            jobs = jobs.Where(job => job.Id < new Id<Job>(before));
        var rows = await jobs.OrderByDescending(job => job.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return Cursor.PageOf(await reports.Of(rows, cancellationToken), limit, job => [job.Id]);
    }
}
