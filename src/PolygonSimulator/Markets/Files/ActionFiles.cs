namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Splits, dividends and names. Every row is kept, duplicates too: they are what a vendor delivers.</summary>
internal static class ActionFiles
{
    public static IEnumerable<Split> Splits(IEnumerable<string> paths) =>
        Rows(
            paths,
            (ref Fields fields, int number) =>
            {
                var (ticker, date) = (fields.Text(), fields.Date());
                var (from, to) = (Micros.ToDecimal(fields.Micros()), Micros.ToDecimal(fields.Micros()));
                return new Split(Stock.ActionId("split", ticker, date, number), ticker, date, from, to);
            }
        );

    public static IEnumerable<Dividend> Dividends(IEnumerable<string> paths) =>
        Rows(
            paths,
            (ref Fields fields, int number) =>
            {
                var (ticker, date) = (fields.Text(), fields.Date());
                return new Dividend(Stock.ActionId("dividend", ticker, date, number), ticker, date, Micros.ToDecimal(fields.Micros()));
            }
        );

    public static IEnumerable<Rename> Renames(IEnumerable<string> paths) =>
        Rows(paths, (ref Fields fields, int _) => new Rename(fields.Text(), fields.Text(), fields.Date()));

    public static Dictionary<string, string> Names(IEnumerable<string> paths)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            using var lines = new LineReader(path);
            lines.Next(out _);
            while (lines.NextText() is { } line)
            {
                if (Fields.Quoted(line) is [var ticker, var name, ..] && name.Length > 0)
                    names[ticker] = name;
            }
        }
        return names;
    }

    delegate T RowReader<T>(ref Fields fields, int number);

    static List<T> Rows<T>(IEnumerable<string> paths, RowReader<T> read)
    {
        var rows = new List<T>();
        foreach (var path in paths)
        {
            using var lines = new LineReader(path);
            lines.Next(out _);
            while (lines.Next(out var line))
            {
                var fields = new Fields(lines, line);
                if (!line.IsEmpty)
                    rows.Add(read(ref fields, lines.Number));
            }
        }
        return rows;
    }
}
