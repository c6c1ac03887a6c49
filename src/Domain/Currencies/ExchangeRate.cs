namespace CleanPortfolio.Domain.Currencies;

/// <summary>The rate of one pair of major currencies at the close of one day.</summary>
/// <param name="Base">The currency of which one unit is priced.</param>
/// <param name="Quote">The currency that it is priced in.</param>
/// <param name="Date">The day, in UTC.</param>
/// <param name="Rate">Quote currency per base currency: more than 0, at most 1e8, at most 10 decimals.</param>
public sealed record ExchangeRate(Currency Base, Currency Quote, DateOnly Date, decimal Rate)
{
    /// <summary>Greatest rate that can be kept.</summary>
    public const decimal GreatestRate = 100_000_000m;

    /// <summary>Days after which a rate that is carried forward is called stale.</summary>
    public const int StaleAfterDays = 7;

    /// <summary>Who told it, one of <see cref="RateSources"/>; null until it is stored.</summary>
    public string? Source { get; init; }

    /// <summary>Why this can't be a true rate; null when it can.</summary>
    public string? Implausible() =>
        this switch
        {
            { Rate: <= 0 } => "the rate is not positive",
            { Rate: > GreatestRate } => "the rate is beyond 100 000 000",
            _ when Exact.Round(Rate) != Rate => "the rate has more than 10 decimals",
            _ when Base == Quote => "the currencies are the same",
            _ when Base.UnitsPerMajor != 1 || Quote.UnitsPerMajor != 1 => "a currency is a minor unit",
            _ => null,
        };
}

/// <summary>Stable names of <see cref="ExchangeRate.Source"/>.</summary>
public static class RateSources
{
    /// <summary>The provider of market data.</summary>
    public const string Provider = "provider";

    /// <summary>A client of the API.</summary>
    public const string Upload = "upload";
}
