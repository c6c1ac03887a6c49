using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Domain.Tests.Jobs;

public class JobTests
{
    private static readonly DateTimeOffset Noon = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly First = new(2024, 1, 1);
    private static readonly DateOnly Last = new(2024, 2, 1);
    private readonly Job _job = new(
        JobKind.StockPopulation,
        First,
        Last,
        [new("AAPL", ItemWork.Stock, First, Last, 2), new("MSFT", ItemWork.Stock, First, Last, 1)],
        Noon
    );

    [Fact]
    public void A_new_job_waits_with_its_items_in_order()
    {
        _job.Status.Should().Be(JobStatus.Queued);
        _job.IsOver.Should().BeFalse();
        _job.Items.Select(item => (item.Key, item.Position, item.Status))
            .Should()
            .Equal(("AAPL", 0, ItemStatus.Pending), ("MSFT", 1, ItemStatus.Pending));
        _job.Items.Should().OnlyContain(item => item.JobId == _job.Id);
        (_job.StartedAt, _job.FinishedAt, _job.ResumesAt)
            .Should()
            .Be(((DateTimeOffset?)null, (DateTimeOffset?)null, (DateTimeOffset?)null));
    }

    [Fact]
    public void Running_again_after_a_crash_keeps_the_first_start()
    {
        _job.Run(Noon);
        _job.Run(Noon.AddHours(1));

        (_job.Status, _job.StartedAt).Should().Be((JobStatus.Running, (DateTimeOffset?)Noon));
    }

    [Fact]
    public void Waiting_for_the_rate_limit_ends_with_the_next_run()
    {
        _job.Run(Noon);
        _job.WaitForRateLimit(Noon.AddMinutes(1));
        (_job.Status, _job.ResumesAt).Should().Be((JobStatus.WaitingForRateLimit, (DateTimeOffset?)Noon.AddMinutes(1)));
        _job.IsOver.Should().BeFalse();

        _job.Run(Noon.AddMinutes(1));
        (_job.Status, _job.ResumesAt).Should().Be((JobStatus.Running, (DateTimeOffset?)null));
    }

    [Theory]
    [InlineData(2, 0, 0, JobStatus.Succeeded)]
    [InlineData(0, 0, 0, JobStatus.Succeeded)]
    [InlineData(1, 1, 0, JobStatus.PartiallySucceeded)]
    [InlineData(1, 0, 1, JobStatus.PartiallySucceeded)]
    [InlineData(0, 2, 0, JobStatus.PartiallySucceeded)]
    [InlineData(0, 1, 1, JobStatus.PartiallySucceeded)]
    [InlineData(0, 0, 2, JobStatus.Failed)]
    public void The_outcome_follows_from_the_items(int succeeded, int partly, int failed, JobStatus outcome)
    {
        _job.Run(Noon);
        _job.WaitForRateLimit(Noon.AddMinutes(1));
        _job.Finish(succeeded, partly, failed, Noon.AddHours(1));

        (_job.Status, _job.IsOver).Should().Be((outcome, true));
        (_job.FinishedAt, _job.ResumesAt).Should().Be(((DateTimeOffset?)Noon.AddHours(1), (DateTimeOffset?)null));
    }

    [Fact]
    public void Cancelling_before_the_start_ends_it_at_once()
    {
        _job.Cancel(Noon);

        (_job.Status, _job.CancelRequested, _job.FinishedAt).Should().Be((JobStatus.Cancelled, true, (DateTimeOffset?)Noon));
    }

    [Fact]
    public void Cancelling_while_running_asks_and_stopping_ends()
    {
        _job.Run(Noon);
        _job.Cancel(Noon);
        (_job.Status, _job.CancelRequested).Should().Be((JobStatus.Running, true));

        _job.Stop(Noon.AddMinutes(1));
        (_job.Status, _job.IsOver, _job.FinishedAt).Should().Be((JobStatus.Cancelled, true, (DateTimeOffset?)Noon.AddMinutes(1)));
    }

    [Fact]
    public void Cancelling_what_is_over_is_refused()
    {
        _job.Run(Noon);
        _job.Finish(2, 0, 0, Noon);

        var cancelling = () => _job.Cancel(Noon);

        cancelling.Should().Throw<RuleBroken>().Which.Code.Should().Be("job.over");
        _job.CancelRequested.Should().BeFalse();
    }

    [Fact]
    public void Only_what_is_over_is_retried()
    {
        var retrying = () => _job.Retry(Noon);
        retrying.Should().Throw<RuleBroken>().Which.Code.Should().Be("job.notOver");

        _job.Run(Noon);
        retrying.Should().Throw<RuleBroken>();

        _job.Cancel(Noon);
        _job.Stop(Noon);
        retrying.Should().NotThrow();
        (_job.Status, _job.CancelRequested, _job.FinishedAt).Should().Be((JobStatus.Queued, false, (DateTimeOffset?)null));
        _job.StartedAt.Should().Be(Noon);
    }

    [Fact]
    public void An_item_succeeds_wholly_or_in_part()
    {
        var item = _job.Items[0];

        item.Succeed(5, [], noData: false, Noon);
        item.Should()
            .BeEquivalentTo(
                new
                {
                    Status = ItemStatus.Succeeded,
                    Reason = (string?)null,
                    RowsStored = 5L,
                    RowsRejected = 0,
                    FinishedAt = Noon,
                }
            );

        item.Succeed(5, ["row 1", "row 2"], noData: true, Noon);
        item.Should()
            .BeEquivalentTo(
                new
                {
                    Status = ItemStatus.PartiallySucceeded,
                    Reason = "rowsRejected",
                    Detail = "row 1; row 2",
                    RowsRejected = 2,
                }
            );

        item.Succeed(0, [], noData: true, Noon);
        item.Should()
            .BeEquivalentTo(
                new
                {
                    Status = ItemStatus.PartiallySucceeded,
                    Reason = "noData",
                    RowsStored = 0L,
                }
            );
    }

    [Fact]
    public void An_item_that_is_reset_forgets_its_rows()
    {
        var item = _job.Items[0];
        item.Succeed(7, ["a row"], noData: false, Noon);

        item.Reset();

        (item.RowsStored, item.RowsRejected).Should().Be((0, 0));
    }

    [Fact]
    public void A_failed_item_says_why_and_can_be_reset()
    {
        var item = _job.Items[0];

        item.Fail(ItemReasons.UnknownSymbol, "no such ticker", Noon);
        item.Should()
            .BeEquivalentTo(
                new
                {
                    Status = ItemStatus.Failed,
                    Reason = "unknownSymbol",
                    Detail = "no such ticker",
                    FinishedAt = Noon,
                }
            );

        item.Reset();
        item.Should()
            .BeEquivalentTo(
                new
                {
                    Status = ItemStatus.Pending,
                    Reason = (string?)null,
                    Detail = (string?)null,
                    FinishedAt = (DateTimeOffset?)null,
                }
            );
    }

    [Fact]
    public void Only_the_first_ten_refused_rows_are_told()
    {
        var item = _job.Items[0];

        item.Succeed(0, [.. Enumerable.Range(1, 11).Select(row => $"row {row}")], noData: false, Noon);

        item.RowsRejected.Should().Be(11);
        item.Detail.Should().EndWith("row 10");
    }
}
