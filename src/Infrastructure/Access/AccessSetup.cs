using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Access;

internal static class AccessSetup
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section));
        services
            .AddIdentityCore<Account>(identity =>
            {
                // Ours judges length and guessability; classes of characters make passwords worse (NIST SP 800-63B, 5.1.1.2).
                identity.Password.RequiredLength = 1;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 1;
            })
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<CommonPasswords>();
        services
            .AddOptions<PasswordHasherOptions>()
            .Configure<IOptions<AccessOptions>>(
                (hasher, access) =>
                {
                    hasher.CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3;
                    hasher.IterationCount = access.Value.PasswordIterations;
                }
            );
        services.AddSingleton<DummyHash>().AddSingleton<SigningKeys>().AddSingleton<AccessTokens>().AddSingleton<OidcTokens>();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider>(
                // Not before it is needed: a program that is only described has no database.
                (keys, provider) => keys.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<NpgsqlDataSource>)
            );
        services.AddScoped<IPasswords, Passwords>().AddScoped<ISessions, Sessions>().AddScoped<ICallers, Callers>();
    }
}
