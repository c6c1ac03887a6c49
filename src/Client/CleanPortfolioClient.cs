using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace CleanPortfolio.Client;

/// <summary>All operations of the service, by room: <c>client.Portfolios.GetHoldings(id)</c>. May be used by many threads.</summary>
public sealed partial class CleanPortfolioClient : IDisposable
{
    /// <summary>The named HTTP client that is behind it.</summary>
    internal const string Name = "CleanPortfolio";

    private readonly HttpClient http;
    private readonly Tokens tokens;
    private ServiceProvider? owned;

    internal CleanPortfolioClient(HttpClient http, Tokens tokens) => (this.http, this.tokens) = (http, tokens);

    /// <summary>
    /// A client without a container, for scripts and tests: dispose of it. Programs with a container say
    /// <see cref="Setup.AddCleanPortfolioClient"/> and take this class or one of the interfaces from it.
    /// </summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options contradict each other.</exception>
    public static CleanPortfolioClient Connect(Action<CleanPortfolioOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddCleanPortfolioClient(configure);
        var provider = services.BuildServiceProvider();
        try
        {
            var client = provider.GetRequiredService<CleanPortfolioClient>();
            client.owned = provider;
            return client;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>Ends the session, if there is one: its tokens are good for nothing from now on. The next call signs in again.</summary>
    public Task SignOut(CancellationToken cancellationToken = default) => tokens.SignOut(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        // The provider disposes of what it has made, this object too.
        var provider = Interlocked.Exchange(ref owned, null);
        provider?.Dispose();
    }

    private T Of<T>()
        where T : class => RestService.ForGenerated<T>(http, Wire.Settings);
}
