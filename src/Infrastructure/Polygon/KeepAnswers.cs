using System.Net;
using System.Net.Mime;
using System.Text;
using CleanPortfolio.Application.Ports;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>
/// Keeps each answer until its item is checked off, when calls are dear: an item of several calls, or one that is being stored while its
/// process is killed, is gone on with where it was, without asking again. Without a limit asking again is cheaper than keeping.
/// </summary>
internal sealed class KeepAnswers(NpgsqlDataSource dataSource, IOptions<PolygonOptions> options, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.Value.Limit == 0 || ProviderCalls.Current is not { Item: { } item } work)
            return await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.PathAndQuery;
        if (await Find(item, path, cancellationToken) is { } kept)
        {
            // The process that made the call did not live to write it down.
            work.Add(new ProviderCall(kept.At, path, (int)HttpStatusCode.OK, kept.Milliseconds));
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent(kept.Body, Encoding.UTF8, MediaTypeNames.Application.Json),
            };
        }
        var at = clock.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.OK)
            await Keep(item, path, new Kept(at, 0, await response.Content.ReadAsStringAsync(cancellationToken)), cancellationToken);
        return response;
    }

    private async Task<Kept?> Find(WorkItem item, string path, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "select at, milliseconds, body from kept_answers where job_id = $1 and item_key = $2 and path = $3 and at >= $4"
        );
        command.Parameters.AddWithValue(item.JobId.Value);
        command.Parameters.AddWithValue(item.Key);
        command.Parameters.AddWithValue(path);
        command.Parameters.AddWithValue(item.AskedAt);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Kept(reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt32(1), reader.GetString(2))
            : null;
    }

    private async Task Keep(WorkItem item, string path, Kept kept, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            insert into kept_answers (job_id, item_key, path, at, milliseconds, body) values ($1, $2, $3, $4, $5, $6)
            on conflict (job_id, item_key, path) do update
              set (at, milliseconds, body) = (excluded.at, excluded.milliseconds, excluded.body)
            """
        );
        command.Parameters.AddWithValue(item.JobId.Value);
        command.Parameters.AddWithValue(item.Key);
        command.Parameters.AddWithValue(path);
        command.Parameters.AddWithValue(kept.At);
        command.Parameters.AddWithValue(kept.Milliseconds);
        command.Parameters.AddWithValue(kept.Body);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Kept(DateTimeOffset At, int Milliseconds, string Body);
}
