using System.Text;
using CleanPortfolio.Domain.Portfolios;
using FluentValidation;
using FluentValidation.Results;

namespace CleanPortfolio.Application.Imports;

/// <summary>A row as it stands in a file.</summary>
/// <param name="Number">Line of a CSV file on which it begins, or place in a JSON array, from 1.</param>
/// <param name="Cells">Its texts by <see cref="Field"/>; null where there is none.</param>
/// <param name="Fault">Why it is no row of the file's form.</param>
internal readonly record struct FileRow(int Number, string?[] Cells, RowFinding? Fault);

/// <summary>Reads files row by row. What spoils a whole file is refused here, what spoils a row is told with it.</summary>
internal static class FileRows
{
    public const int Most = 200_000;
    public const int LongestCell = 10_000;

    /// <summary>Bytes that are no text are an error, not a question mark.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<IReadOnlyList<FileRow>> Read(
        Stream file,
        FileFormat format,
        FileLayout layout,
        ISet<string> ignored,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<FileRow>();
        var read =
            format is FileFormat.Json
                ? JsonRows.Read(file, layout, ignored, cancellationToken)
                : CsvRows.Read(file, layout, ignored, cancellationToken);
        try
        {
            await foreach (var row in read)
            {
                if (rows.Count == Most)
                    throw Refused($"has more than {Most} rows.");
                rows.Add(row);
            }
        }
        catch (DecoderFallbackException)
        {
            throw Refused($"is not UTF-8 text, after row {(rows.Count == 0 ? 1 : rows[^1].Number)}.");
        }
        return rows;
    }

    /// <summary>Remembers a column that no field was found for; a file of nothing but such columns must not fill the memory.</summary>
    public static void Ignore(string column, ISet<string> ignored)
    {
        const int MostColumns = 100;
        if (ignored.Count < MostColumns && column.Length <= RowReader.LongestValue)
            ignored.Add(column);
    }

    public static ValidationException Refused(string text, string parameter = "file") =>
        new([new ValidationFailure(parameter, text) { ErrorCode = parameter }]);
}
