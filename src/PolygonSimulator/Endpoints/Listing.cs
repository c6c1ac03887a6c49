using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>The envelope of reference lists: results are always there, count only in the older dialect.</summary>
internal static class Listing
{
    public static async Task Write<T>(Reply reply, Call call, IReadOnlyList<T> rows, bool withCount, string? nextUrl, Action<T> write)
    {
        reply.Json.WriteStartObject();
        reply.Json.WriteStartArray("results");
        foreach (var row in rows)
        {
            reply.Json.WriteStartObject();
            write(row);
            reply.Json.WriteEndObject();
            if (reply.IsFull)
                await reply.Flush();
        }
        reply.Json.WriteEndArray();
        reply.Json.WriteString("status", "OK");
        reply.Json.WriteString("request_id", call.RequestId);
        if (withCount)
            reply.Json.WriteNumber("count", rows.Count);
        reply.Text("next_url", nextUrl);
        reply.Json.WriteEndObject();
    }

    /// <summary>The order of the v3 dialect: one column and a direction in two parameters.</summary>
    public static string Order(Call call, string column, string direction) =>
        $"{call["sort"] ?? column}.{call["order"] ?? (call["sort"] is null ? direction : "asc")}";
}
