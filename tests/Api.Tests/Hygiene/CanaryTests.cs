using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Hygiene;

/// <summary>Secrets like no other text go in by every door, and must not come out by any.</summary>
[Collection(WatchedApp.Name)]
public sealed class CanaryTests(WatchedApp.App app)
{
    private static readonly string[] Sent =
    [
        .. new[] { "bearer", "apiKey", "cookie", "query", "password", "refreshToken", "idempotency" }.Select(place =>
            $"canary-{place}-{Guid.NewGuid():N}"
        ),
    ];

    [Fact]
    public async Task No_operation_tells_a_secret_in_answers_logs_traces_or_metrics()
    {
        string[] canaries = [.. Sent, app.ApiKey, Password(app.ConnectionString), Password(app.ServiceConnectionString)];
        var traces = new ConcurrentQueue<string>();
        using var listener = Listen(traces);
        var document = (await app.Api.Get("/openapi.json")).Is(200);
        var operations = (
            from path in document.At("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select (Path: path.Name, Method: operation.Name)
        ).ToList();

        foreach (var (path, method) in operations)
        {
            using var request = Request(new HttpMethod(method.ToUpperInvariant()), path);
            using var response = await app.Api.Http.SendAsync(request);
            var answer = await Answer.Of(response, CancellationToken.None);
            (answer.Body + string.Join('\n', answer.Headers)).Should().NotContainAny(canaries, "{0} {1} answers", method, path);
        }

        operations.Should().HaveCountGreaterThan(50);
        (await app.Api.Get("/metrics")).Body.Should().NotContainAny(canaries);
        (await app.Api.Get("/health")).Body.Should().NotContainAny(canaries);
        traces.Should().HaveCountGreaterThan(operations.Count, "they were listened to");
        traces.Should().NotContain(trace => canaries.Any(canary => trace.Contains(canary, StringComparison.Ordinal)));
        app.Log.Should().Contain("responded 200", "the log was listened to").And.NotContainAny(canaries);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var filled = string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Guid.NewGuid().ToString() : part));
        var request = new HttpRequestMessage(method, $"{filled}?access_token={Sent[3]}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Sent[0]}");
        request.Headers.TryAddWithoutValidation("X-Api-Key", Sent[1]);
        request.Headers.TryAddWithoutValidation("Cookie", $"session={Sent[2]}");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Sent[6]);
        if (method != HttpMethod.Get)
            request.Content = new StringContent(
                JsonSerializer.Serialize(new { password = Sent[4], refreshToken = Sent[5] }),
                System.Text.Encoding.UTF8,
                "application/json"
            );
        return request;
    }

    private static ActivityListener Listen(ConcurrentQueue<string> traces)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                traces.Enqueue(
                    string.Join(
                        '\n',
                        activity
                            .TagObjects.Concat(activity.Events.SelectMany(one => one.Tags))
                            .Select(tag => $"{tag.Key}={tag.Value}")
                            .Append(activity.DisplayName)
                            .Append(activity.StatusDescription)
                    )
                ),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static string Password(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Password!;
}
