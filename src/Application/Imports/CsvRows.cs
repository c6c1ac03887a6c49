using System.Globalization;
using System.Runtime.CompilerServices;
using CleanPortfolio.Domain.Portfolios;
using CsvHelper;
using CsvHelper.Configuration;

namespace CleanPortfolio.Application.Imports;

/// <summary>CSV by RFC 4180, by CsvHelper; the delimiter is found in the header unless it is given.</summary>
internal static class CsvRows
{
    private static readonly string[] Delimiters = [",", ";", "\t", "|"];

    public static async IAsyncEnumerable<FileRow> Read(
        Stream file,
        FileLayout layout,
        ISet<string> ignored,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var openQuote = false;
        var form = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = layout.Delimiter is null,
            Delimiter = layout.Delimiter ?? ",",
            GetDelimiter = found => MostFrequent(found.Text),
            BadDataFound = _ => openQuote = true,
            IgnoreBlankLines = false,
            MaxFieldSize = FileRows.LongestCell,
        };
        using var reader = new StreamReader(file, FileRows.Utf8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
        using var parser = new CsvParser(new Patient(reader, cancellationToken), form);
        if (!await Next(parser))
            throw FileRows.Refused("is empty.");
        var columns = Header(parser.Record!, layout, ignored);
        for (var line = parser.RawRow + 1; await Next(parser); line = parser.RawRow + 1)
        {
            openQuote = false;
            var record = parser.Record!;
            if (record is [var blank] && string.IsNullOrWhiteSpace(blank) && columns.Length > 1)
                continue;
            yield return new FileRow(line, Cells(record, columns), Fault(record, columns, openQuote));
        }
    }

    private static async Task<bool> Next(CsvParser parser)
    {
        try
        {
            return await parser.ReadAsync();
        }
        catch (MaxFieldSizeException)
        {
            throw FileRows.Refused($"has a cell of more than {FileRows.LongestCell} characters, at line {parser.RawRow} or after.");
        }
    }

    private static Field?[] Header(string[] record, FileLayout layout, ISet<string> ignored)
    {
        var columns = Array.ConvertAll(record, layout.FieldOf);
        foreach (var (header, field) in record.Zip(columns))
            if (field is null && header.Trim().Length > 0)
                FileRows.Ignore(header.Trim(), ignored);
        var twice = columns.Where(field => field is not null).GroupBy(field => field).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw FileRows.Refused($"has two columns for {twice.Key!.Value.Name()}.");
        foreach (var named in layout.NamedHeaders)
            if (!record.Any(header => header.Trim().Equals(named, StringComparison.OrdinalIgnoreCase)))
                throw FileRows.Refused($"names a column '{named}' that the file does not have.", "columns");
        foreach (var needed in new[] { Field.Date, Field.Kind })
            if (!columns.Contains(needed))
                throw FileRows.Refused(
                    $"has no column {needed.Name()}; columns={needed.Name()}=<header> names it. Its header is: {Short(record)}"
                );
        return columns;
    }

    private static string?[] Cells(string[] record, Field?[] columns)
    {
        var cells = new string?[Fields.Count];
        for (var i = 0; i < Math.Min(record.Length, columns.Length); i++)
            if (columns[i] is { } field && record[i].Length > 0)
                cells[(int)field] = record[i];
        return cells;
    }

    private static RowFinding? Fault(string[] record, Field?[] columns, bool openQuote)
    {
        if (openQuote)
            return new RowFinding(
                null,
                Short(record),
                "row.quotes",
                "has a quote that is not closed, or one within a cell that is not quoted."
            );
        return record.Length == columns.Length
            ? null
            : new RowFinding(null, Short(record), "row.ragged", $"has {record.Length} cells, the header has {columns.Length}.");
    }

    private static string Short(string[] record)
    {
        var text = string.Join(" | ", record.Take(40));
        return text.Length <= 200 ? text : text[..200];
    }

    private static string MostFrequent(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text : text[..end];
        return Delimiters.MaxBy(delimiter => header.Count(letter => letter == delimiter[0]))!;
    }

    // The parser reads without a token, and looks for the delimiter in what the first read brings, however little that is.
    private sealed class Patient(TextReader inner, CancellationToken cancellationToken) : TextReader
    {
        public override async Task<int> ReadAsync(char[] buffer, int index, int count) =>
            await inner.ReadBlockAsync(buffer.AsMemory(index, count), cancellationToken);
    }
}
