using System.Net;
using System.Net.Http.Headers;

namespace CleanPortfolio.Client.Handlers;

/// <summary>Says who calls. A token that is refused is renewed and tried once more.</summary>
internal sealed class TokenHandler(Tokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (tokens.Key is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (tokens.Key is not null || !tokens.AreUsed || Tokens.IsAbout(request))
            return await base.SendAsync(request, cancellationToken);
        var token = await tokens.Get(refused: null, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        // A wrong password, which a second attempt would count twice, is not a wrong token.
        if (response.StatusCode is not HttpStatusCode.Unauthorized || await Wire.CodeOf(response) is "access.credentials")
            return response;
        var next = await tokens.Get(refused: token, cancellationToken);
        if (next == token)
            return response;
        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", next);
        return await base.SendAsync(request, cancellationToken);
    }
}
