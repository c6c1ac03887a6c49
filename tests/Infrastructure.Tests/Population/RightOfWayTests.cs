using CleanPortfolio.Application;
using Microsoft.Extensions.Time.Testing;

namespace CleanPortfolio.Infrastructure.Tests.Population;

public sealed class RightOfWayTests
{
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);
    private readonly FakeTimeProvider clock = new();
    private readonly RightOfWay way;

    public RightOfWayTests() => way = new RightOfWay(clock);

    [Fact]
    public void Where_nobody_is_served_nobody_waits()
    {
        way.IsWanted.Should().BeFalse();
        way.GiveWay(default).IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Work_waits_until_the_last_of_several_requests_is_over()
    {
        var (one, other) = (way.Take(), way.Take());
        var work = way.GiveWay(default).AsTask();
        one.Dispose();
        one.Dispose();
        way.GiveWay(default).IsCompleted.Should().BeFalse();
        work.IsCompleted.Should().BeFalse();

        other.Dispose();

        await work.WaitAsync(TimeSpan.FromSeconds(30));
        way.GiveWay(default).IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Work_waits_for_a_part_of_a_second_at_most()
    {
        using var served = way.Take();
        var work = way.GiveWay(default).AsTask();
        clock.Advance(RightOfWay.Longest - Instant);
        await Task.Yield();
        work.IsCompleted.Should().BeFalse();

        clock.Advance(Instant);

        await work.WaitAsync(TimeSpan.FromSeconds(30));
        way.IsWanted.Should().BeTrue();
    }

    [Fact]
    public void A_moment_after_a_request_the_next_one_is_expected_and_then_no_more()
    {
        way.Take().Dispose();
        way.GiveWay(default).IsCompletedSuccessfully.Should().BeTrue();
        clock.Advance(RightOfWay.Lately - Instant);
        way.IsWanted.Should().BeTrue();

        clock.Advance(Instant);

        way.IsWanted.Should().BeFalse();
    }

    [Fact]
    public async Task Work_that_is_to_end_does_not_wait()
    {
        using var served = way.Take();
        using var stop = new CancellationTokenSource();
        var work = way.GiveWay(stop.Token).AsTask();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => work).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task However_requests_come_and_go_nobody_waits_when_all_are_gone()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(seed =>
                    Task.Run(async () =>
                    {
                        var dice = new Random(seed);
                        var served = new List<IDisposable>();
                        for (var i = 0; i < 2_000; i++)
                            if (dice.Next(2) == 0)
                                served.Add(way.Take());
                            else if (served.Count > 0)
                            {
                                var at = dice.Next(served.Count);
                                served[at].Dispose();
                                served[at].Dispose();
                                served.RemoveAt(at);
                                await Task.Yield();
                            }
                        served.ForEach(request => request.Dispose());
                    })
                )
        );

        way.GiveWay(default).IsCompletedSuccessfully.Should().BeTrue();
    }
}
