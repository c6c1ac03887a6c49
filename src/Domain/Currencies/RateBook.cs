namespace CleanPortfolio.Domain.Currencies;

/// <summary>The rates of one pair through time, in memory. Immutable, so that many requests can read it at once.</summary>
public sealed class RateSeries
{
    private readonly int[] _days;
    private readonly decimal[] _rates;

    /// <summary>A series of as many days as rates.</summary>
    /// <param name="base">The currency of which one unit is priced.</param>
    /// <param name="quote">The currency that it is priced in.</param>
    /// <param name="days"><see cref="DateOnly.DayNumber"/>s, strictly ascending.</param>
    /// <param name="rates">Quote currency per base currency, more than 0.</param>
    public RateSeries(Currency @base, Currency quote, int[] days, decimal[] rates)
    {
        if (days.Length != rates.Length)
            throw new ArgumentException("As many rates as days are needed.", nameof(rates));
        (Base, Quote, _days, _rates) = (@base, quote, days, rates);
    }

    /// <summary>The currency of which one unit is priced.</summary>
    public Currency Base { get; }

    /// <summary>The currency that it is priced in.</summary>
    public Currency Quote { get; }

    /// <summary>Number of days with a rate.</summary>
    public int Count => _days.Length;

    /// <summary>The last rate on or before <paramref name="day"/>; null before the first.</summary>
    public (DateOnly Date, decimal Rate)? On(DateOnly day)
    {
        var index = Array.BinarySearch(_days, day.DayNumber);
        index = index < 0 ? ~index - 1 : index;
        return index < 0 ? null : (DateOnly.FromDayNumber(_days[index]), _rates[index]);
    }
}

/// <summary>One step of a conversion.</summary>
/// <param name="Base">The currency of which one unit is priced.</param>
/// <param name="Quote">The currency that it is priced in.</param>
/// <param name="Date">Day of the stored rate; null for the fixed ratio of a minor unit.</param>
/// <param name="Value">Quote currency per base currency, as stored.</param>
/// <param name="Inverted">The step goes from quote to base: it divides by the value.</param>
public readonly record struct RateLeg(Currency Base, Currency Quote, DateOnly? Date, decimal Value, bool Inverted)
{
    internal Rate Rate => Inverted ? Rate.Of(Value, Date).Inverse() : Rate.Of(Value, Date);
}

/// <summary>
/// Exchange rates by day. A rate carries forward over days without one. A pair is taken as it is stored, in whichever direction is newer; when
/// it is not stored, or stale and a cross is fresher, crossed through a pivot. A rate that is not known is null, never 1 : 1.
/// </summary>
public sealed class RateBook
{
    private static readonly Currency[] Pivots = [Currency.Usd, Currency.Parse("EUR")];

    private readonly Dictionary<(Currency Base, Currency Quote), RateSeries> _series = [];

    /// <summary>A book of <paramref name="series"/>, one of each pair.</summary>
    /// <param name="series">Rates between major currencies.</param>
    /// <param name="version">Changes if and only if a rate does.</param>
    public RateBook(IEnumerable<RateSeries> series, long version)
    {
        foreach (var one in series)
            _series.Add((one.Base, one.Quote), one);
        Version = version;
    }

    /// <summary>No rate at all.</summary>
    public static RateBook None { get; } = new([], 0);

    /// <summary>The currencies through which a pair that is not stored is crossed, in this order.</summary>
    public static IReadOnlyList<Currency> CrossedThrough => Pivots;

    /// <summary>Changes if and only if a rate does.</summary>
    public long Version { get; }

    /// <summary>How much of <paramref name="to"/> one unit of <paramref name="from"/> is worth at the close of <paramref name="day"/>; null when unknown.</summary>
    public Rate? On(Currency from, Currency to, DateOnly day)
    {
        if (from == to)
            return Rate.One;
        if (Legs(from, to, day) is not { } legs)
            return null;
        var rate = Rate.One;
        foreach (var leg in legs)
            rate *= leg.Rate;
        return rate;
    }

    /// <summary>The steps of that conversion, in order; none within one currency; null when it is unknown.</summary>
    public IReadOnlyList<RateLeg>? Legs(Currency from, Currency to, DateOnly day)
    {
        if (from == to)
            return [];
        var legs = new List<RateLeg>(3);
        if (from.UnitsPerMajor != 1)
            legs.Add(new RateLeg(from.ToMajor(), from, null, from.UnitsPerMajor, Inverted: true));
        if (from.ToMajor() != to.ToMajor())
        {
            if (Market(from.ToMajor(), to.ToMajor(), day) is not { } market)
                return null;
            legs.AddRange(market);
        }
        if (to.UnitsPerMajor != 1)
            legs.Add(new RateLeg(to.ToMajor(), to, null, to.UnitsPerMajor, Inverted: false));
        return legs;
    }

    // A pair that someone stored once and nobody keeps up gives way to a fresher cross, or it would stay in force for good.
    private RateLeg[]? Market(Currency from, Currency to, DateOnly day)
    {
        RateLeg[]? best = Stored(from, to, day) is { } direct ? [direct] : null;
        foreach (var pivot in Pivots)
            if (
                (best is null || IsStale(best, day))
                && Stored(from, pivot, day) is { } first
                && Stored(pivot, to, day) is { } second
                && (best is null || OldestOf(first, second) > OldestOf(best))
            )
                best = [first, second];
        return best;
    }

    private static bool IsStale(RateLeg[] legs, DateOnly day) => day.DayNumber - OldestOf(legs).DayNumber > ExchangeRate.StaleAfterDays;

    private static DateOnly OldestOf(params RateLeg[] legs) => legs.Min(leg => leg.Date!.Value);

    private RateLeg? Stored(Currency from, Currency to, DateOnly day)
    {
        var straight = _series.GetValueOrDefault((from, to))?.On(day);
        var inverted = _series.GetValueOrDefault((to, from))?.On(day);
        return straight is { } known && (inverted is null || known.Date >= inverted.Value.Date)
                ? new RateLeg(from, to, known.Date, known.Rate, false)
            : inverted is { } other ? new RateLeg(to, from, other.Date, other.Rate, true)
            : null;
    }
}
