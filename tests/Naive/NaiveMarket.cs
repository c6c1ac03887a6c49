namespace CleanPortfolio.Testing.Naive;

/// <summary>One entry of a ledger in plain values; days are day numbers, kinds the names of the API.</summary>
internal sealed record NaiveEntry(string Kind, int Day, string Currency)
{
    public string? Stock { get; init; }
    public decimal Quantity { get; init; }
    public decimal Price { get; init; }
    public decimal? Amount { get; init; }
    public decimal Fee { get; init; }
    public decimal Tax { get; init; }
    public decimal? FxRate { get; init; }
    public int? Acquired { get; init; }
    public string? Into { get; init; }
    public decimal IntoQuantity { get; init; }
    public decimal? CostShare { get; init; }

    public decimal Gross => Amount ?? (Quantity * Price);
}

/// <summary>A stock with its raw closes and its splits.</summary>
internal sealed record NaiveStock(string Currency, IReadOnlyList<(int Day, decimal Close)> Closes, IReadOnlyList<NaiveSplit> Splits);

internal sealed record NaiveSplit(int Day, decimal From, decimal To);

/// <summary>Prices and rates looked up the plain way; what is not known throws.</summary>
internal sealed class NaiveMarket(
    IReadOnlyDictionary<string, NaiveStock> stocks,
    IReadOnlyDictionary<(string Base, string Quote), IReadOnlyList<(int Day, decimal Rate)>> rates
)
{
    private readonly Dictionary<(string, string, int), decimal> _rates = [];
    private readonly Dictionary<string, (int Index, decimal Price, int Day)> _at = [];

    public IReadOnlyDictionary<string, NaiveStock> Stocks => stocks;

    public static string Major(string currency) => currency == "GBX" ? "GBP" : currency;

    /// <summary>The close in force in shares of the day, rounded to 8 decimals at each split that it is carried over; asked for with days ascending.</summary>
    public decimal Price(string stock, int day)
    {
        var (closes, splits) = (stocks[stock].Closes, stocks[stock].Splits);
        var (index, price, last) = _at.GetValueOrDefault(stock, (-1, 0m, int.MinValue));
        if (last > day)
            (index, price, last) = (-1, 0m, int.MinValue);
        while (index + 1 < closes.Count && closes[index + 1].Day <= day)
            (index, price, last) = (index + 1, closes[index + 1].Close, closes[index + 1].Day);
        foreach (var split in splits.Where(split => split.Day > last && split.Day <= day))
            price = Math.Max(0.00000001m, decimal.Round(price * split.From / split.To, 8, MidpointRounding.ToEven));
        _at[stock] = (index, price, day);
        return index < 0 ? throw new InvalidOperationException($"{stock} has no price on day {day}.") : price;
    }

    /// <summary>How much of one currency a unit of another is worth.</summary>
    public decimal Rate(string from, string to, int day)
    {
        if (from == to)
            return 1;
        if (!_rates.TryGetValue((from, to, day), out var known))
            _rates[(from, to, day)] = known = Find(from, to, day);
        return known;
    }

    private decimal Find(string from, string to, int day)
    {
        var rate = Major(from) == Major(to) ? 1 : Stored(Major(from), Major(to), day) ?? Crossed(Major(from), Major(to), day);
        return rate / (from == "GBX" ? 100 : 1) * (to == "GBX" ? 100 : 1);
    }

    private decimal Crossed(string from, string to, int day) =>
        new[] { "USD", "EUR" }.Select(pivot => Stored(from, pivot, day) * Stored(pivot, to, day)).First(rate => rate is not null)!.Value;

    // The newer of both directions; the straight one of two as new.
    private decimal? Stored(string from, string to, int day)
    {
        var (straight, inverted) = (Last(from, to, day), Last(to, from, day));
        return straight is { } one && (inverted is null || one.Day >= inverted.Value.Day) ? one.Rate
            : inverted is { } other ? 1 / other.Rate
            : null;
    }

    private (int Day, decimal Rate)? Last(string @base, string quote, int day) =>
        rates.TryGetValue((@base, quote), out var series) && series.Any(rate => rate.Day <= day)
            ? series.Last(rate => rate.Day <= day)
            : null;
}
