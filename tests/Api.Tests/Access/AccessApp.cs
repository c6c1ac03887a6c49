using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>For tests of who may call: they move the clock and put it back.</summary>
[CollectionDefinition(Name)]
public sealed class AccessApp : ICollectionFixture<AccessApp.App>
{
    public const string Name = nameof(AccessApp);

    public sealed class App() : TestApp(new TestAppOptions { Workers = 0 });
}

/// <summary>Steps that tests of access take.</summary>
internal static class Signing
{
    /// <summary>A new account with <see cref="Credentials.Password"/>, made by a new administrator.</summary>
    public static async Task<(string Id, string Email)> Account(this TestApp app, string role = "operator", string? customerId = null)
    {
        var email = Unique.Email();
        var admin = await app.As(Role.Admin);
        var made = await admin.Post(
            "accounts",
            new
            {
                email,
                role,
                customerId,
                password = Credentials.Password,
            }
        );
        return (made.Is(201).Text("id")!, email);
    }

    /// <summary>Signs in.</summary>
    public static Task<Answer> SignIn(this TestApp app, string email, string password = Credentials.Password) =>
        app.AsNobody().Post("auth/token", new { email, password });

    /// <summary>Renews a session.</summary>
    public static Task<Answer> Refresh(this TestApp app, string? refreshToken) => app.AsNobody().Post("auth/refresh", new { refreshToken });

    /// <summary>Calls by a bearer token.</summary>
    public static Testing.Api Bearing(this TestApp app, string? token)
    {
        var api = app.AsNobody();
        api.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return api;
    }

    /// <summary>A second server on the same database and at the same time, with other settings.</summary>
    public static async Task<TestApp> Another(this TestApp app, IReadOnlyDictionary<string, string> settings)
    {
        var another = await TestApp.Start(
            new TestAppOptions
            {
                Workers = 0,
                On = app,
                Settings = settings,
            }
        );
        another.Clock.Set(app.Clock.GetUtcNow());
        return another;
    }

    /// <summary>What a test does while it is later.</summary>
    public static async Task Later(this TestApp app, TimeSpan by, Func<Task> test)
    {
        app.Clock.Set(app.Clock.GetUtcNow() + by);
        try
        {
            await test();
        }
        finally
        {
            app.Clock.Set(app.Clock.GetUtcNow() - by);
        }
    }
}
