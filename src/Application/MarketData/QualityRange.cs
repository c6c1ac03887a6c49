namespace CleanPortfolio.Application.MarketData;

internal static class QualityRange
{
    /// <summary>The trading calendar is known from here on.</summary>
    public static readonly DateOnly CalendarStart = new(1998, 1, 1);

    /// <summary>What is asked for, as far as it is out.</summary>
    public static QualityQuery Of(DateOnly? from, DateOnly? to, DateOnly lastSession) =>
        new(from < CalendarStart ? CalendarStart : from, to < lastSession ? to.Value : lastSession, lastSession);
}
