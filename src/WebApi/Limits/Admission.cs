using System.Threading.RateLimiting;
using CleanPortfolio.Application;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>
/// Lets as many requests in as can be served at once; a few more wait in a line, the rest is told at once to come again. So an overloaded
/// service goes on at its full pace, instead of letting everybody wait for connections until nobody is served.
/// </summary>
internal sealed class Admission(Capacity capacity, RightOfWay rightOfWay, IHostApplicationLifetime lifetime, ILogger<Admission> logger)
    : IDisposable
{
    private const string RetryAfter = "1";
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter _places = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit = capacity.Concurrency,
            QueueLimit = capacity.Queue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    private long _refused;
    private long _warnedAt;

    public async Task Pass(HttpContext http, RequestDelegate next)
    {
        // So that a balancer's connections move on to those that stay.
        if (lifetime.ApplicationStopping.IsCancellationRequested && HttpProtocol.IsHttp11(http.Request.Protocol))
            http.Response.Headers.Connection = "close";
        if (ServerLimits.IsForWatchers(http.Request.Path))
        {
            await next(http);
            return;
        }
        using var place = await Enter(http.RequestAborted);
        if (place is { IsAcquired: true })
        {
            // Until the answer is sent, which is after this.
            http.Response.RegisterForDispose(rightOfWay.Take());
            await next(http);
        }
        else if (!http.RequestAborted.IsCancellationRequested)
            await Refuse(http);
    }

    public void Dispose() => _places.Dispose();

    private async ValueTask<RateLimitLease?> Enter(CancellationToken aborted)
    {
        var place = _places.AttemptAcquire();
        if (place.IsAcquired || capacity.Queue == 0)
            return place;
        place.Dispose();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patience.CancelAfter(capacity.Patience);
        try
        {
            return await _places.AcquireAsync(1, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private Task Refuse(HttpContext http)
    {
        Warn();
        http.Response.Headers.RetryAfter = RetryAfter;
        return Problems.Refuse(
            http,
            StatusCodes.Status503ServiceUnavailable,
            Problems.Busy,
            "More is asked than can be served at once; try again soon."
        );
    }

    // Not a line for each: writing them would cost more than refusing.
    private void Warn()
    {
        var refused = Interlocked.Increment(ref _refused);
        var (now, last) = (Environment.TickCount64, Interlocked.Read(ref _warnedAt));
        if ((last == 0 || now - last >= BetweenWarnings.TotalMilliseconds) && Interlocked.CompareExchange(ref _warnedAt, now, last) == last)
            logger.LogWarning("Overloaded: {Refused} requests were refused since the start", refused);
    }
}
