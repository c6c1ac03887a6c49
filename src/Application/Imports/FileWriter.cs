using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Domain.Portfolios;
using CsvHelper;

namespace CleanPortfolio.Application.Imports;

/// <summary>
/// Writes entries as files, a row at a time. What was stated leaves as it was stated: a note that begins with = is not disarmed for
/// spreadsheets, since it could not come back then.
/// </summary>
internal static class FileWriter
{
    private const int RowsAtOnce = 500;

    public static string?[] Cells(Transaction entry, string? ticker, string? intoTicker)
    {
        var cells = new string?[Fields.Count];
        var stated = entry.ToEntry();
        foreach (var (field, text) in Fields.Content)
            cells[(int)field] = text(stated);
        cells[(int)Field.Ticker] = ticker;
        cells[(int)Field.IntoTicker] = intoTicker;
        cells[(int)Field.DividendId] = entry.DividendId?.ToString();
        cells[(int)Field.ExternalId] = entry.ExternalId;
        cells[(int)Field.Id] = entry.Id.ToString();
        cells[(int)Field.Source] = entry.Source;
        cells[(int)Field.RecordedAt] = Instant(entry.RecordedAt);
        cells[(int)Field.VoidedAt] = Instant(entry.VoidedAt);
        return cells;
    }

    public static async Task Csv(IAsyncEnumerable<string?[]> rows, Stream stream, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(stream, FileRows.Utf8, leaveOpen: true);
        await using var closed = text.ConfigureAwait(false);
        var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        await using var finished = csv.ConfigureAwait(false);
        foreach (var name in Fields.Names)
            csv.WriteField(name);
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            foreach (var cell in row)
                csv.WriteField(cell);
            await csv.NextRecordAsync();
        }
    }

    public static async Task Json(IAsyncEnumerable<string?[]> rows, Stream stream, CancellationToken cancellationToken)
    {
        var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        await using var finished = json.ConfigureAwait(false);
        var written = 0;
        json.WriteStartArray();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
                json.WriteString(Fields.Names[i], row[i]);
            json.WriteEndObject();
            if (++written % RowsAtOnce == 0)
                await json.FlushAsync(cancellationToken);
        }
        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
    }

    private static string? Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
