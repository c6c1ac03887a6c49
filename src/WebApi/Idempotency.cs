using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Ports;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CleanPortfolio.WebApi;

/// <summary>The operation creates or starts something: a caller may send it again under one Idempotency-Key, and it has one effect.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IdempotentAttribute : Attribute;

/// <summary>
/// Gives a request with a key its one effect. What the operation answers is held back until effect and outcome are committed together.
/// Only what had an effect is kept: a refusal leaves nothing to repeat, and the same key may try again.
/// </summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";

    private const int LongestKey = 255;
    private const int LargestInMemory = 1024 * 1024;

    private static readonly SearchValues<char> Visible = SearchValues.Create([
        .. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c),
    ]);

    public static async Task Once(HttpContext http, RequestDelegate next)
    {
        var keys = http.Request.Headers[Header];
        // Generated clients send an empty header for a parameter that is not given.
        if (StringValues.IsNullOrEmpty(keys) || http.GetEndpoint()?.Metadata.GetMetadata<IdempotentAttribute>() is null)
        {
            await next(http);
            return;
        }
        if (keys is not [{ Length: > 0 and <= LongestKey } key] || key.AsSpan().ContainsAnyExcept(Visible))
            throw new WrongHeader(Header, $"must be 1 to {LongestKey} visible ASCII characters, once.");
        var request = new KeyedRequest(
            http.RequestServices.GetRequiredService<ICaller>().Current.Key,
            http.GetEndpoint()!.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
            key,
            await Content(http)
        );
        await using var held = new FileBufferingWriteStream(LargestInMemory);
        var kept = await http
            .RequestServices.GetRequiredService<IOutcomes>()
            .Once(request, () => Held(http, next, held), http.RequestAborted);
        if (kept.Outcome is { } outcome)
            await Answer(http, outcome, kept.Replayed);
        else
            await held.DrainBufferAsync(http.Response.Body, http.RequestAborted);
    }

    // Media type and body with their lengths, so that no two requests read alike.
    private static async Task<byte[]> Content(HttpContext http)
    {
        http.Request.EnableBuffering(LargestInMemory);
        var body = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;
        var head = $"{http.Request.Path}\n{http.Request.QueryString}\n{http.Request.ContentType}\n{Convert.ToHexString(body)}";
        return SHA256.HashData(Encoding.UTF8.GetBytes(head));
    }

    private static async Task<Outcome?> Held(HttpContext http, RequestDelegate next, FileBufferingWriteStream held)
    {
        var response = http.Response;
        var wire = response.Body;
        response.Body = held;
        try
        {
            await next(http);
        }
        finally
        {
            response.Body = wire;
        }
        if (response.StatusCode is < 200 or > 299)
            return null;
        using var body = new MemoryStream();
        await held.DrainBufferAsync(body, http.RequestAborted);
        var headers = response.Headers;
        return new Outcome(response.StatusCode, headers.Location, headers.ETag, response.ContentType, body.ToArray());
    }

    private static async Task Answer(HttpContext http, Outcome outcome, bool replayed)
    {
        var response = http.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (outcome.Status, outcome.MediaType, outcome.Body.Length);
        (response.Headers.Location, response.Headers.ETag) = (outcome.Location, outcome.ETag);
        if (replayed)
            response.Headers[Replayed] = "true";
        await response.Body.WriteAsync(outcome.Body, http.RequestAborted);
    }
}
