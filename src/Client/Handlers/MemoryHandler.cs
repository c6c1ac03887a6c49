using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace CleanPortfolio.Client.Handlers;

/// <summary>Answers that may still hold.</summary>
internal sealed class AnswerMemory(IOptions<CleanPortfolioOptions> options)
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, LinkedListNode<Remembered>> byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Remembered> byUse = new();

    public bool IsOff => options.Value.RememberedAnswers == 0;

    public Remembered? Find(string name)
    {
        lock (turn)
        {
            if (!byName.TryGetValue(name, out var node))
                return null;
            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value;
        }
    }

    public void Keep(Remembered answer)
    {
        lock (turn)
        {
            if (byName.Remove(answer.Name, out var before))
                byUse.Remove(before);
            byName[answer.Name] = byUse.AddFirst(answer);
            if (byUse.Count <= options.Value.RememberedAnswers)
                return;
            byName.Remove(byUse.Last!.Value.Name);
            byUse.RemoveLast();
        }
    }

    internal sealed record Remembered(string Name, EntityTagHeaderValue Tag, MediaTypeHeaderValue? MediaType, byte[] Body);
}

/// <summary>Asks whether a remembered answer still holds; 304 is answered by it.</summary>
internal sealed class MemoryHandler(AnswerMemory memory) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (memory.IsOff || request.Method != HttpMethod.Get)
            return await base.SendAsync(request, cancellationToken);
        // What one may see is not what another may: the caller is part of the name.
        var name = $"{request.Headers.Authorization}\n{request.RequestUri}";
        var known = memory.Find(name);
        request.Headers.IfNoneMatch.Clear();
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known.Tag);
        var response = await base.SendAsync(request, cancellationToken);
        if (known is not null && response.StatusCode is HttpStatusCode.NotModified)
        {
            response.Content.Dispose();
            (response.StatusCode, response.Content) = (HttpStatusCode.OK, new ByteArrayContent(known.Body));
            response.Content.Headers.ContentType = known.MediaType;
        }
        else if (response is { StatusCode: HttpStatusCode.OK, Headers.ETag: { } tag })
            memory.Keep(
                new AnswerMemory.Remembered(
                    name,
                    tag,
                    response.Content.Headers.ContentType,
                    await response.Content.ReadAsByteArrayAsync(cancellationToken)
                )
            );
        return response;
    }
}
