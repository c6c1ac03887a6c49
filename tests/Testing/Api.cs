using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CleanPortfolio.Testing;

/// <summary>Calls an API: paths are relative to <c>/api/v1</c>, unless they begin with a slash. Bodies are objects, or JSON as text.</summary>
public sealed class Api(HttpClient http)
{
    private const string Root = "/api/v1/";

    /// <summary>The client, for everything else.</summary>
    public HttpClient Http { get; } = http;

    /// <summary>GET.</summary>
    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>POST.</summary>
    public Task<Answer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    /// <summary>PATCH.</summary>
    public Task<Answer> Patch(string path, object body) => Send(HttpMethod.Patch, path, body);

    /// <summary>DELETE.</summary>
    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Any method; what is changed is changed whatever is there, unless the headers name another If-Match, or an empty one for none.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : Root + path);
        if (method != HttpMethod.Get && method != HttpMethod.Post && !headers.Any(header => header.Name == "If-Match"))
            request.Headers.Add("If-Match", "*");
        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body, options: JsonSerializerOptions.Web),
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var response = await Http.SendAsync(request, limit.Token);
        return await Answer.Of(response, limit.Token);
    }

    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonElement>> All(string path, int limit = 500)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await Get($"{path}{mark}limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            items.AddRange(page.Is(200).At("items").EnumerateArray());
            cursor = page.Text("nextCursor");
        } while (cursor is not null);
        return items;
    }

    /// <summary>The job when it is over.</summary>
    public async Task<Answer> WaitForJob(string id, int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            var job = (await Get($"jobs/{id}")).Is(200);
            if (job.Text("finishedAt") is not null)
                return job;
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"Not over after {seconds} s: {job.Body}");
            await Task.Delay(30);
        }
    }
}
