using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleanPortfolio.Client.Handlers;
using Polly.Timeout;
using Refit;

namespace CleanPortfolio.Client;

/// <summary>How things look on the wire: exact decimals as texts, members of enumerations in camel case, days as yyyy-MM-dd.</summary>
internal static class Wire
{
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new DecimalText(), new EnumText() },
        };

    public static RefitSettings Settings { get; } =
        new(new Serializer(), new UrlText())
        {
            ExceptionFactory = async response => await Refusal(response),
            // As it happened: what Refit would wrap around it keeps the request, and with it the credentials.
            TransportExceptionFactory = (_, failure, _) =>
                failure is TimeoutRejectedException ? new TimeoutException(failure.Message, failure) : failure,
        };

    /// <summary>What a response refuses, or null when it doesn't.</summary>
    public static async Task<ProblemException?> Refusal(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return null;
        var problem = await ProblemOf(response) ?? Unknown(response.StatusCode);
        return new ProblemException(response.StatusCode, problem, Repetition.Wait(response));
    }

    /// <summary>The code of a refusal, whose body stays readable.</summary>
    public static async Task<string?> CodeOf(HttpResponseMessage response)
    {
        await response.Content.LoadIntoBufferAsync();
        return (await ProblemOf(response))?.Code;
    }

    private static async Task<Problem?> ProblemOf(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
            return null;
        try
        {
            // As a text: what reads a stream closes it, and nobody can read it again.
            return JsonSerializer.Deserialize<Problem>(await response.Content.ReadAsStringAsync(), Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem Unknown(HttpStatusCode status) =>
        new()
        {
            Type = "about:blank",
            Title = status.ToString(),
            Status = (int)status,
            Detail = "What answered did not say why.",
            Code = "unknown",
            TraceId = "",
        };

    private sealed class Serializer : IHttpContentSerializer
    {
        public HttpContent ToHttpContent<T>(T item) => JsonContent.Create(item, options: Json);

        public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
            content.ReadFromJsonAsync<T>(Json, cancellationToken);

        public string? GetFieldNameForProperty(PropertyInfo propertyInfo) =>
            propertyInfo.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name;
    }

    private sealed class UrlText : IUrlParameterFormatter
    {
        public string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type) =>
            value switch
            {
                null => null,
                Enum member => EnumText.Text(member),
                bool flag => flag ? "true" : "false",
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
                IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString(),
            };
    }
}
