using System.Net.Http.Headers;
using System.Security.Cryptography;
using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CleanPortfolio.Testing;

/// <summary>
/// By what tests call. Every database of a <see cref="TestCluster"/> has an administrator with a key of all scopes, which
/// <see cref="TestApp.Api"/> shows; clients of other callers are made by <see cref="As(TestApp, Role, string?)"/> and
/// <see cref="AsKey(TestApp, string[])"/>.
/// </summary>
public static class Credentials
{
    /// <summary>E-mail address of the administrator that every database has.</summary>
    public const string Admin = "tests@example.com";

    /// <summary>The administrator's key with all scopes.</summary>
    public static string Key { get; } = ApiKeyText.New().Text;

    /// <summary>A password that is good enough for any account.</summary>
    public const string Password = "korrekte Pferde im Stapel";

    /// <summary>The key of this run that signs access tokens, as PEM.</summary>
    public static string SigningKey { get; } = NewSigningKey();

    /// <summary>What a server must be told to know the callers of this run.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Access:SigningKeys:0"] = SigningKey,
            // Sound hashing is slow on purpose; tests that look at it say so.
            ["Access:PasswordIterations"] = "1000",
        };

    /// <summary>Another key to sign access tokens.</summary>
    public static string NewSigningKey()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return curve.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>A client that shows the administrator's key.</summary>
    public static HttpClient ShowKey(this HttpClient http)
    {
        http.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return http;
    }

    /// <summary>Calls as a new account of a role, with an access token of ten minutes.</summary>
    /// <param name="app">The app.</param>
    /// <param name="role">Any but service.</param>
    /// <param name="customerId">For a customer the one that it is of; for an adviser one that is assigned to it.</param>
    public static async Task<Api> As(this TestApp app, Role role, string? customerId = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var account = await NewAccount(scope.ServiceProvider, role, customerId);
        var tokens = await scope.ServiceProvider.GetRequiredService<ISessions>().Open(account, default);
        return app.With(http => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken));
    }

    /// <summary>Calls as a program of a new administrator's, with a key of these scopes; all if none is named.</summary>
    public static Task<Api> AsKey(this TestApp app, params string[] scopes) => app.AsKey(Role.Admin, null, scopes);

    /// <summary>Calls as a program of a new account, with a key of these scopes.</summary>
    public static async Task<Api> AsKey(this TestApp app, Role owner, string? customerId, params string[] scopes)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var account = await NewAccount(scope.ServiceProvider, owner, customerId);
        var key = await scope
            .ServiceProvider.GetRequiredService<Provisioning>()
            .Key(account, "Test", scopes.Length > 0 ? scopes : Scopes.Of(owner), null, default);
        return app.With(http => http.DefaultRequestHeaders.Add("X-Api-Key", key));
    }

    /// <summary>Identity of whom <see cref="TestApp.Api"/> calls for.</summary>
    public static async Task<string> Caller(this TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ICallers>().Of(Key, default))!.Key;
    }

    /// <summary>Calls as nobody.</summary>
    public static Api AsNobody(this TestApp app) => app.With(_ => { });

    /// <summary>Makes the administrator and its key in a migrated database.</summary>
    public static async Task Store(string connectionString)
    {
        _ = ApiKeyText.TryParse(Key, out var key);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            with owner as (
                insert into accounts (id, email, email_key, role, stamp, is_disabled, created_at)
                values (gen_random_uuid(), @email, @email, 'admin', gen_random_uuid(), false, '2020-01-01Z') returning id
            )
            insert into api_keys (id, account_id, name, prefix, hash, scopes, expires_at, created_at)
            select gen_random_uuid(), id, 'tests', @prefix, @hash, @scopes, '9999-01-01Z', '2020-01-01Z' from owner
            """,
            connection
        );
        command.Parameters.AddWithValue("email", Admin);
        command.Parameters.AddWithValue("prefix", key!.Prefix);
        command.Parameters.AddWithValue("hash", key.Hash);
        command.Parameters.AddWithValue("scopes", Scopes.All.ToArray());
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<Account> NewAccount(IServiceProvider services, Role role, string? customerId)
    {
        var provisioning = services.GetRequiredService<Provisioning>();
        var customer = customerId is null ? (Id<Customer>?)null : Id<Customer>.Parse(customerId, null);
        var own = role is Role.Customer ? customer : null;
        var account = await provisioning.Account(Unique.Email(), role, own, null, default);
        if (role is Role.Adviser && customer is { } assigned)
            await provisioning.Assign(account, assigned, default);
        return account;
    }
}
