using System.Globalization;
using System.IO.Compression;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>A price that was told one way first and another way from a later session on.</summary>
internal sealed record CsvCorrection(string Ticker, DateOnly SeenNext, CsvBar Old, CsvBar New);

/// <summary>The whole market of two years and its corrections, read line by line, sharing no code with what is tested.</summary>
internal static class CorrectionFile
{
    public static IEnumerable<(string Ticker, CsvBar Bar)> Bars(DateOnly to) =>
        from line in Lines("us_market_2015_2017.csv.gz")
        let day = Day(line[1])
        where day <= to
        select (line[0], Bar(day, line.AsSpan(2)));

    public static IEnumerable<CsvCorrection> Corrections(DateOnly to) =>
        from line in Lines("us_market_corrections.csv.gz")
        let day = Day(line[1])
        where day <= to
        select new CsvCorrection(line[0], Day(line[2]), Bar(day, line.AsSpan(3)), Bar(day, line.AsSpan(8)));

    private static CsvBar Bar(DateOnly day, ReadOnlySpan<string> values) =>
        new(day, Number(values[0]), Number(values[1]), Number(values[2]), Number(values[3]), Number(values[4]));

    private static IEnumerable<string[]> Lines(string name)
    {
        using var file = File.OpenRead(Path.Combine(Checkout.MarketData, name));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        _ = text.ReadLine();
        while (text.ReadLine() is { } line)
            yield return line.Split(',');
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
