using CleanPortfolio.Api.Tests.Access;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Browser;

/// <summary>How long a browser stays signed in.</summary>
[Collection(AccessApp.Name)]
public sealed class BrowserSessionTests(AccessApp.App app)
{
    [Fact]
    public async Task After_half_an_hour_without_a_look_it_is_over()
    {
        var person = await app.SignedIn("operator");

        await app.Later(TimeSpan.FromMinutes(29), async () => (await person.Copied().Look()).Is(200));
        await app.Later(TimeSpan.FromMinutes(31), async () => (await person.Copied().Look()).Is(302));
    }

    [Fact]
    public async Task Whoever_keeps_looking_stays_for_eight_hours()
    {
        var person = await app.SignedIn("operator");

        for (var minutes = 20; minutes < 8 * 60; minutes += 20)
            await app.Later(TimeSpan.FromMinutes(minutes), async () => (await person.Look()).Is(200));

        await app.Later(TimeSpan.FromMinutes(8 * 60 + 1), async () => (await person.Look()).Is(302));
    }

    [Fact]
    public async Task A_page_that_is_left_open_is_no_look()
    {
        var person = await app.SignedIn("operator");
        var token = person.Copied();

        await app.Later(
            TimeSpan.FromMinutes(20),
            async () =>
            {
                await person.Press("/stats", withToken: false);
                person.SetCookies.Should().BeEmpty();
                await token.Look();
                token.SetCookies.Should().ContainSingle(cookie => cookie.StartsWith("cleanportfolio-session=", StringComparison.Ordinal));
            }
        );

        await app.Later(TimeSpan.FromMinutes(40), async () => (await person.Look()).Is(302));
    }

    [Fact]
    public async Task Who_signs_out_is_out_with_every_copy_of_the_cookie()
    {
        var person = await app.SignedIn("admin");
        var thief = person.Copied();
        (await thief.Look()).Is(200);

        (await person.SignOut()).Is(303).Location.Should().Be("/hangfire/sign-in");

        (await person.Look()).Is(302);
        (await thief.Look()).Is(302);
    }

    [Fact]
    public async Task Whoever_is_shut_out_or_gets_another_role_is_out_at_once()
    {
        var admin = await app.As(Role.Admin);
        foreach (
            var change in new object[] { new { isDisabled = true }, new { role = "adviser" }, new { password = "ganz anderes Kennwort" } }
        )
        {
            var (id, email) = await app.Account("admin");
            var person = app.Person();
            (await person.SignIn(email)).Is(303);
            (await person.Look()).Is(200);

            (await admin.Patch($"accounts/{id}", change)).Is(200);

            (await person.Look()).Is(302);
        }
    }

    [Fact]
    public async Task Other_servers_on_the_database_know_the_cookie()
    {
        var person = await app.SignedIn("admin");
        var other = await app.Another(new Dictionary<string, string>(StringComparer.Ordinal));
        try
        {
            (await person.Copied(other.AsNobody().Http).Look("/recurring")).Is(200);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_cookie_that_was_changed_is_none()
    {
        var person = await app.SignedIn("admin");

        foreach (var change in new Func<string, string>[] { text => text[..^4] + "AAAA", _ => "x", text => text + text, _ => "%00" })
        {
            var forger = person.Copied();
            forger.Tamper("cleanportfolio-session", change);
            (await forger.Look()).Is(302);
        }
        (await person.Look()).Is(200);
    }
}
