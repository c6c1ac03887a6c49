namespace CleanPortfolio.Client.Handlers;

/// <summary>Gives each POST a key of its own, which all its repetitions bear: whatever gets lost on the way, it has one effect.</summary>
internal sealed class KeyHandler : DelegatingHandler
{
    public const string Key = "Idempotency-Key";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && !request.Headers.Contains(Key) && !Tokens.IsAboutAccess(request))
            request.Headers.Add(Key, Guid.CreateVersion7().ToString());
        // A stream can be sent once; what may be repeated must be held.
        if (request.Content is not null)
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
