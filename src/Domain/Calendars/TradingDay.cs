namespace CleanPortfolio.Domain.Calendars;

/// <summary>A day on which an exchange trades.</summary>
/// <param name="Exchange">Market identifier code of the operating exchange; <c>XNYS</c> stands for all United States equities.</param>
/// <param name="Date">The day, in the exchange's zone.</param>
/// <param name="ClosesAt">Time of the close in the exchange's zone; earlier on half days.</param>
public sealed record TradingDay(string Exchange, DateOnly Date, TimeOnly ClosesAt)
{
    /// <summary>All United States equities.</summary>
    public const string UnitedStates = "XNYS";
}
