using System.Net;
using Microsoft.Extensions.Options;
using Refit;

namespace CleanPortfolio.Client;

/// <summary>
/// The tokens of the one that calls. However many calls need a new one at once, it is fetched once: a refresh token is good for one use, and
/// a second use ends the session.
/// </summary>
internal sealed class Tokens(IOptions<CleanPortfolioOptions> configured, IHttpClientFactory http, TimeProvider time)
{
    public const string Name = "CleanPortfolio.Access";

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly Lock turn = new();
    private readonly CleanPortfolioOptions options = configured.Value;
    private Task<Session>? newest;

    public string? Key => options.ApiKey;

    public bool AreUsed => options.AccessToken is not null || options.Email is not null;

    /// <summary>Whether a request is about tokens: it shows none.</summary>
    public static bool IsAbout(HttpRequestMessage request) => EndsWith(request, "/auth/token") || EndsWith(request, "/auth/refresh");

    /// <summary>Whether a request is of those POSTs that know no keys, since a second one finds other tokens or another password.</summary>
    public static bool IsAboutAccess(HttpRequestMessage request) =>
        IsAbout(request) || EndsWith(request, "/auth/password") || EndsWith(request, "/auth/sign-out");

    /// <summary>A token that is good, as far as is known.</summary>
    public async ValueTask<string> Get(string? refused, CancellationToken cancellationToken)
    {
        if (options.AccessToken is { } elsewhere)
            return await elsewhere(cancellationToken);
        Task<Session> session;
        lock (turn)
        {
            if (newest is null or { IsFaulted: true } or { IsCanceled: true })
                newest = Open();
            else if (newest.IsCompletedSuccessfully && newest.GetAwaiter().GetResult() is var known && IsOver(known, refused))
                newest = Renew(known);
            session = newest;
        }
        // Whoever gives up waiting leaves the others their token.
        return (await session.WaitAsync(cancellationToken)).Tokens.AccessToken;
    }

    public async Task SignOut(CancellationToken cancellationToken)
    {
        Task<Session>? session;
        lock (turn)
            (session, newest) = (newest, null);
        if (session is null || await Settled(session) is not { } known)
            return;
        using var client = http.CreateClient(Name);
        await RestService
            .ForGenerated<IAccessApi>(client, Wire.Settings)
            .CloseSession(new RefreshDraft { RefreshToken = known.Tokens.RefreshToken }, cancellationToken: cancellationToken);
    }

    private static bool EndsWith(HttpRequestMessage request, string path) =>
        request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    // A clock that is behind or ahead of the service's must not renew at every call: then the service's 401 tells.
    private bool IsOver(Session session, string? refused) =>
        session.Tokens.AccessToken == refused
        || (session.Tokens.ExpiresAt - session.ReceivedAt > Margin && time.GetUtcNow() > session.Tokens.ExpiresAt - Margin);

    private Task<Session> Open() =>
        Task.Run(() => Ask(access => access.OpenSession(new SessionDraft { Email = options.Email!, Password = options.Password! })));

    private Task<Session> Renew(Session session) =>
        Task.Run(async () =>
        {
            try
            {
                return await Ask(access => access.UpdateSession(new RefreshDraft { RefreshToken = session.Tokens.RefreshToken }));
            }
            catch (ProblemException refused) when (refused.Status is HttpStatusCode.Unauthorized)
            {
                return await Open();
            }
        });

    private async Task<Session> Ask(Func<IAccessApi, Task<SessionTokens>> ask)
    {
        using var client = http.CreateClient(Name);
        return new Session(await ask(RestService.ForGenerated<IAccessApi>(client, Wire.Settings)), time.GetUtcNow());
    }

    private static async Task<Session?> Settled(Task<Session> session)
    {
        await ((Task)session).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return session.IsCompletedSuccessfully ? await session : null;
    }

    private sealed record Session(SessionTokens Tokens, DateTimeOffset ReceivedAt);
}
