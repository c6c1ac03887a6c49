using CleanPortfolio.Application.Ports;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

/// <summary>How long a number of calls takes; worked by hand from five calls in any minute.</summary>
public sealed class BudgetStateTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)] // all at once
    [InlineData(6, 60)]
    [InlineData(10, 60)]
    [InlineData(11, 120)]
    [InlineData(503, 6000)] // two years of sessions: 100 full minutes after the first five
    public void Of_a_fresh_budget(int calls, int seconds) =>
        State(5, remaining: 5, next: null).DurationOf(calls).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 60)] // no longer wait than a window for what was used just now
    [InlineData(7, 60)]
    [InlineData(8, 120)]
    public void Of_a_budget_with_two_calls_left(int calls, int seconds) =>
        State(5, remaining: 2, next: null).DurationOf(calls).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 17)]
    [InlineData(5, 17)]
    [InlineData(6, 77)]
    public void Of_a_budget_that_is_used_up_for_another_17_seconds(int calls, int seconds) =>
        State(5, remaining: 0, next: 17).DurationOf(calls).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null, 0)]
    [InlineData(9, 9)]
    public void Of_a_key_without_limit_only_a_block_counts(int? next, int seconds) =>
        State(null, remaining: null, next).DurationOf(1_000_000).Should().Be(TimeSpan.FromSeconds(seconds));

    private static BudgetState State(int? limit, int? remaining, int? next) =>
        new(limit, TimeSpan.FromMinutes(1), remaining, next is { } seconds ? Now.AddSeconds(seconds) : null, null, null, Now);
}
