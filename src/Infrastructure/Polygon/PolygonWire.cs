using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>The envelope that every list comes in. Both error keys occur; <c>results</c> may be absent.</summary>
internal sealed record PolygonPage<T>(
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("results")] List<T>? Results,
    [property: JsonPropertyName("next_url")] string? NextUrl,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("message")] string? Message
);

/// <summary>The envelope of a single thing.</summary>
internal sealed record PolygonOne<T>(
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("results")] T? Results,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("message")] string? Message
);

/// <summary>A daily bar; <c>T</c> only in answers about the whole market. A number that can't be read is null: one bad row must not sink the page.</summary>
/// <remarks>
/// Rows come by the million. A class with setters is what the serialiser fills with the least memory: arguments of a constructor are boxed
/// one by one, and a list of large structs is an object of the large heap for each page.
/// </remarks>
internal sealed class PolygonBar
{
    [JsonPropertyName("T"), JsonConverter(typeof(LenientText))]
    public string? Ticker { get; set; }

    [JsonPropertyName("t"), JsonConverter(typeof(LenientNumber))]
    public Told Time { get; set; }

    [JsonPropertyName("o"), JsonConverter(typeof(LenientNumber))]
    public Told Open { get; set; }

    [JsonPropertyName("h"), JsonConverter(typeof(LenientNumber))]
    public Told High { get; set; }

    [JsonPropertyName("l"), JsonConverter(typeof(LenientNumber))]
    public Told Low { get; set; }

    [JsonPropertyName("c"), JsonConverter(typeof(LenientNumber))]
    public Told Close { get; set; }

    [JsonPropertyName("v"), JsonConverter(typeof(LenientNumber))]
    public Told Volume { get; set; }
}

internal sealed record PolygonTicker(
    [property: JsonPropertyName("ticker")] string? Ticker,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("primary_exchange")] string? PrimaryExchange,
    [property: JsonPropertyName("currency_name")] string? CurrencyName,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("composite_figi")] string? CompositeFigi,
    [property: JsonPropertyName("active")] bool? Active,
    [property: JsonPropertyName("list_date")] string? ListDate,
    [property: JsonPropertyName("delisted_utc")] string? DelistedUtc,
    [property: JsonPropertyName("last_updated_utc")] string? LastUpdatedUtc
);

internal sealed record PolygonEvents([property: JsonPropertyName("events")] List<PolygonEvent>? Events);

internal sealed record PolygonEvent(
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("date")] string? Date,
    [property: JsonPropertyName("ticker_change")] PolygonTickerChange? TickerChange
);

internal sealed record PolygonTickerChange([property: JsonPropertyName("ticker")] string? Ticker);

internal sealed record PolygonSplit(
    [property: JsonPropertyName("id"), JsonConverter(typeof(LenientText))] string? Id,
    [property: JsonPropertyName("ticker")] string? Ticker,
    [property: JsonPropertyName("execution_date")] string? ExecutionDate,
    [property: JsonPropertyName("split_from"), JsonConverter(typeof(LenientNumber))] Told From,
    [property: JsonPropertyName("split_to"), JsonConverter(typeof(LenientNumber))] Told To
);

internal sealed record PolygonDividend(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("ticker")] string? Ticker,
    [property: JsonPropertyName("ex_dividend_date")] string? ExDividendDate,
    [property: JsonPropertyName("cash_amount"), JsonConverter(typeof(LenientNumber))] Told CashAmount,
    [property: JsonPropertyName("currency")] string? Currency,
    [property: JsonPropertyName("dividend_type")] string? DividendType,
    [property: JsonPropertyName("distribution_type")] string? DistributionType,
    [property: JsonPropertyName("declaration_date")] string? DeclarationDate,
    [property: JsonPropertyName("record_date")] string? RecordDate,
    [property: JsonPropertyName("pay_date")] string? PayDate
);

/// <summary>A number of the provider: its value, and what stood there when that is none.</summary>
internal readonly record struct Told(decimal? Value, string? Instead = null)
{
    public override string? ToString() => Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Instead;
}

/// <summary>Any JSON number, in any form the provider uses; everything else is kept as it stood there.</summary>
internal sealed class LenientNumber : JsonConverter<Told>
{
    public override Told Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var value))
            return new Told(value);
        if (reader.TokenType is JsonTokenType.Null)
            return default;
        using var instead = JsonDocument.ParseValue(ref reader);
        return new Told(null, instead.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, Told value, JsonSerializerOptions options) =>
        throw new NotSupportedException("The provider's answers are only read.");
}

/// <summary>Any JSON text that is one; null for everything else, and for bytes that are no characters.</summary>
internal sealed class LenientText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("The provider's answers are only read.");
}

// Names differ by case only (T and t): matching must be case-sensitive, which this context is and Refit's default is not.
[JsonSerializable(typeof(PolygonPage<PolygonBar>))]
[JsonSerializable(typeof(PolygonPage<PolygonTicker>))]
[JsonSerializable(typeof(PolygonPage<PolygonSplit>))]
[JsonSerializable(typeof(PolygonPage<PolygonDividend>))]
[JsonSerializable(typeof(PolygonOne<PolygonTicker>))]
[JsonSerializable(typeof(PolygonOne<PolygonEvents>))]
internal sealed partial class PolygonJson : JsonSerializerContext;
