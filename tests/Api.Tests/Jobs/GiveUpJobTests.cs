using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(IdleApp.Name)]
public sealed class GiveUpJobTests(IdleApp.App app)
{
    [Fact]
    public async Task A_job_whose_queue_entry_failed_for_good_is_failed_for_its_users_too()
    {
        var (job, other) = (await app.QueuedJob(), await app.QueuedJob());

        FailEntryOf(job);

        var over = (await app.Api.Get($"jobs/{job}")).Is(200);
        over.Text("status").Should().Be("failed");
        over.Text("finishedAt").Should().NotBeNull();
        over.At("counts.pending").GetInt32().Should().Be(3);
        (await app.Api.Get($"jobs/{other}")).Text("status").Should().Be("queued");
    }

    [Fact]
    public async Task What_was_over_before_stays_as_it_was()
    {
        var job = await app.QueuedJob();
        (await app.Api.Post($"jobs/{job}/cancel")).Is(202);

        FailEntryOf(job);

        (await app.Api.Get($"jobs/{job}")).Text("status").Should().Be("cancelled");
    }

    private void FailEntryOf(string job)
    {
        var storage = app.Services.GetRequiredService<JobStorage>();
        var entry = storage
            .GetMonitoringApi()
            .EnqueuedJobs("default", 0, 1000)
            .Single(entry => entry.Value.Job.Args[0].ToString()!.Contains(job, StringComparison.Ordinal));
        // As often as the queue may retry.
        using (var connection = storage.GetConnection())
            connection.SetJobParameter(entry.Key, "RetryCount", "5");
        app.Services.GetRequiredService<IBackgroundJobClient>()
            .ChangeState(entry.Key, new FailedState(new InvalidOperationException("Thrown by a test")));
    }
}
