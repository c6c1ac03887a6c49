using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>
/// Every HTTP attempt passes here, retries and further pages too: it waits until the budget lets it through, and tells what came of it. A
/// call refused for the rate limit waits and is repeated, however often; other failures are the retry policy's, outside of this.
/// </summary>
internal sealed class Gate(PolygonBudget budget, PopulationMetrics metrics, IOptions<PolygonOptions> options, TimeProvider clock)
    : DelegatingHandler
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WorthTelling = Second * 0.9;

    /// <summary>A failure of the provider that may be over at the next attempt.</summary>
    public static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 499 or >= 500;

    /// <inheritdoc cref="IsPassing(HttpStatusCode)"/>
    public static bool IsPassing(Exception failure) => failure is HttpRequestException or TimeoutRejectedException;

    /// <summary>Not the provider's failure, although it came up on the way to it.</summary>
    public static bool IsOurs(Exception failure) => failure is WorkCancelled or DbException or OperationCanceledException;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var turn = await Wait(cancellationToken);
            var report = new CallReport();
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                report = ReportOf(response);
                if (report.RefusedFor is null)
                    return response;
                response.Dispose();
            }
            catch (Exception e) when (IsPassing(e))
            {
                report = new CallReport(FailedFor: options.Value.OutagePause);
                throw;
            }
            finally
            {
                await budget.Leave(turn, report);
            }
        }
    }

    private async Task<Turn> Wait(CancellationToken cancellationToken)
    {
        var work = ProviderCalls.Current;
        var began = Stopwatch.GetTimestamp();
        var asked = began;
        DateTimeOffset? told = null;
        var turn = await budget.Enter(cancellationToken);
        if (turn.Wait is not null)
            metrics.WaitBegan(turn.WaitsFor);
        while (turn.Wait is { } wait)
        {
            if (Stopwatch.GetElapsedTime(began) + wait > WorthTelling)
                told = await Tell(work, told, clock.GetUtcNow() + wait);
            var step = StepOf(wait, turn.WaitsFor);
            await Task.Delay(step, clock, cancellationToken);
            metrics.Waited(turn.WaitsFor, step);
            if (work is not null && Stopwatch.GetElapsedTime(asked) >= Second)
            {
                await work.StopIfCancelled(cancellationToken);
                asked = Stopwatch.GetTimestamp();
            }
            turn = await budget.Enter(cancellationToken);
        }
        if (told is not null)
            await work!.Resumed();
        return turn;
    }

    private static async Task<DateTimeOffset?> Tell(ProviderCalls? work, DateTimeOffset? told, DateTimeOffset until)
    {
        if (work is null || (until - told)?.Duration() < Second)
            return told;
        await work.Waiting(until);
        return until;
    }

    // Not in one go: a block may be lifted or a slot given back early, and the work may be cancelled.
    private TimeSpan StepOf(TimeSpan wait, string reason)
    {
        var longest = reason is PolygonBudget.UsedUp && options.Value.Minute / 20 is var step && step < Second ? step : Second;
        return wait < longest ? wait : longest;
    }

    private CallReport ReportOf(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests ? new CallReport(RefusedFor: WaitOf(response.Headers))
        : IsPassing(response.StatusCode) ? new CallReport(FailedFor: options.Value.OutagePause)
        : new CallReport(Answered: true);

    private TimeSpan WaitOf(HttpResponseHeaders headers)
    {
        var told = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - (headers.Date ?? clock.GetUtcNow()));
        return told is { } wait && wait > TimeSpan.Zero && wait < TimeSpan.FromHours(1)
            ? wait
            : options.Value.Minute * (1.01 + (0.02 * Random.Shared.NextDouble()));
    }
}
