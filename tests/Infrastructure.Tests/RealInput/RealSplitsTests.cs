using System.Globalization;
using System.IO.Compression;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>All splits of the American market in two years, as they were told, judged by the prices as they were traded.</summary>
public sealed class RealSplitsTests
{
    // The file says of each split whether its day's open moved by that ratio, to within a few per cent. Of the 21 that did not, 15 opened
    // where they had closed; 6 moved about as told: DFBG, FNCX, MDGL, OPTT, RADA and RNVA.
    [MarketDataFact]
    public void Every_split_that_prices_confirm_is_applied_and_every_one_that_they_contradict_is_not()
    {
        var told = Lines(File.OpenText(Path.Combine(Checkout.MarketData, "us_market_splits.csv"))).ToList();
        var bars = Bars(told.Select(line => line[0]).ToHashSet(StringComparer.Ordinal));
        var findings = new List<(string Confirmed, string Ticker, SplitVerdict Verdict, string? Reason)>();
        foreach (var own in told.GroupBy(line => line[0], StringComparer.Ordinal))
        {
            var stock = new Id<Stock>(Guid.NewGuid());
            var reports = own.ToDictionary(
                line => new ReportedSplit(stock, Day(line[1]), Number(line[2]), Number(line[3]), null, TimeProvider.System.GetUtcNow()),
                line => line[4]
            );
            var judged = SplitJudgement.Of(reports.Keys, day => OpeningMove.At(day, bars[own.Key]));
            findings.AddRange(reports.Select(r => (r.Value, own.Key, judged[r.Key.Id].Verdict, judged[r.Key.Id].Reason)));
        }

        findings.Where(f => f.Confirmed == "yes").Should().HaveCount(317).And.OnlyContain(f => f.Verdict == SplitVerdict.Applied);
        var others = findings.Where(f => f.Confirmed == "no").ToLookup(f => f.Verdict);
        others[SplitVerdict.Applied].Select(f => f.Ticker).Should().Equal("DFBG", "FNCX", "MDGL", "OPTT", "RADA", "RNVA");
        others[SplitVerdict.Conflict].Should().HaveCount(15);
        others[SplitVerdict.Conflict]
            .Where(f => f.Reason == SplitReasons.NotInPrices)
            .Select(f => f.Ticker)
            .Should()
            .Equal("BIP", "CPGI", "DCTH", "HCHC", "ITUS");
    }

    private static ILookup<string, Bar> Bars(HashSet<string> tickers)
    {
        using var file = File.OpenRead(Path.Combine(Checkout.MarketData, "us_market_2015_2017.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return Lines(text)
            .Where(line => tickers.Contains(line[0]))
            .Select(line => (line[0], new Bar(Day(line[1]), Number(line[2]), Number(line[3]), Number(line[4]), Number(line[5]), 0)))
            .ToLookup(row => row.Item1, row => row.Item2, StringComparer.Ordinal);
    }

    private static IEnumerable<string[]> Lines(StreamReader text)
    {
        _ = text.ReadLine();
        while (text.ReadLine() is { } line)
            yield return line.Split(',');
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
