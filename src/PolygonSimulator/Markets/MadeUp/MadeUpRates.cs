using System.Collections.Concurrent;

namespace CleanPortfolio.PolygonSimulator.Markets.MadeUp;

/// <summary>
/// Invented exchange rates. What a currency is worth in dollars walks around a level of its own, and a pair is the quotient of two, so
/// that crossed rates agree. Drawn when asked for.
/// </summary>
internal static class MadeUpRates
{
    const long Dollar = 1_000_000_000_000; // in 1e-12, or a yen had too few digits
    const int PullDays = 400;

    static readonly InventedCurrency[] Currencies =
    [
        new("USD", "United States Dollar", Dollar, 0),
        new("AUD", "Australian Dollar", 702_000_000_000, 56),
        new("CAD", "Canadian Dollar", 751_000_000_000, 42),
        new("CHF", "Swiss Franc", 1_064_000_000_000, 44),
        new("EUR", "Euro", 1_112_000_000_000, 45),
        new("GBP", "Great British Pound", 1_304_000_000_000, 53),
        new("INR", "Indian Rupee", 13_200_000_000, 30),
        new("JPY", "Japanese Yen", 8_130_000_000, 52),
        new("SEK", "Swedish Krona", 106_000_000_000, 58),
    ];

    /// <summary>Finds pairs by ticker, drawn up to a day.</summary>
    public static Func<string, Stock?> Until(DateOnly through)
    {
        int[] days =
        [
            .. Enumerable
                .Range(MadeUpMarket.FirstDay.DayNumber, through.DayNumber - MadeUpMarket.FirstDay.DayNumber + 1)
                .Where(day => DateOnly.FromDayNumber(day).DayOfWeek is not DayOfWeek.Saturday),
        ];
        var values = new ConcurrentDictionary<InventedCurrency, long[]>();
        var pairs = new ConcurrentDictionary<(InventedCurrency Base, InventedCurrency Quote), Stock>();
        return ticker => Named(ticker) is { } asked ? pairs.GetOrAdd(asked, Draw) : null;

        Stock Draw((InventedCurrency Base, InventedCurrency Quote) pair)
        {
            var series = new CurrencyPair(pair.Base.Code, pair.Quote.Code, pair.Base.Name, pair.Quote.Name);
            return series.With(Bars(series, days, Values(pair.Base), Values(pair.Quote)));
        }

        long[] Values(InventedCurrency currency) => values.GetOrAdd(currency, one => Walk(one, days));
    }

    static (InventedCurrency Base, InventedCurrency Quote)? Named(string ticker)
    {
        var letters = ticker[CurrencyPair.Prefix.Length..];
        var @base = Array.Find(Currencies, one => letters.StartsWith(one.Code, StringComparison.Ordinal));
        var quote = Array.Find(Currencies, one => letters.EndsWith(one.Code, StringComparison.Ordinal));
        return letters.Length == 6 && @base is not null && quote is not null && @base != quote ? (@base, quote) : null;
    }

    static long[] Walk(InventedCurrency currency, int[] days)
    {
        var seed = Dice.Seed(currency.Code);
        var values = new long[days.Length];
        var value = currency.Dollars;
        for (var i = 0; i < days.Length; i++)
        {
            var bell = new Dice(seed ^ ((ulong)days[i] << 20)).Bell();
            value += value / 1_000_000 * (bell * currency.Volatility * 100L / Dice.BellDeviation);
            value += currency.Volatility == 0 ? 0 : (currency.Dollars - value) / PullDays;
            values[i] = value;
        }
        return values;
    }

    static Bar[] Bars(CurrencyPair pair, int[] days, long[] bases, long[] quotes)
    {
        var seed = Dice.Seed(pair.Base + pair.Quote);
        var bars = new Bar[days.Length];
        var open = Micros.From((decimal)bases[0] / quotes[0]);
        for (var i = 0; i < days.Length; i++)
        {
            var dice = new Dice(seed ^ ((ulong)days[i] << 20));
            var close = Micros.From((decimal)bases[i] / quotes[i]);
            var (high, low) = (Math.Max(open, close), Math.Min(open, close));
            high += high * dice.Below(3_000) / 1_000_000;
            low -= low * dice.Below(3_000) / 1_000_000;
            bars[i] = new Bar(days[i], open, high, low, close, (20_000 + dice.Below(200_000)) * Micros.One);
            open = close;
        }
        return bars;
    }

    /// <summary>The character of a currency: its level in dollars, and the deviation of its daily moves in basis points.</summary>
    sealed record InventedCurrency(string Code, string Name, long Dollars, int Volatility);
}
