namespace CleanPortfolio.Testing;

/// <summary>A clock that runs like the real one, from a chosen instant on; timers are real.</summary>
public sealed class TestClock : TimeProvider
{
    private TimeSpan ahead;

    /// <summary>Starts at noon in New York of <see cref="Tuesday"/>.</summary>
    public TestClock() => Set(Tuesday);

    /// <summary>The day that it is in tests: 30 June 2026, a trading day.</summary>
    public static DateOnly Tuesday { get; } = new(2026, 6, 30);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    /// <summary>Makes it about noon in New York of a day.</summary>
    public void Set(DateOnly today) => Set(NoonOf(today));

    /// <summary>Makes it that instant.</summary>
    public void Set(DateTimeOffset now) => ahead = now - System.GetUtcNow();

    /// <summary>About noon in New York, summer and winter.</summary>
    public static DateTimeOffset NoonOf(DateOnly day) => new(day, new TimeOnly(16, 30), TimeSpan.Zero);
}
