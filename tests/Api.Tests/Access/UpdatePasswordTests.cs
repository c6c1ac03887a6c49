using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class UpdatePasswordTests(AccessApp.App app)
{
    private const string Next = "vierzehn blaue Kamele";

    [Fact]
    public async Task Another_password_ends_all_sessions()
    {
        var (_, email) = await app.Account();
        var (here, elsewhere) = ((await app.SignIn(email)).Is(200), (await app.SignIn(email)).Is(200));
        var api = app.Bearing(here.Text("accessToken"));

        (await api.Post("auth/password", new { currentPassword = Credentials.Password, password = Next })).Is(204);

        (await api.Get("me")).Is(401);
        (await app.Refresh(elsewhere.Text("refreshToken"))).Is(401);
        (await app.SignIn(email)).IsProblem(401, "access.credentials");
        (await app.SignIn(email, Next)).Is(200);
    }

    [Fact]
    public async Task Only_who_knows_the_old_password_sets_a_new_one()
    {
        var (_, email) = await app.Account();
        var api = app.Bearing((await app.SignIn(email)).Text("accessToken"));

        (await api.Post("auth/password", new { currentPassword = "wrong and wrong again", password = Next })).IsProblem(
            401,
            "access.credentials"
        );
        (await api.Post("auth/password", new { currentPassword = Credentials.Password, password = "short" })).IsInvalid("password");

        (await app.SignIn(email)).Is(200);
    }

    [Fact]
    public async Task A_key_can_not_set_a_password()
    {
        var key = await app.AsKey();

        (await key.Post("auth/password", new { currentPassword = Credentials.Password, password = Next })).IsProblem(403, "access.denied");
    }
}
