namespace CleanPortfolio.PolygonSimulator.Markets.MadeUp;

/// <summary>The character of an invented stock.</summary>
/// <param name="Ticker">Current symbol.</param>
/// <param name="Name">Current name.</param>
/// <param name="Exchange">Market identifier code.</param>
/// <param name="FirstPrice">US dollars on the first day.</param>
/// <param name="Drift">Expected change in basis points a year.</param>
/// <param name="Volatility">Standard deviation of its own daily moves in basis points, beside those of the whole market.</param>
/// <param name="DividendCents">US cents of the first payment; 0 pays nothing.</param>
internal sealed record MadeUpStock(
    string Ticker,
    string Name,
    string Exchange,
    decimal FirstPrice,
    int Drift,
    int Volatility,
    int DividendCents = 0
)
{
    public string Type { get; init; } = "CS";

    public int Payments { get; init; } = 4;

    public DateOnly? Listed { get; init; }

    public DateOnly? LastDay { get; init; }

    public DateOnly? SpecialDividend { get; init; }

    public (DateOnly Date, string Ticker, string Name)? Formerly { get; init; }

    public (DateOnly Date, int From, int To)[] Splits { get; init; } = [];
}
