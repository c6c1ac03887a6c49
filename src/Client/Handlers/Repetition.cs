using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CleanPortfolio.Client.Handlers;

/// <summary>
/// Which calls are repeated. 429 and 503 say that nothing was done: any call is. After a network failure, a time-out, or a database that went
/// away nobody knows: reading is repeated, and what bears a key; changes by version are not, since the second answer would be 412 or 404
/// although the first was good.
/// </summary>
internal static class Repetition
{
    // The database may have gone away in the middle of a commit.
    private const string MayBeDone = "service.unavailable";

    public static void Add(ResiliencePipelineBuilder<HttpResponseMessage> attempts, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<CleanPortfolioOptions>>().Value;
        if (options.Retries == 0)
            return;
        attempts.AddRetry(
            new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => IsWorthIt(attempt, options),
            }
        );
    }

    /// <summary>The time that an answer asks to wait, if it does.</summary>
    public static TimeSpan? Wait(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (response.Headers.Date ?? date),
            _ => null,
        };

    private static async ValueTask<bool> IsWorthIt(RetryPredicateArguments<HttpResponseMessage> attempt, CleanPortfolioOptions options)
    {
        if (attempt.Outcome.Exception is { } failure)
            return failure is HttpRequestException or TimeoutRejectedException or IOException
                && attempt.Context.GetRequestMessage() is { } request
                && IsRepeatable(request);
        if (attempt.Outcome is not { Result: { } response })
            return false;
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => IsShort(response, options),
            HttpStatusCode.ServiceUnavailable => IsShort(response, options)
                && (IsRepeatable(response.RequestMessage!) || await Wire.CodeOf(response) is not MayBeDone),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => IsRepeatable(response.RequestMessage!),
            // The attempt before is still at work: its answer comes with the next one.
            HttpStatusCode.Conflict => attempt.AttemptNumber > 0 && await Wire.CodeOf(response) is "idempotency.inProgress",
            _ => false,
        };
    }

    private static bool IsShort(HttpResponseMessage response, CleanPortfolioOptions options) => !(Wait(response) > options.LongestWait);

    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || (request.Method == HttpMethod.Post && request.Headers.Contains(KeyHandler.Key));
}
