namespace CleanPortfolio.PolygonSimulator.Markets.Files;

internal enum DataKind
{
    Prices,
    Splits,
    Dividends,
    Symbols,
    Rates,
    Corrections,
}

/// <summary>A file of a data folder: what its header says it holds, and the name it shares with the other files of its set.</summary>
internal sealed record DataFile(string Path, DataKind Kind, string Prefix)
{
    static readonly (string Header, DataKind Kind)[] Headers =
    [
        ("symbol,date,open,high,low,close,volume", DataKind.Prices),
        ("symbol,execution_date,split_from,split_to", DataKind.Splits),
        ("symbol,ex_dividend_date,cash_amount", DataKind.Dividends),
        ("symbol,name", DataKind.Symbols),
        ("base,quote,date,rate", DataKind.Rates),
        ("symbol,date,seen_next,open0,high0,low0,close0,volume0", DataKind.Corrections),
    ];

    static readonly string[] KindWords =
    [
        "prices",
        "price",
        "bars",
        "daily",
        "splits",
        "dividends",
        "symbols",
        "tickers",
        "fx",
        "rates",
        "corrections",
    ];

    /// <summary>Null for a file that is none of ours.</summary>
    public static DataFile? Recognise(string path)
    {
        using var lines = new LineReader(path);
        var header = lines.NextText() ?? "";
        foreach (var (start, kind) in Headers)
        {
            if (header.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return new DataFile(path, kind, PrefixOf(System.IO.Path.GetFileName(path)));
        }
        return null;
    }

    /// <summary>us_market_2015_2017.csv.gz and us_market_splits.csv both belong to us_market.</summary>
    static string PrefixOf(string fileName)
    {
        var words = fileName[..fileName.IndexOf(".csv", StringComparison.OrdinalIgnoreCase)].Split('_', '-');
        var count = words.Length;
        while (
            count > 0 && (int.TryParse(words[count - 1], out _) || KindWords.Contains(words[count - 1], StringComparer.OrdinalIgnoreCase))
        )
            count--;
        return string.Join('_', words.Take(count));
    }
}
