using System.Net;
using CleanPortfolio.Client.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Polly;

namespace CleanPortfolio.Client;

/// <summary>Registration.</summary>
public static partial class Setup
{
    /// <summary>
    /// Registers <see cref="CleanPortfolioClient"/> and every interface of it. Calls sign in, bear a key of their own, and are repeated where
    /// that is safe. The builder that is returned takes further handlers; they see every attempt.
    /// </summary>
    public static IHttpClientBuilder AddCleanPortfolioClient(this IServiceCollection services, Action<CleanPortfolioOptions> configure)
    {
        services
            .AddOptions<CleanPortfolioOptions>()
            .Configure(configure)
            .Validate(
                options => options.Fault is null,
                "See CleanPortfolioOptions: the address is missing, or ways to sign in contradict."
            );
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Tokens>().AddSingleton<AnswerMemory>();
        services.AddTransient<KeyHandler>().AddTransient<TokenHandler>().AddTransient<MemoryHandler>();
        services.AddTransient(provider => new CleanPortfolioClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(CleanPortfolioClient.Name),
            provider.GetRequiredService<Tokens>()
        ));
        AddInterfaces(services);
        Plain(services.AddHttpClient(Tokens.Name)).AddResilienceHandler("attempt", AddAttempt);
        var client = Plain(services.AddHttpClient(CleanPortfolioClient.Name)).AddHttpMessageHandler<KeyHandler>();
        client.AddResilienceHandler("attempts", Repetition.Add);
        client.AddHttpMessageHandler<TokenHandler>().AddHttpMessageHandler<MemoryHandler>();
        client.AddResilienceHandler("attempt", AddAttempt);
        return client;
    }

    private static IHttpClientBuilder Plain(IHttpClientBuilder client) =>
        client
            .ConfigureHttpClient(
                (provider, http) =>
                {
                    http.BaseAddress = provider.GetRequiredService<IOptions<CleanPortfolioOptions>>().Value.BaseAddress;
                    // Each attempt has its own limit.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    // Tokens and keys go to the address that was told, nowhere else.
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.All,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            );

    private static void AddAttempt(
        ResiliencePipelineBuilder<HttpResponseMessage> attempt,
        Microsoft.Extensions.Http.Resilience.ResilienceHandlerContext context
    ) => attempt.AddTimeout(context.ServiceProvider.GetRequiredService<IOptions<CleanPortfolioOptions>>().Value.AttemptTimeout);
}
