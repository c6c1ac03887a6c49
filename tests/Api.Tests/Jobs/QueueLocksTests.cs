using CleanPortfolio.Api.Tests.Idempotency;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Jobs;

/// <summary>The queue's locks are rows: whoever is killed, or loses the database, while holding one leaves it behind.</summary>
[Collection(IdleApp.Name)]
public sealed class QueueLocksTests(IdleApp.App app)
{
    [Fact]
    public async Task A_lock_that_somebody_left_behind_holds_up_schedules_and_retries_for_a_minute_only()
    {
        await Leave("locks:left", "2 minutes");
        await Leave("locks:held", "1 second");
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();

        using (connection.AcquireDistributedLock("locks:left", TimeSpan.FromSeconds(5)))
        {
            var second = () => connection.AcquireDistributedLock("locks:held", TimeSpan.FromSeconds(1));
            second.Should().Throw<Exception>("it may be held still").WithMessage("*timeout*");
        }
    }

    private Task Leave(string resource, string ago) =>
        app.Execute($"insert into hangfire.lock (resource, acquired) values ('hangfire:{resource}', now() - interval '{ago}')");
}
