using System.Text.Json;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Whether an answer is one that the contract tells of.</summary>
internal static class Verdict
{
    private static readonly string[] Inner = ["Exception", "   at ", "Npgsql", "SELECT ", "System.", "CleanPortfolio."];

    /// <summary>What is wrong with it; empty if nothing is.</summary>
    public static IEnumerable<string> Of(Shot shot, Answer answer, Schemas schemas)
    {
        if (answer.Status >= 500)
            yield return $"{answer.Status}";
        if (!shot.Operation.Json.At("responses").TryGetProperty($"{answer.Status}", out var told))
        {
            yield return $"{answer.Status} is not documented";
            yield break;
        }
        if (told.TryGetProperty("headers", out var headers))
            foreach (var header in headers.EnumerateObject())
                if (header.Value.TryGetProperty("required", out var must) && must.GetBoolean() && !answer.Headers.ContainsKey(header.Name))
                    yield return $"{answer.Status} without {header.Name}";
        if (answer.Status == 401 && !answer.Headers.ContainsKey("WWW-Authenticate"))
            yield return "401 without WWW-Authenticate";
        if (shot.Caller == "anonymous" && answer.Status is not (401 or 413 or 415) && shot.IsClosed)
            yield return $"{answer.Status} to nobody";
        foreach (var fault in OfBody(answer, told, schemas))
            yield return $"{answer.Status} {fault}";
    }

    private static IEnumerable<string> OfBody(Answer answer, JsonElement told, Schemas schemas)
    {
        if (!told.TryGetProperty("content", out var contents))
            return answer.Body.Length > 0 ? ["has a body"] : [];
        if (answer.MediaType is null || !contents.TryGetProperty(answer.MediaType, out var content))
            return [$"is of type {answer.MediaType ?? "none"}"];
        if (Schemas.NameOf(content.GetProperty("schema")) is not { } schema)
            return [];
        var faults = new List<string>();
        try
        {
            faults.AddRange(schemas.Faults(schema, answer.Body));
            if (answer.Status >= 400)
                faults.AddRange(OfProblem(answer));
        }
        catch (Exception e) when (e is JsonException or Newtonsoft.Json.JsonException)
        {
            faults.Add($"is no JSON: {e.Message}");
        }
        return faults;
    }

    private static IEnumerable<string> OfProblem(Answer answer)
    {
        if (answer.MediaType != "application/problem+json")
            yield return "is no problem";
        if (
            string.IsNullOrEmpty(answer.Text("code"))
            || string.IsNullOrEmpty(answer.Text("traceId"))
            || string.IsNullOrEmpty(answer.Text("detail"))
        )
            yield return "lacks code, traceId or detail";
        if (answer.At("status").GetInt32() != answer.Status)
            yield return "tells another status";
        // What the caller sent is told back in some: only what we write ourselves is looked at.
        if (Inner.FirstOrDefault(text => answer.Text("detail")!.Contains(text, StringComparison.Ordinal)) is { } leak)
            yield return $"tells of {leak.Trim()}";
    }
}
