using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Mime;
using System.Text;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>An endpoint writes one JSON value; it refuses by throwing a <see cref="Refusal"/> before its first byte.</summary>
internal delegate Task Answering(Call call, Reply reply);

/// <summary>The way of every request: key, rate, faults, endpoint, record.</summary>
internal sealed class Server(World world)
{
    public async Task Serve(HttpContext http, Answering endpoint)
    {
        var time = world.Clock.GetUtcNow();
        http.TraceIdentifier = Guid.NewGuid().ToString("N");
        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
        http.Response.Headers.Vary = "Accept-Encoding";
        KeyPlan? plan = null;
        var reset = false;
        try
        {
            plan = world.Keys.Identify(http.Request);
            if (plan.NotEntitled.Any(fragment => http.Request.Path.Value!.Contains(fragment, StringComparison.Ordinal)))
                throw Refusal.NotEntitled();
            world.Keys.Count(plan);
            var call = new Call(http, world, plan);
            reset = await Suffer(call);
            if (!reset)
                await Write(http, call, endpoint);
        }
        catch (Refusal refusal) when (!http.Response.HasStarted)
        {
            await Write(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; the record below is all that is left to do.
        }
        var status = reset || http.RequestAborted.IsCancellationRequested ? 0 : http.Response.StatusCode;
        world.Calls.Add(new ObservedCall(time, $"{http.Request.Path}{QueryWithoutKey(http.Request)}", status, plan?.Key));
        // Only now: whoever sees the connection break may look at the record at once.
        if (reset)
            http.Abort();
    }

    /// <summary>Plays the faults that are planned for the call; true when its connection is to be reset.</summary>
    static async Task<bool> Suffer(Call call)
    {
        foreach (var fault in call.Faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.Slow:
                    await Task.Delay(fault.DelayMilliseconds, call.Aborted);
                    break;
                case FaultKind.ConnectionReset:
                    return true;
                case FaultKind.TooManyRequests:
                    throw Refusal.TooManyRequests(fault.RetryAfterSeconds, fault.EmptyBody);
                case FaultKind.InternalError:
                    throw Refusal.Gateway(StatusCodes.Status500InternalServerError, "Internal Server Error");
                case FaultKind.ClientClosedRequest:
                    throw Refusal.Gateway(StatusCodes.Status499ClientClosedRequest, "Client Closed Request");
                case FaultKind.CursorRefused:
                    throw Refusal.BadRequest("Could not parse the cursor.");
                case FaultKind.BadGateway:
                    throw Refusal.Gateway(StatusCodes.Status502BadGateway, "Bad Gateway");
                case FaultKind.GatewayTimeout:
                    throw Refusal.Gateway(StatusCodes.Status504GatewayTimeout, "Gateway Time-out");
                case FaultKind.NotEntitled:
                    throw Refusal.NotEntitled();
                case FaultKind.NotAuthorizedWith200:
                    throw Refusal.NotEntitled(StatusCodes.Status200OK);
                case FaultKind.Timeframe:
                    throw Refusal.Timeframe();
                case FaultKind.BeforeEndOfDay:
                    throw Refusal.BeforeEndOfDay();
            }
        }
        return false;
    }

    static async Task Write(HttpContext http, Call call, Answering endpoint)
    {
        var exponents = call.Faults.Any(fault => fault.Kind == FaultKind.ExponentNumbers);
        if (call.Faults.Any(fault => fault.Kind == FaultKind.TruncatedGzip))
        {
            await WriteTruncated(http, call, endpoint);
            return;
        }
        http.Response.ContentType = MediaTypeNames.Application.Json;
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await Write(http.Response.BodyWriter, call, endpoint, exponents);
            return;
        }
        http.Response.Headers.ContentEncoding = "gzip";
        var compressed = PipeWriter.Create(new GZipStream(http.Response.Body, CompressionLevel.Fastest));
        await Write(compressed, call, endpoint, exponents);
        await compressed.CompleteAsync(); // not after a refusal: an empty gzip body would start the response
    }

    static async Task Write(PipeWriter output, Call call, Answering endpoint, bool exponents)
    {
        using var reply = new Reply(output, exponents, call.Aborted);
        await endpoint(call, reply);
        await reply.Flush();
    }

    static async Task WriteTruncated(HttpContext http, Call call, Answering endpoint)
    {
        using var body = new MemoryStream();
        await using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
            await Write(PipeWriter.Create(gzip), call, endpoint, exponents: false);
        http.Response.ContentType = MediaTypeNames.Application.Json;
        http.Response.Headers.ContentEncoding = "gzip";
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length / 2), call.Aborted);
    }

    static async Task Write(HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = refusal.HttpStatus;
        http.Response.Headers.Remove("Content-Encoding");
        if (refusal.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.ContentType = refusal.ContentType ?? MediaTypeNames.Application.Json;
        if (refusal.ContentType is not null)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(refusal.Message), http.RequestAborted);
            return;
        }
        using var reply = new Reply(http.Response.BodyWriter, exponents: false, http.RequestAborted);
        reply.Json.WriteStartObject();
        reply.Json.WriteString("status", refusal.Status);
        reply.Json.WriteString("request_id", http.TraceIdentifier);
        reply.Json.WriteString(refusal.TextName, refusal.Message);
        reply.Json.WriteEndObject();
        await reply.Flush();
    }

    public static QueryString QueryWithoutKey(HttpRequest request) =>
        QueryString.Create(request.Query.Where(entry => !entry.Key.Equals("apiKey", StringComparison.OrdinalIgnoreCase)));
}
