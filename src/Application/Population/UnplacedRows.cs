using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Population;

/// <summary>Rows that can be true, but belong to no stock, or to one that has the same already.</summary>
internal static class UnplacedRows
{
    public static RejectedRow Of(string ticker, Bar bar) =>
        new(
            RowKind.Bar,
            ticker,
            bar.Date,
            RowReasons.UnknownSymbol,
            Text($"{ticker} {bar.Date:yyyy-MM-dd}: no stock bore the ticker that day"),
            BarContent.Write(new DailyValues(bar.Open, bar.High, bar.Low, bar.Close, bar.Volume))
        );

    public static RejectedRow Of(ProviderSplit row) =>
        new(
            RowKind.Split,
            row.Ticker,
            row.ExecutionDate,
            RowReasons.UnknownSymbol,
            Text($"{row.Ticker} split of {row.ExecutionDate:yyyy-MM-dd}: no stock bore the ticker that day"),
            Json(
                ("ticker", row.Ticker),
                ("executionDate", Text($"{row.ExecutionDate:yyyy-MM-dd}")),
                ("from", Text($"{row.From}")),
                ("to", Text($"{row.To}")),
                ("providerId", row.ProviderId)
            )
        );

    public static RejectedRow Of(ProviderDividend row) => Of(row, RowReasons.UnknownSymbol, "no stock bore the ticker that day");

    public static RejectedRow Twin(ProviderDividend row) =>
        Of(row, RowReasons.Duplicate, Text($"{row.Amount} {row.Currency} of that day and type is known under another id"));

    private static RejectedRow Of(ProviderDividend row, string reason, string problem) =>
        new(
            RowKind.Dividend,
            row.Ticker,
            row.ExDate,
            reason,
            Text($"{row.Ticker} dividend of {row.ExDate:yyyy-MM-dd}: {problem}"),
            Json(
                ("ticker", row.Ticker),
                ("exDate", Text($"{row.ExDate:yyyy-MM-dd}")),
                ("amount", Text($"{row.Amount}")),
                ("currency", row.Currency.Code),
                ("type", row.Type),
                ("declaredOn", Day(row.DeclaredOn)),
                ("recordDate", Day(row.RecordDate)),
                ("payDate", Day(row.PayDate)),
                ("providerId", row.ProviderId)
            )
        );

    private static string? Day(DateOnly? day) => day is null ? null : Text($"{day:yyyy-MM-dd}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Json(params (string Name, string? Value)[] values) =>
        JsonSerializer.Serialize(values.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
}
