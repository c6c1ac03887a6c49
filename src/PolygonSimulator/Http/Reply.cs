using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>A JSON body on its way out. Nothing is held back but a few kilobytes, so endpoints refuse before they write.</summary>
internal sealed class Reply(PipeWriter output, bool exponents, CancellationToken cancellationToken) : IDisposable
{
    const int FlushAt = 32 * 1024;

    static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Utf8JsonWriter Json { get; } = new(output, Options);

    /// <summary>Ask after each row, then <see cref="Flush"/>.</summary>
    public bool IsFull => output.UnflushedBytes > FlushAt;

    public async ValueTask Flush()
    {
        await Json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public void Price(JsonEncodedText name, long micros)
    {
        if (micros == Bar.NotANumber)
        {
            Json.WriteString(name, "NaN");
            return;
        }
        Span<byte> text = stackalloc byte[32];
        Json.WritePropertyName(name);
        Json.WriteRawValue(text[..Micros.Format(micros, text)], skipInputValidation: true);
    }

    public void Volume(JsonEncodedText name, long micros)
    {
        if (!exponents)
        {
            Price(name, micros);
            return;
        }
        Span<byte> text = stackalloc byte[48];
        Json.WritePropertyName(name);
        Json.WriteRawValue(text[..Micros.FormatExponent(micros, text)], skipInputValidation: true);
    }

    public void Text(string name, string? value)
    {
        if (value is not null)
            Json.WriteString(name, value);
    }

    public void Date(string name, DateOnly? value)
    {
        if (value is { } date)
            Json.WriteString(name, date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose() => Json.Dispose();
}
