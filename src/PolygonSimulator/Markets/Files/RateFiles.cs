namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Exchange rates by ticker. Lines may come in any order; of two for the same day the later one counts.</summary>
internal static class RateFiles
{
    public static Dictionary<string, Stock> Read(IEnumerable<string> paths)
    {
        var series = new Dictionary<(string Base, string Quote), Series>();
        foreach (var path in paths)
        {
            using var lines = new LineReader(path);
            lines.Next(out _);
            while (lines.Next(out var line))
            {
                if (line.IsEmpty)
                    continue;
                var fields = new Fields(lines, line);
                var pair = (fields.Text(), fields.Text());
                if (!series.TryGetValue(pair, out var bars))
                    series.Add(pair, bars = new Series(expected: 0));
                var (date, rate) = (fields.Date(), fields.Micros());
                bars.Add(new Bar(date.DayNumber, rate, rate, rate, rate, Volume: 0));
            }
        }
        return series
            .Select(entry => new CurrencyPair(entry.Key.Base, entry.Key.Quote, entry.Key.Base, entry.Key.Quote).With(entry.Value.ToArray()))
            .ToDictionary(pair => pair.Ticker, StringComparer.Ordinal);
    }
}
