using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Daily bars by symbol. Lines may come in any order; of two for the same day the later one counts.</summary>
internal static class PriceFiles
{
    public static Dictionary<string, Bar[]> Read(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var series = new Dictionary<string, Series>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            using var lines = new LineReader(path);
            lines.Next(out _);
            Read(lines, series, cancellationToken);
        }
        return series
            .Where(entry => entry.Value.Count > 0)
            .ToDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);
    }

    static void Read(LineReader lines, Dictionary<string, Series> series, CancellationToken cancellationToken)
    {
        var bars = new Series(expected: 0);
        byte[] current = [];
        while (lines.Next(out var line))
        {
            if (line.IsEmpty)
                continue;
            var fields = new Fields(lines, line);
            var symbol = fields.Next();
            if (!symbol.SequenceEqual(current))
            {
                cancellationToken.ThrowIfCancellationRequested();
                current = symbol.ToArray();
                var ticker = Encoding.UTF8.GetString(symbol);
                // Neighbours in a file tend to be of one length: the right capacity at once saves half the memory.
                if (!series.TryGetValue(ticker, out var known))
                    series.Add(ticker, known = new Series(bars.Count));
                bars = known;
            }
            bars.Add(new Bar(fields.Date().DayNumber, fields.Micros(), fields.Micros(), fields.Micros(), fields.Micros(), fields.Micros()));
        }
    }
}
