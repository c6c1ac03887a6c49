using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Population;

/// <summary>What a job of market data is to fetch.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
internal sealed record JobRequest(JobKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>Tickers and pairs; null, and no cells: the whole market.</summary>
    public IReadOnlyCollection<string>? Tickers { get; init; }

    /// <summary>Instead of tickers: each with days of its own, within the range.</summary>
    public IReadOnlyList<TickerRange>? Cells { get; init; }

    /// <summary>Of the whole market: only these sessions; null is all of the range.</summary>
    public IReadOnlyCollection<DateOnly>? Sessions { get; init; }

    /// <summary>What is fetched.</summary>
    public JobParts Parts { get; init; } = JobParts.All;

    /// <summary>Ask again for what is stored for good too.</summary>
    public bool Refresh { get; init; }

    /// <summary>Adds to the scope's <see cref="IDatabase"/> what is to be saved in the same transaction as the job.</summary>
    public Action<Job>? AlsoSave { get; init; }
}

/// <summary>Days of one ticker.</summary>
internal sealed record TickerRange(string Ticker, DateOnly From, DateOnly To);

/// <summary>Parts of the market's data.</summary>
[Flags]
internal enum JobParts
{
    None = 0,
    Listings = 1,
    Prices = 2,
    Actions = 4,
    All = Listings | Prices | Actions,
}

/// <summary>Plans a job, saves it and queues it, in one transaction.</summary>
internal sealed class JobStarter(
    IDatabase database,
    IJobs jobs,
    PopulationPlanner planner,
    JobReports reports,
    IProviderBudget budget,
    TimeProvider clock
)
{
    /// <summary>Only tells what the job would do: nobody is asked, nothing is written.</summary>
    public async Task<PopulationPlan> Plan(JobRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var plan = await planner.Of(request, now, cancellationToken);
        return PopulationPlan.Of(plan, await budget.State(cancellationToken), now);
    }

    public async Task<JobDetails> Start(JobRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var plan = await planner.Of(request, now, cancellationToken);
        var job = new Job(request.Kind, request.From, request.To, plan.Items, now, request.Refresh);
        database.Jobs.Add(job);
        request.AlsoSave?.Invoke(job);
        await jobs.SaveAndEnqueue(Populate.Of(job, job.Items.Count), cancellationToken);
        return await reports.Of(job, cancellationToken);
    }
}
