using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class UpdateSessionTests(AccessApp.App app)
{
    [Fact]
    public async Task A_refresh_token_gives_new_tokens_once()
    {
        var (_, email) = await app.Account();
        var first = (await app.SignIn(email)).Is(200);

        var second = (await app.Refresh(first.Text("refreshToken"))).Is(200);
        var third = (await app.Refresh(second.Text("refreshToken"))).Is(200);

        new[] { first, second, third }.Select(tokens => tokens.Text("refreshToken")).Should().OnlyHaveUniqueItems();
        (await app.Bearing(third.Text("accessToken")).Get("me")).Is(200).Text("name").Should().Be(email);
    }

    [Fact]
    public async Task A_token_that_comes_again_ends_the_whole_session()
    {
        var (_, email) = await app.Account();
        var first = (await app.SignIn(email)).Is(200);
        var second = (await app.Refresh(first.Text("refreshToken"))).Is(200);

        await app.Later(
            TimeSpan.FromSeconds(11),
            async () => (await app.Refresh(first.Text("refreshToken"))).IsProblem(401, "access.refreshToken")
        );

        (await app.Refresh(second.Text("refreshToken"))).IsProblem(401, "access.refreshToken");
        (await app.Bearing(second.Text("accessToken")).Get("me")).IsProblem(401, "access.unauthenticated");
    }

    [Fact]
    public async Task A_token_older_than_the_one_before_ends_the_session_at_once()
    {
        var (_, email) = await app.Account();
        var first = (await app.SignIn(email)).Is(200);
        var second = (await app.Refresh(first.Text("refreshToken"))).Is(200);
        var third = (await app.Refresh(second.Text("refreshToken"))).Is(200);

        (await app.Refresh(first.Text("refreshToken"))).IsProblem(401, "access.refreshToken");

        (await app.Refresh(third.Text("refreshToken"))).IsProblem(401, "access.refreshToken");
    }

    [Fact]
    public async Task Of_fifty_at_once_one_has_a_child_and_the_child_lives()
    {
        var (_, email) = await app.Account();
        var first = (await app.SignIn(email)).Is(200);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Refresh(first.Text("refreshToken"))));

        answers.Count(answer => answer.Status == 200).Should().Be(1);
        foreach (var refused in answers.Where(answer => answer.Status != 200))
            refused.IsProblem(401, "access.refreshToken");
        var child = answers.Single(answer => answer.Status == 200);
        (await app.Bearing(child.Text("accessToken")).Get("me")).Is(200);
        (await app.Refresh(child.Text("refreshToken"))).Is(200);
    }

    // 30 days without use, 90 in all.
    [Fact]
    public async Task A_session_ends_unused_after_thirty_days_and_used_after_ninety()
    {
        var (_, email) = await app.Account();
        var unused = (await app.SignIn(email)).Is(200);
        await app.Later(TimeSpan.FromDays(30.1), async () => (await app.Refresh(unused.Text("refreshToken"))).Is(401));

        var used = (await app.SignIn(email)).Is(200);
        foreach (var day in new[] { 29, 58, 87 })
            await app.Later(TimeSpan.FromDays(day), async () => used = (await app.Refresh(used.Text("refreshToken"))).Is(200));
        await app.Later(TimeSpan.FromDays(90.1), async () => (await app.Refresh(used.Text("refreshToken"))).Is(401));
    }

    [Fact]
    public async Task A_disabled_account_has_no_sessions()
    {
        var (id, email) = await app.Account();
        var tokens = (await app.SignIn(email)).Is(200);
        var admin = await app.As(Role.Admin);

        (await admin.Patch($"accounts/{id}", new { isDisabled = true })).Is(200);

        (await app.Refresh(tokens.Text("refreshToken"))).IsProblem(401, "access.refreshToken");
        (await app.Bearing(tokens.Text("accessToken")).Get("me")).IsProblem(401, "access.unauthenticated");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("cpr_00000000000000000000000000000000_0000000000000000000000000000000000000000000")]
    [InlineData("cpr_0198c2f04b5c7d3ea1b2c3d4e5f60718_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cpr_0198c2f04b5c7d3ea1b2c3d4e5f60718_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'--")]
    public async Task What_was_never_given_out_is_refused(string token) => (await app.Refresh(token)).IsProblem(401, "access.refreshToken");

    [Fact]
    public async Task Nothing_is_refused_as_nothing() => (await app.Refresh("")).IsInvalid("refreshToken");
}
