namespace CleanPortfolio.Domain.Returns;

/// <summary>A measured ratio, or why there is none. A measure may carry both: a value and what is to be said of it.</summary>
/// <param name="Value">A fraction (0.05 = 5 %); null when it does not exist.</param>
/// <param name="Reason">One of <see cref="ReasonCodes"/>; null when there is nothing to say.</param>
public readonly record struct Measure(double? Value, string? Reason)
{
    /// <summary>A value with nothing to say of it; one that is not finite is no value.</summary>
    public static Measure Of(double value) => double.IsFinite(value) ? new(value, null) : None(ReasonCodes.OutOfRange);

    /// <summary>No value.</summary>
    public static Measure None(string reason) => new(null, reason);

    /// <summary>
    /// (1 + r)^(365 / days) - 1: the yearly rate of a return over <paramref name="days"/>, for ranges of 365 days or more; a shorter one has
    /// none, since compounding a few good days is a promise, not a measurement.
    /// </summary>
    public static Measure Annualised(Measure periodReturn, int days) =>
        periodReturn.Value is not { } value ? periodReturn
        : days < 365 ? None(ReasonCodes.ShorterThanYear)
        : Of(Math.Pow(1 + value, 365.0 / days) - 1);
}
