using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleanPortfolio.Client;

/// <summary>Decimals with the digits that they have.</summary>
internal sealed class DecimalText : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number ? reader.GetDecimal()
        : decimal.TryParse(
            reader.GetString(),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
        : throw new JsonException("Not a decimal.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Members of enumerations in camel case; those that a later service has are read as Unknown, the first member.</summary>
internal sealed class EnumText : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    public static string Text(Enum member) =>
        Convert.ToInt32(member, CultureInfo.InvariantCulture) == 0
            ? throw new ArgumentException(
                $"{member.GetType().Name}.{member} is what this client does not know: it can't be sent.",
                nameof(member)
            )
            : JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Members = Enum.GetValues<T>()
            .Skip(1)
            .ToDictionary(member => Text(member), StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && reader.GetString() is { } text
                ? Members.GetValueOrDefault(text)
                : throw new JsonException("Not a text.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
    }
}
