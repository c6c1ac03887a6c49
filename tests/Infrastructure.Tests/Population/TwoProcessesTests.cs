using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Two processes on one database: they share the budget and the work, and what is left when one of them dies.</summary>
public sealed class TwoProcessesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task They_keep_to_one_budget_and_do_nothing_twice()
    {
        await using var stage = await ScarceCalls.Set();
        await using var one = await Service.Start(stage.Settings);
        await using var other = await Service.Start(stage.Settings);

        var jobs = await Task.WhenAll(
            one.Api.Post("stocks/population", ScarceCalls.Population),
            other.Api.Post("stocks/population", ScarceCalls.Population),
            one.Api.Post("stocks/population", ScarceCalls.Population)
        );
        var over = await Task.WhenAll(jobs.Select(job => other.Api.WaitForJob(job.Is(202).Text("id")!, seconds: 90)));

        over.Should().AllSatisfy(job => job.Text("status").Should().Be("succeeded", job.Body));
        NothingIsRefusedOrAskedTwice(stage).Should().HaveCount(18);
        over.Sum(job => job.At("calls.made").GetInt32()).Should().Be(18);
    }

    [Fact]
    public async Task A_schedule_that_fires_in_both_and_is_run_by_hand_in_both_runs_once()
    {
        await using var stage = await ScarceCalls.Set();
        stage.Settings["Schedules:Universe:Enabled"] = "true";
        await using var one = await Service.Start(stage.Settings);
        await using var other = await Service.Start(stage.Settings);
        await Until(stage, "(select count(*) from hangfire.server) = 2 and exists (select from hangfire.set where key = 'recurring-jobs')");

        await MakeDue(stage, "universe");
        var byHand = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(at => (at % 2 == 0 ? one : other).Api.Post("schedules/universe/run"))
        );
        await Until(stage, "exists (select from hangfire.job where arguments::text like '%universe%' and statename = 'Succeeded')");

        var job = byHand.Select(answer => answer.Is(202).Text("id")!).Distinct(StringComparer.Ordinal).Should().ContainSingle().Subject;
        (await one.Api.WaitForJob(job, seconds: 60)).Text("status").Should().Be("succeeded");
        (await Sql.Lines(stage.ConnectionString, "select name, job_id from schedule_runs")).Should().Equal($"(universe,{job})");
        (await Sql.Lines(stage.ConnectionString, "select id from jobs")).Should().Equal($"({job})");
        NothingIsRefusedOrAskedTwice(stage).Should().HaveCount(2, "the list has an active and an inactive half, of a page each");
    }

    [Fact]
    public async Task The_job_of_a_killed_process_goes_on_in_the_other_one_within_a_minute()
    {
        await using var stage = await ScarceCalls.Set();
        // As it is for everybody: nothing about the queue is set.
        stage.Settings.Remove("Jobs:InvisibilityTimeout");
        stage.Settings.Remove("Jobs:PollInterval");
        await using var one = await Service.Start(stage.Settings);
        await using var other = await Service.Start(stage.Settings);
        var job = (await one.Api.Post("stocks/population", ScarceCalls.Population)).Is(202).Text("id")!;
        using (var limit = new CancellationTokenSource(Minute))
            while (stage.Market.Calls.Count < 7)
                await Task.Delay(5, limit.Token);
        var (doomed, heir) = await WorkedOnBy(stage) == one.ProcessId ? (one, other) : (other, one);
        await doomed.Kill();
        var before = stage.Market.Calls.Count;

        using (var limit = new CancellationTokenSource(Minute))
            while (stage.Market.Calls.Count == before)
                await Task.Delay(20, limit.Token);

        var over = await heir.Api.WaitForJob(job, seconds: 60);
        over.Text("status").Should().Be("succeeded", over.Body);
        stage.Market.Calls.Should().NotContain(call => call.Status == 429);
        stage.Market.Calls.Select(call => call.Path).Distinct().Should().HaveCount(18);
        stage.Market.Calls.Should().HaveCountLessThanOrEqualTo(18 + 1, "the kill loses the call in flight and no other");
    }

    private static IEnumerable<string> NothingIsRefusedOrAskedTwice(ScarceCalls stage)
    {
        stage.Market.Calls.Should().NotContain(call => call.Status == 429);
        var paths = stage.Market.Calls.Select(call => call.Path).ToList();
        paths.Should().OnlyHaveUniqueItems();
        return paths;
    }

    // A server's name in the queue is that of the machine, its process and itself.
    private static async Task<int> WorkedOnBy(ScarceCalls stage) =>
        await Sql.Scalar<int>(
            stage.ConnectionString,
            "select split_part(data::jsonb ->> 'ServerId', ':', 2)::int from hangfire.state where name = 'Processing' order by id desc limit 1"
        );

    // As if it had been registered a month ago and no server had run since.
    private static Task MakeDue(ScarceCalls stage, string schedule) =>
        Sql.Execute(
            stage.ConnectionString,
            $"""
            update hangfire.hash set value = to_char(now() - interval '30 days', 'YYYY-MM-DD"T"HH24:MI:SS".0000000Z"')
            where key = 'recurring-job:{schedule}' and field in ('NextExecution', 'CreatedAt');
            update hangfire.set set score = extract(epoch from now() - interval '30 days') where key = 'recurring-jobs' and value = '{schedule}';
            """
        );

    private static async Task Until(ScarceCalls stage, string condition)
    {
        using var limit = new CancellationTokenSource(Minute);
        while (!await Sql.Scalar<bool>(stage.ConnectionString, $"select {condition}"))
            await Task.Delay(50, limit.Token);
    }
}
