namespace CleanPortfolio.Client;

/// <summary>Waiting for jobs.</summary>
public static class Waiting
{
    /// <summary>Looks after a job until it is over, however it ends.</summary>
    /// <param name="jobs">The operations.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="every">Time between looks; one second if absent.</param>
    /// <param name="cancellationToken">Stops looking; the job goes on.</param>
    public static async Task<JobDetails> WaitForJob(
        this IJobsApi jobs,
        Guid jobId,
        TimeSpan? every = null,
        CancellationToken cancellationToken = default
    )
    {
        while (true)
        {
            var job = await jobs.GetJob(jobId, cancellationToken: cancellationToken);
            if (job.FinishedAt is not null)
                return job;
            await Task.Delay(every ?? TimeSpan.FromSeconds(1), cancellationToken);
        }
    }
}
