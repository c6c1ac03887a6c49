using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Infrastructure.Tests.Making;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Tests.Database;

/// <summary>The business write and the queue entry commit together, or neither does. In databases of their own, for they break the queue.</summary>
public sealed class SaveAndEnqueueTests : IAsyncLifetime
{
    private readonly DatabaseApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Both_are_written()
    {
        await Start(NewJob());
        (await Counts()).Should().Be((1, 1));
        (await Sql.Scalar<string>(app.ConnectionString, "select arguments::text from hangfire.job")).Should().Contain("JobId");
    }

    [Fact]
    public async Task A_business_write_that_fails_leaves_nothing_in_the_queue()
    {
        var job = NewJob();
        await Start(job);
        var again = () => Start(job); // its id is taken
        await again.Should().ThrowAsync<Exception>();
        (await Counts()).Should().Be((1, 1));
    }

    [Fact]
    public async Task A_queue_that_fails_leaves_no_business_write()
    {
        await Sql.Execute(app.ConnectionString, "alter table hangfire.jobqueue rename to gone");
        var start = () => Start(NewJob());
        await start.Should().ThrowAsync<Exception>();
        (await Counts()).Should().Be((0, 0));
        await Sql.Execute(app.ConnectionString, "alter table hangfire.gone rename to jobqueue");
        await Start(NewJob());
        (await Counts()).Should().Be((1, 1));
    }

    private static Job NewJob() => new(JobKind.StockPopulation, Some.Day, Some.Day, [new PlannedItem("AAPL", ItemWork.Stock, Some.Day, Some.Day, 4)], TimeProvider.System.GetUtcNow());

    private async Task Start(Job job)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IDatabase>().Jobs.Add(job);
        await scope.ServiceProvider.GetRequiredService<IJobs>().SaveAndEnqueue(new Populate(job.Id, "one stock"), default);
    }

    private async Task<(long Jobs, long Queued)> Counts() =>
        (
            await Sql.Scalar<long>(app.ConnectionString, "select count(*) from jobs"),
            await Sql.Scalar<long>(app.ConnectionString, "select count(*) from hangfire.job")
        );
}
