using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>First values of bars that were corrected later, by symbol. Of two for the same day the later line counts.</summary>
internal static class CorrectionFiles
{
    public static Dictionary<string, Correction[]> Read(IEnumerable<string> paths)
    {
        var found = new Dictionary<string, List<Correction>>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            using var lines = new LineReader(path);
            lines.Next(out _);
            while (lines.Next(out var line))
            {
                if (line.IsEmpty)
                    continue;
                var fields = new Fields(lines, line);
                var symbol = Encoding.UTF8.GetString(fields.Next());
                if (!found.TryGetValue(symbol, out var ofSymbol))
                    found.Add(symbol, ofSymbol = []);
                var (day, until) = (fields.Date().DayNumber, fields.Date().DayNumber);
                ofSymbol.Add(
                    new Correction(until, new Bar(day, fields.Micros(), fields.Micros(), fields.Micros(), fields.Micros(), fields.Micros()))
                );
            }
        }
        return found.ToDictionary(entry => entry.Key, entry => Sorted(entry.Value), StringComparer.Ordinal);
    }

    static Correction[] Sorted(List<Correction> corrections) =>
        [.. corrections.GroupBy(correction => correction.First.Day).OrderBy(day => day.Key).Select(day => day.Last())];
}
