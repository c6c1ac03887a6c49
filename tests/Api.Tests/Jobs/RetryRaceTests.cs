using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Jobs;

/// <summary>Retries at the same moment, and of what nobody works on any more.</summary>
[Collection(IdleApp.Name)]
public sealed class RetryRaceTests(IdleApp.App app) : IDisposable
{
    public void Dispose() => app.Clock.Set(TestClock.Tuesday);

    [Fact]
    public async Task Of_many_retries_at_once_one_queues_the_job_and_the_others_are_refused()
    {
        for (var round = 0; round < 5; round++)
        {
            var job = await app.QueuedJob();
            (await app.Api.Post($"jobs/{job}/cancel")).Is(202);

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Api.Post($"jobs/{job}/retry")));

            answers.Count(answer => answer.Status == 202).Should().Be(1);
            foreach (var refused in answers.Where(answer => answer.Status != 202))
                refused.IsProblem(422, "job.notOver");
            Entries(job).Should().Be(2, "one of the start and one of the retry");
        }
    }

    [Fact]
    public async Task A_job_that_nobody_works_on_can_be_queued_again_after_two_minutes()
    {
        var job = await app.QueuedJob();
        (await app.Api.Post($"jobs/{job}/retry")).IsProblem(422, "job.notOver");

        app.Clock.Set(app.Clock.GetUtcNow().AddMinutes(3));

        (await app.Api.Post($"jobs/{job}/retry")).Is(202).Text("status").Should().Be("queued");
        Entries(job).Should().Be(2);
    }

    private int Entries(string job) =>
        app
            .Services.GetRequiredService<JobStorage>()
            .GetMonitoringApi()
            .EnqueuedJobs("default", 0, 10_000)
            .Count(entry => entry.Value.Job.Args[0].ToString()!.Contains(job, StringComparison.Ordinal));
}
