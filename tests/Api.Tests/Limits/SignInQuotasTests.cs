using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>Three attempts for an e-mail address, which hardly come back, from wherever they are made.</summary>
public sealed class SignInQuotasTests(SignInQuotasTests.App app) : IClassFixture<SignInQuotasTests.App>
{
    [Fact]
    public async Task Attempts_for_one_account_are_counted_whether_it_is_there_or_not()
    {
        foreach (var email in new[] { Credentials.Admin, Unique.Email() })
        {
            for (var i = 0; i < 3; i++)
                (await SignIn(email)).IsProblem(401, "access.credentials");

            var refused = (await SignIn(email.ToUpperInvariant())).IsProblem(429, "limit.exceeded");

            refused.Headers.Should().ContainKey("Retry-After");
        }
        (await SignIn(Unique.Email())).Is(401);
    }

    private Task<Answer> SignIn(string email) => app.AsNobody().Post("auth/token", new { email, password = "not the right one" });

    public sealed class App()
        : TestApp(
            new TestAppOptions
            {
                Workers = 0,
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Limits:SignInSubject:Tokens"] = "3",
                    ["Limits:SignInSubject:Refill"] = "1",
                    ["Limits:SignInSubject:Period"] = "01:00:00",
                },
            }
        );
}
