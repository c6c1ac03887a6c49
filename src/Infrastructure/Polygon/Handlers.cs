using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.Extensions.Options;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>Calls the <c>next_url</c> of a page as it stands. The key goes to the configured host and nowhere else.</summary>
internal sealed class FollowNextUrl(IOptions<PolygonOptions> options) : DelegatingHandler
{
    public const string Key = "NextUrl";
    private static readonly HttpRequestOptionsKey<string?> NextUrl = new(Key);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(NextUrl, out var next) && next is not null)
        {
            var own = options.Value.BaseUrl;
            // Seen at the provider: a port twice.
            next = next.Replace($"{own.Host}:{own.Port}:{own.Port}", $"{own.Host}:{own.Port}", StringComparison.OrdinalIgnoreCase);
            if (!Uri.TryCreate(next, UriKind.Absolute, out var url))
                throw new HttpRequestException("The provider's next page has no address.");
            // Both of the provider's names serve the same keys, and a page may name the other one.
            request.RequestUri = IsProvider(url.Host) && IsProvider(own.Host) ? new Uri(own, url.PathAndQuery) : url;
            if (request.RequestUri.GetLeftPart(UriPartial.Authority) != own.GetLeftPart(UriPartial.Authority))
                throw new HttpRequestException($"The provider's next page is at another host, {url.Host}; it is not followed.");
        }
        return base.SendAsync(request, cancellationToken);
    }

    internal static bool IsProvider(string host) => host is "api.polygon.io" or "api.massive.com";
}

/// <summary>
/// Writes each attempt down, and reads the body within the attempt's time limit: a body cut short counts as a failed attempt, to be
/// tried again.
/// </summary>
internal sealed class RecordCalls(PopulationMetrics metrics, TimeProvider clock) : DelegatingHandler
{
    private const int LargestBody = 256 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        int? status = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = (int)response.StatusCode;
            await response.Content.LoadIntoBufferAsync(LargestBody, cancellationToken);
            return !response.IsSuccessStatusCode || await IsWhole(response.Content, cancellationToken)
                ? response
                : throw new InvalidDataException("The end is missing.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            status = null;
            throw new HttpRequestException("The provider's answer broke off.", e);
        }
        finally
        {
            metrics.Called(at, status);
            var elapsed = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            ProviderCalls.Current?.Add(new ProviderCall(at, request.RequestUri!.PathAndQuery, status, elapsed));
        }
    }

    // Decompression takes the end of a cut body for the end: only the JSON shows that something is missing.
    private static async Task<bool> IsWhole(HttpContent buffered, CancellationToken cancellationToken)
    {
        var body = await buffered.ReadAsStreamAsync(cancellationToken);
        var last = -1;
        for (var at = body.Length - 1; at >= 0 && last is -1 or ' ' or '\r' or '\n' or '\t'; at--)
        {
            body.Position = at;
            last = body.ReadByte();
        }
        body.Position = 0;
        return last is '}' or ']';
    }
}

/// <summary>Sends the key as a header, so that it stands in no address and no log.</summary>
internal sealed class Authorise(IOptions<PolygonOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
