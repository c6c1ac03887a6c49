using System.Globalization;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

internal sealed record CsvBar(DateOnly Date, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>The files read again, line by line, sharing no code with what is tested.</summary>
internal sealed class CsvMarket
{
    private readonly Dictionary<string, SortedDictionary<DateOnly, CsvBar>> bars = new(StringComparer.Ordinal);

    public CsvMarket(string folder, string set, string years)
    {
        foreach (var line in Lines(Path.Combine(folder, $"{set}_{years}.csv")))
        {
            if (!bars.TryGetValue(line[0], out var own))
                bars[line[0]] = own = [];
            var day = Day(line[1]);
            own.Add(day, new CsvBar(day, Number(line[2]), Number(line[3]), Number(line[4]), Number(line[5]), Number(line[6])));
        }
        // A split that prices do not show is no split: the file tells 1:7 of NFLX for 2015-07-14, the day before the real one.
        var splits = Lines(Path.Combine(folder, $"{set}_splits.csv"))
            .ToLookup(l => l is [_, _, _, _, "no"], l => (l[0], Day(l[1]), Number(l[2]), Number(l[3])));
        (Splits, FalseSplits) = ([.. splits[false]], [.. splits[true]]);
        Dividends = [.. Lines(Path.Combine(folder, $"{set}_dividends.csv")).Select(l => (l[0], Day(l[1]), Number(l[2])))];
    }

    public IEnumerable<string> Tickers => bars.Keys;

    public IEnumerable<(string Ticker, CsvBar Bar)> Bars => bars.SelectMany(own => own.Value.Values.Select(bar => (own.Key, bar)));

    public IReadOnlyList<(string Ticker, DateOnly Date, decimal From, decimal To)> Splits { get; }

    /// <summary>What is told as a split and is none.</summary>
    public IReadOnlyList<(string Ticker, DateOnly Date, decimal From, decimal To)> FalseSplits { get; }

    public IReadOnlyList<(string Ticker, DateOnly ExDate, decimal Amount)> Dividends { get; }

    public decimal CloseOn(string ticker, DateOnly day) => bars[ticker][day].Close;

    /// <summary>The last bar on or before a day, or none.</summary>
    public CsvBar? LastBar(string ticker, DateOnly day)
    {
        var first = bars[ticker].Keys.First();
        for (var at = day; at >= first; at = at.AddDays(-1))
            if (bars[ticker].TryGetValue(at, out var bar))
                return bar;
        return null;
    }

    private static IEnumerable<string[]> Lines(string file) => File.ReadLines(file).Skip(1).Select(line => line.Split(','));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
