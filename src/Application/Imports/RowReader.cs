using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Application.Stocks;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;

namespace CleanPortfolio.Application.Imports;

/// <summary>Makes a row's cells a draft of a transaction, by the rules for one that is recorded by itself; tells each cell that can't be read.</summary>
internal sealed class RowReader(FileLayout layout)
{
    public const int LongestValue = 200;
    private const int MostDigits = 28;
    private static readonly string[] OtherDates =
    [
        "yyyy-MM-dd",
        "MM/dd/yyyy",
        "dd/MM/yyyy",
        "dd.MM.yyyy",
        "M/d/yyyy",
        "d.M.yyyy",
        "yyyyMMdd",
        "yyyy/MM/dd",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ssZ",
        "dd-MMM-yyyy",
        "MM/dd/yy",
    ];

    private readonly TransactionDraftRules _rules = new();

    public PlannedRow Read(FileRow file)
    {
        var row = new PlannedRow(file.Number);
        if (file.Fault is { } fault)
        {
            row.Spoil(fault with { Value = Short(fault.Value) });
            return row;
        }
        var draft = Draft(file.Cells, row);
        if (row.Findings.Count > 0)
            return row;
        foreach (var failure in _rules.Validate(draft).Errors)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(failure.PropertyName.Split('.')[^1]);
            var value = Fields.Named(name) is { } field ? file.Cells[(int)field] : null;
            row.Spoil(new RowFinding(name, Short(value), "cell.invalid", failure.ErrorMessage));
        }
        row.Draft = draft;
        return row;
    }

    private TransactionDraft Draft(string?[] cells, PlannedRow row)
    {
        foreach (var field in Enum.GetValues<Field>())
            if (cells[(int)field]?.Contains('\0', StringComparison.Ordinal) == true)
                Spoil(row, field, cells, "holds a null character, which no text can.");
        if (cells[(int)Field.VoidedAt] is not null)
            Spoil(row, Field.VoidedAt, cells, "a void entry can't be recorded.", "export without includeVoid");
        row.StatedId = Id<Transaction>.TryParse(cells[(int)Field.Id]?.Trim(), null, out var id) ? id : null;
        // An export names a stock both ways: the id counts where it is known, the ticker wherever else the file goes.
        row.Stock = Stock(Field.StockId, Field.Ticker, cells, row);
        row.Into = Stock(Field.IntoStockId, Field.IntoTicker, cells, row);
        row.DividendId = IdOf<Dividend>(Field.DividendId, cells, row);
        return new TransactionDraft(
            Kind(cells, row) ?? default,
            Date(Field.Date, cells, row, required: true) ?? CommonRules.Earliest,
            row.Stock.Id,
            row.Stock.Id is null ? row.Stock.Ticker : null,
            Number(Field.Quantity, cells, row),
            Number(Field.UnitPrice, cells, row),
            Number(Field.Amount, cells, row),
            Number(Field.Fee, cells, row) ?? 0m,
            Number(Field.Tax, cells, row) ?? 0m,
            Currency(cells, row),
            Number(Field.FxRate, cells, row),
            Date(Field.AcquiredOn, cells, row, required: false),
            cells[(int)Field.Note],
            cells[(int)Field.ExternalId],
            row.Into.Id,
            row.Into.Id is null ? row.Into.Ticker : null,
            Number(Field.IntoQuantity, cells, row),
            Number(Field.CostShare, cells, row)
        );
    }

    private TransactionKind? Kind(string?[] cells, PlannedRow row)
    {
        if (cells[(int)Field.Kind]?.Trim() is not { Length: > 0 } text)
            Spoil(row, Field.Kind, cells, "is required.");
        else if (layout.KindOf(text) is { } kind)
            return kind;
        else
            Spoil(row, Field.Kind, cells, $"is no kind; there are {FileLayout.KnownKinds}.", $"kinds={Short(text)}=<kind> reads it");
        return null;
    }

    private DateOnly? Date(Field field, string?[] cells, PlannedRow row, bool required)
    {
        if (cells[(int)field]?.Trim() is not { Length: > 0 } text)
        {
            if (required)
                Spoil(row, field, cells, "is required.");
            return null;
        }
        if (FileLayout.Date(text, layout.DateFormat) is { } day)
            return day;
        var other = Array.Find(OtherDates, format => FileLayout.Date(text, format) is not null);
        Spoil(row, field, cells, $"is not a date of the form {layout.DateFormat}.", other is null ? null : $"dateFormat={other} reads it");
        return null;
    }

    private decimal? Number(Field field, string?[] cells, PlannedRow row)
    {
        if (cells[(int)field]?.Trim() is not { Length: > 0 } text)
            return null;
        if (Exact(text, layout.DecimalSeparator) is { } value)
            return value;
        var other = layout.DecimalSeparator is '.' ? ',' : '.';
        var hint =
            Exact(text, other) is not null ? $"decimalSeparator={other} reads it"
            : text.Contains(other, StringComparison.Ordinal) ? "thousands separators must be left out"
            : null;
        Spoil(
            row,
            field,
            cells,
            $"is not a decimal of at most {MostDigits} digits with '{layout.DecimalSeparator}' before its decimals.",
            hint
        );
        return null;
    }

    private static decimal? Exact(string text, char separator)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (separator is ',')
            text = text.Contains('.', StringComparison.Ordinal) ? "" : text.Replace(',', '.');
        return text.Count(char.IsAsciiDigit) <= MostDigits && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private static StockName Stock(Field id, Field ticker, string?[] cells, PlannedRow row) =>
        new(IdOf<Stock>(id, cells, row, $"the column {ticker.Name()} takes tickers"), cells[(int)ticker]?.Trim());

    private static Id<T>? IdOf<T>(Field field, string?[] cells, PlannedRow row, string? hint = null)
    {
        if (cells[(int)field]?.Trim() is not { Length: > 0 } text)
            return null;
        if (Id<T>.TryParse(text, null, out var id))
            return id;
        Spoil(row, field, cells, "is not an id.", hint);
        return null;
    }

    private static Currency? Currency(string?[] cells, PlannedRow row)
    {
        if (cells[(int)Field.Currency]?.Trim() is not { Length: > 0 } text)
            return null;
        if (Domain.Currency.TryParse(text, null, out var currency))
            return currency;
        Spoil(row, Field.Currency, cells, "is not an ISO 4217 currency in use.");
        return null;
    }

    private static void Spoil(PlannedRow row, Field field, string?[] cells, string text, string? hint = null) =>
        row.Spoil(new RowFinding(field.Name(), Short(cells[(int)field]), "cell.unreadable", text, hint));

    // What goes into answers and into the database: short, and without characters that neither can hold.
    private static string? Short(string? value) =>
        value is null
            ? null
            : new string([
                .. value.Take(LongestValue).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter),
            ]);
}
