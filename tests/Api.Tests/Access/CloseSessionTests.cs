using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class CloseSessionTests(AccessApp.App app)
{
    [Fact]
    public async Task Signing_out_ends_this_session_and_no_other()
    {
        var (_, email) = await app.Account();
        var (here, elsewhere) = ((await app.SignIn(email)).Is(200), (await app.SignIn(email)).Is(200));

        (await app.AsNobody().Post("auth/sign-out", new { refreshToken = here.Text("refreshToken") })).Is(204);

        (await app.Refresh(here.Text("refreshToken"))).IsProblem(401, "access.refreshToken");
        (await app.Bearing(here.Text("accessToken")).Get("me")).IsProblem(401, "access.unauthenticated");
        (await app.Bearing(elsewhere.Text("accessToken")).Get("me")).Is(200);
        (await app.Refresh(elsewhere.Text("refreshToken"))).Is(200);
    }

    [Fact]
    public async Task Signing_out_of_nothing_is_done_already() =>
        (await app.AsNobody().Post("auth/sign-out", new { refreshToken = "nothing" })).Is(204);
}
