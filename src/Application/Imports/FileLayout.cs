using System.Globalization;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Imports;

/// <summary>How a file says things: names of its columns and kinds, form of its dates and numbers.</summary>
internal sealed class FileLayout
{
    public const string DefaultDateFormat = "yyyy-MM-dd";

    private readonly Dictionary<string, Field> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TransactionKind> _kinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Parameter, string Text)> _problems = [];

    public FileLayout(ImportTransactions request)
    {
        DateFormat = request.DateFormat ?? DefaultDateFormat;
        DecimalSeparator = request.DecimalSeparator is [var only] ? only : '.';
        Delimiter = request.Delimiter is "tab" or "\\t" ? "\t" : request.Delimiter;
        foreach (var field in Enum.GetValues<Field>())
            _columns[field.Name()] = field;
        foreach (var kind in Enum.GetValues<TransactionKind>())
            _kinds[kind.ToString()] = kind;
        foreach (var (name, header) in Pairs("columns", request.Columns))
            Map(name, header);
        foreach (var (word, name) in Pairs("kinds", request.Kinds))
            if (Enum.TryParse<TransactionKind>(name, ignoreCase: true, out var kind) && !char.IsAsciiDigit(name[0]))
                _kinds[word] = kind;
            else
                _problems.Add(("kinds", $"'{name}' is no kind; there are {KnownKinds}."));
        Check(request);
    }

    public static string KnownKinds { get; } = string.Join(", ", Enum.GetNames<TransactionKind>().Select(Fields.Camel));

    public string DateFormat { get; }

    public char DecimalSeparator { get; }

    /// <summary>Null: to be found in the file.</summary>
    public string? Delimiter { get; }

    /// <summary>Headers that were named; each must be there.</summary>
    public List<string> NamedHeaders { get; } = [];

    public IReadOnlyList<(string Parameter, string Text)> Problems => _problems;

    public Field? FieldOf(string header) => _columns.TryGetValue(header.Trim(), out var field) ? field : null;

    public TransactionKind? KindOf(string word) => _kinds.TryGetValue(word, out var kind) ? kind : null;

    public static DateOnly? Date(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? DateOnly.FromDateTime(instant.DateTime)
            : null;

    private void Map(string name, string header)
    {
        if (Fields.Named(name) is not { } field)
        {
            _problems.Add(("columns", $"'{name}' is no field; there are {string.Join(", ", Fields.Names)}."));
            return;
        }
        // The named header stands for the field alone: a file may use our names for other things.
        foreach (var other in _columns.Where(column => column.Value == field).Select(column => column.Key).ToList())
            _columns.Remove(other);
        _columns[header] = field;
        NamedHeaders.Add(header);
    }

    private void Check(ImportTransactions request)
    {
        if (request.DecimalSeparator is not (null or "." or ","))
            _problems.Add(("decimalSeparator", "must be . or ,"));
        if (request.Delimiter is not (null or "," or ";" or "\t" or "\\t" or "tab" or "|"))
            _problems.Add(("delimiter", "must be , or ; or | or tab."));
        var sample = new DateOnly(2024, 11, 23);
        if (!Writes(sample, out var written) || Date(written, DateFormat) != sample)
            _problems.Add(("dateFormat", "must have day, month and year, such as yyyy-MM-dd or MM/dd/yyyy."));
    }

    private bool Writes(DateOnly day, out string text)
    {
        text = "";
        if (DateFormat.Length is 0 or > 40)
            return false;
        try
        {
            text = day.ToDateTime(default).ToString(DateFormat, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private IEnumerable<(string Left, string Right)> Pairs(string parameter, string? text)
    {
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } left, { Length: > 0 } right])
                yield return (left, right);
            else
                _problems.Add((parameter, $"'{pair}' is not of the form name=name."));
    }
}
