using CleanPortfolio.Domain.Calendars;

namespace CleanPortfolio.Application.Returns;

/// <summary>Two days, both included.</summary>
internal readonly record struct DateRange(DateOnly From, DateOnly To)
{
    /// <summary>What is not given starts at the first transaction and ends today.</summary>
    public static DateRange Of(LoadedLedgers loaded, DateOnly? from, DateOnly? to, TimeProvider clock)
    {
        var last = to ?? UsMarketCalendar.DateOf(clock.GetUtcNow());
        var first = from ?? loaded.FirstDay ?? last;
        return new DateRange(first > last ? last : first, last);
    }
}
