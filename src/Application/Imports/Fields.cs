using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Imports;

/// <summary>A column that files may have.</summary>
internal enum Field
{
    Date,
    Kind,
    Ticker,
    StockId,
    Quantity,
    UnitPrice,
    Amount,
    Fee,
    Tax,
    Currency,
    FxRate,
    AcquiredOn,
    Note,
    ExternalId,
    IntoTicker,
    IntoStockId,
    IntoQuantity,
    CostShare,
    DividendId,
    Id,
    Source,
    RecordedAt,
    VoidedAt,
}

/// <summary>Names of the columns, and an entry's content as texts: what files hold, what makes rows equal and what tells them apart.</summary>
internal static class Fields
{
    public const int Count = (int)Field.VoidedAt + 1;

    public static readonly IReadOnlyList<string> Names = [.. Enum.GetNames<Field>().Select(Camel)];

    /// <summary>What an entry states, except for its key.</summary>
    public static readonly IReadOnlyList<(Field Field, Func<Entry, string?> Text)> Content =
    [
        (Field.Date, entry => Day(entry.Date)),
        (Field.Kind, entry => Camel(entry.Kind.ToString())),
        (Field.StockId, entry => entry.StockId?.ToString()),
        (Field.Quantity, entry => Digits(entry.Quantity)),
        (Field.UnitPrice, entry => Digits(entry.UnitPrice)),
        (Field.Amount, entry => Digits(entry.Amount)),
        (Field.Fee, entry => Digits(entry.Fee)),
        (Field.Tax, entry => Digits(entry.Tax)),
        (Field.Currency, entry => entry.Currency.Code),
        (Field.FxRate, entry => Digits(entry.FxRate)),
        (Field.AcquiredOn, entry => Day(entry.AcquiredOn)),
        (Field.Note, entry => entry.Note),
        (Field.IntoStockId, entry => entry.IntoStockId?.ToString()),
        (Field.IntoQuantity, entry => Digits(entry.IntoQuantity)),
        (Field.CostShare, entry => Digits(entry.CostShare)),
    ];

    public static string Name(this Field field) => Names[(int)field];

    public static Field? Named(string name)
    {
        for (var i = 0; i < Count; i++)
            if (Names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                return (Field)i;
        return null;
    }

    /// <summary>Fields in which two entries differ; 1.50 and 1.5 do not.</summary>
    public static IEnumerable<(Field Field, string? Stored, string? Stated)> Differences(Entry stored, Entry stated) =>
        from field in Content
        let pair = (Stored: field.Text(Plain(stored)), Stated: field.Text(Plain(stated)))
        where pair.Stored != pair.Stated
        select (field.Field, field.Text(stored), field.Text(stated));

    /// <summary>Hash of what happened. The note is left out: a row whose note was edited is the same happening, not another one.</summary>
    public static string Hash(Entry entry)
    {
        var plain = Plain(entry);
        // What only spin-offs and mergers state counts where it is stated: the hashes of all others are as old as their rows.
        var told = Content
            .Where(field => field.Field is not Field.Note)
            .Select(field => (field.Field, Text: field.Text(plain)))
            .Where(field => field.Text is not null || field.Field < Field.IntoStockId);
        var text = string.Join('\n', told.Select(field => field.Text));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    public static string Camel(string member) => char.ToLowerInvariant(member[0]) + member[1..];

    private static Entry Plain(Entry entry) =>
        entry with
        {
            Quantity = Trim(entry.Quantity),
            UnitPrice = Trim(entry.UnitPrice),
            Amount = Trim(entry.Amount),
            Fee = Domain.Exact.Trim(entry.Fee),
            Tax = Domain.Exact.Trim(entry.Tax),
            FxRate = Trim(entry.FxRate),
            IntoQuantity = Trim(entry.IntoQuantity),
            CostShare = Trim(entry.CostShare),
        };

    private static decimal? Trim(decimal? value) => value is { } known ? Domain.Exact.Trim(known) : null;

    private static string? Digits(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
