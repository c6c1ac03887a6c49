namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Reads a market from a folder of CSV files; README.md describes the formats.</summary>
internal static class MarketFolder
{
    // A symbol without a bar for longer than this before the end of the data has stopped trading.
    const int SilentDays = 10;

    public static Market Load(string folder, string? prefix, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The data folder '{folder}' does not exist.");
        var files = Choose(folder, prefix);
        var prices = PriceFiles.Read(Paths(DataKind.Prices), cancellationToken);
        var splits = ActionFiles.Splits(Paths(DataKind.Splits)).ToLookup(split => split.Ticker, StringComparer.Ordinal);
        var dividends = ActionFiles.Dividends(Paths(DataKind.Dividends)).ToLookup(dividend => dividend.Ticker, StringComparer.Ordinal);
        var names = ActionFiles.Names(Paths(DataKind.Symbols));
        var pairs = RateFiles.Read(Paths(DataKind.Rates));
        var corrections = CorrectionFiles.Read(Paths(DataKind.Corrections));
        var first = prices.Values.Min(bars => bars[0].Day);
        var last = prices.Values.Max(bars => bars[^1].Day);
        return new Market(prices.Select(entry => Build(entry.Key, entry.Value)), pairs.GetValueOrDefault, isInvented: false);

        IEnumerable<string> Paths(DataKind kind) => files.Where(file => file.Kind == kind).Select(file => file.Path);

        Stock Build(string ticker, Bar[] bars) =>
            new(ticker, names.GetValueOrDefault(ticker, ticker))
            {
                Bars = bars,
                Corrections = corrections.GetValueOrDefault(ticker, []),
                Splits = [.. splits[ticker].OrderBy(split => split.Execution)],
                Dividends = [.. dividends[ticker].OrderBy(dividend => dividend.ExDate)],
                Listed = bars[0].Day == first ? null : DateOnly.FromDayNumber(bars[0].Day),
                LastDay = last - bars[^1].Day > SilentDays ? DateOnly.FromDayNumber(bars[^1].Day) : null,
            };
    }

    static DataFile[] Choose(string folder, string? prefix)
    {
        var files = Directory
            .EnumerateFiles(folder)
            .Where(path =>
                path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
            )
            .Order(StringComparer.Ordinal)
            .Select(DataFile.Recognise)
            .OfType<DataFile>()
            .ToArray();
        var sets = files.Where(file => file.Kind == DataKind.Prices).Select(file => file.Prefix).Distinct(StringComparer.Ordinal).ToArray();
        if (sets.Length == 0)
            throw new InvalidDataException(
                $"No prices in '{folder}': a .csv or .csv.gz file starting symbol,date,open,high,low,close,volume."
            );
        var listed = string.Join(", ", sets.Select(set => $"'{set}'"));
        if (prefix is null && sets.Length > 1)
            throw new InvalidDataException($"'{folder}' holds several sets of prices: {listed}. Choose one by its prefix.");
        var chosen = prefix ?? sets[0];
        return sets.Contains(chosen, StringComparer.Ordinal)
            ? [.. files.Where(file => file.Prefix == chosen)]
            : throw new InvalidDataException($"'{folder}' holds no prices with the prefix '{chosen}', only {listed}.");
    }
}
