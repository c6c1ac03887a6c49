using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Domain.Schedules;

/// <summary>That a schedule ran for a business date; there is one at most of each date, whoever ran it.</summary>
/// <param name="Name">The schedule.</param>
/// <param name="BusinessDate">The date that it ran for, in the zone of the exchange.</param>
/// <param name="StartedAt">The instant of the run.</param>
/// <param name="JobId">The job that it started; null when there was nothing to do.</param>
public sealed record ScheduleRun(ScheduleName Name, DateOnly BusinessDate, DateTimeOffset StartedAt, Id<Job>? JobId);

/// <summary>Work that returns by the calendar.</summary>
public enum ScheduleName
{
    /// <summary>Prices of the whole market, of the sessions since the last stored one.</summary>
    DailyPrices,

    /// <summary>The last sessions again: the provider corrects prices and volumes after the close.</summary>
    Corrections,

    /// <summary>Splits and dividends around today, those to come included.</summary>
    Actions,

    /// <summary>The list of all stocks, active and delisted.</summary>
    Universe,

    /// <summary>What the quality report finds missing and the provider may have.</summary>
    GapRepair,
}
