using CleanPortfolio.Api.Tests.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Browser;

/// <summary>Through a proxy on the same host every caller comes from this machine, which must open nothing.</summary>
[Collection(AccessApp.Name)]
public sealed class ThroughNginxTests(AccessApp.App app)
{
    [NginxTheory]
    [InlineData("")]
    [InlineData("/portfolio")]
    public async Task The_dashboard_is_closed_to_all_but_operators_and_administrators(string root)
    {
        var service = await app.Another(new Dictionary<string, string>(StringComparer.Ordinal) { ["Proxies:Known"] = "127.0.0.1, ::1" });
        try
        {
            await using var nginx = await Nginx.Before(service.Api.Http.BaseAddress!);
            var customer = (await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })).Is(201).Text("id");
            Person New() => new(nginx.Http, root);

            (await New().Look("/recurring")).Is(302).Location.Should().Be($"{root}/hangfire/sign-in?returnTo=%2Frecurring");
            (await New().SignIn((await app.Account("customer", customer)).Email)).Is(403);
            (await New().SignIn((await app.Account("adviser")).Email)).Is(403);

            var looking = New();
            (await looking.SignIn((await app.Account("operator")).Email)).Is(303);
            (await looking.Look()).Is(200);
            (await looking.Press("/recurring/trigger", values: ("jobs[]", "x"))).Is(403);

            var changing = New();
            var signedIn = await changing.SignIn((await app.Account("admin")).Email, returnTo: "/recurring");
            signedIn.Is(303).Location.Should().Be($"{root}/hangfire/recurring");
            changing
                .SetCookies.Should()
                .ContainSingle(cookie => cookie.Contains($"path={root}/hangfire; secure;", StringComparison.Ordinal));
            (await changing.Look("/recurring"))
                .Is(200)
                .Body.Should()
                .Contain($"\"{root}/hangfire/sign-out\"")
                .And.Contain($"\"{root}/hangfire/css");
            (await changing.Press("/recurring/trigger", values: ("jobs[]", "x"))).Status.Should().BeInRange(200, 204);
            (await changing.SignOut()).Is(303).Location.Should().Be($"{root}/hangfire/sign-in");
            (await changing.Look()).Is(302);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }
}
