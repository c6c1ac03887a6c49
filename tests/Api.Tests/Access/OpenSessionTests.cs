using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class OpenSessionTests(AccessApp.App app)
{
    [Fact]
    public async Task Whoever_signs_in_can_call_for_ten_minutes()
    {
        var (id, email) = await app.Account();

        var tokens = (await app.SignIn(email.ToUpperInvariant())).Is(200);

        var api = app.Bearing(tokens.Text("accessToken"));
        (await api.Get("me")).Is(200).Text("accountId").Should().Be(id);
        await app.Later(
            TimeSpan.FromMinutes(11),
            async () =>
                (await api.Get("me")).IsProblem(401, "access.unauthenticated").Headers["WWW-Authenticate"].Should().Contain("invalid_token")
        );
    }

    [Fact]
    public async Task Nothing_tells_which_accounts_there_are()
    {
        var (_, email) = await app.Account();
        var (disabledId, disabled) = await app.Account();
        var admin = await app.As(Role.Admin);
        (await admin.Patch($"accounts/{disabledId}", new { isDisabled = true })).Is(200);
        var (withoutPassword, _) = (Unique.Email(), 0);
        (await admin.Post("accounts", new { email = withoutPassword, role = "operator" })).Is(201);

        var answers = new[]
        {
            await app.SignIn(email, "wrong and wrong again"),
            await app.SignIn(Unique.Email()),
            await app.SignIn(disabled),
            await app.SignIn(withoutPassword),
        };

        foreach (var answer in answers)
            answer.IsProblem(401, "access.credentials").Headers["WWW-Authenticate"].Should().StartWith("Bearer");
        answers.Select(answer => answer.Text("detail")).Distinct().Should().ContainSingle();
        answers.Select(answer => string.Join(',', answer.Headers.Keys.Order())).Distinct().Should().ContainSingle();
    }

    // Ten failures in a row lock for fifteen minutes, whether there is such an account or not.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_failures_lock_an_address_for_a_quarter_of_an_hour(bool exists)
    {
        var email = exists ? (await app.Account()).Email : Unique.Email();
        for (var attempt = 0; attempt < 10; attempt++)
            (await app.SignIn(email, "wrong and wrong again")).IsProblem(401, "access.credentials");

        (await app.SignIn(email)).IsProblem(401, "access.credentials");
        await app.Later(TimeSpan.FromMinutes(14), async () => (await app.SignIn(email)).IsProblem(401, "access.credentials"));
        await app.Later(TimeSpan.FromMinutes(16), async () => (await app.SignIn(email)).Is(exists ? 200 : 401));
    }

    // A long s is another letter than s, though both have the same capital.
    [Fact]
    public async Task Another_way_to_write_an_address_is_no_way_around_its_lock()
    {
        var id = Guid.NewGuid();
        (await Operator($"s{id}@example.com")).Is(201);
        for (var attempt = 0; attempt < 10; attempt++)
            (await app.SignIn($"s{id}@example.com", "wrong and wrong again")).Is(401);

        (await app.SignIn($"\u017f{id}@example.com")).IsProblem(401, "access.credentials");
    }

    [Theory]
    [InlineData("jose\u0301-")]
    [InlineData("γιάννης-")]
    [InlineData("İlker-")]
    public async Task Whatever_the_letters_of_an_address_it_signs_in(string letters)
    {
        var email = $"{letters}{Unique.Email()}";
        (await Operator(email)).Is(201);

        (await app.SignIn(email)).Is(200);
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_are_counted_one_by_one()
    {
        var (_, email) = await app.Account();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => app.SignIn(email, $"wrong and wrong again {i}")));

        (await app.SignIn(email)).IsProblem(401, "access.credentials");
    }

    [Fact]
    public async Task A_right_password_forgives_the_failures_before_it()
    {
        var (_, email) = await app.Account();
        for (var round = 0; round < 2; round++)
        {
            for (var attempt = 0; attempt < 9; attempt++)
                (await app.SignIn(email, "wrong and wrong again")).Is(401);
            (await app.SignIn(email)).Is(200);
        }
    }

    [Fact]
    public async Task What_can_be_no_credentials_is_refused() =>
        (await app.AsNobody().Post("auth/token", new { email = "nobody", password = "" })).IsInvalid("email", "password");

    [Fact]
    public async Task Where_another_issuer_signs_in_there_is_no_signing_in_here()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Access:LocalAccounts"] = "false" };
        var other = await app.Another(settings);
        try
        {
            var (_, email) = await app.Account();
            var tokens = (await app.SignIn(email)).Is(200);

            (await other.Bearing(tokens.Text("accessToken")).Get("me")).IsProblem(401, "access.unauthenticated");
            (await other.SignIn(email)).IsProblem(422, "access.noLocalAccounts");
            (await other.Refresh(tokens.Text("refreshToken"))).IsProblem(422, "access.noLocalAccounts");
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    private async Task<Answer> Operator(string email) =>
        await (await app.As(Role.Admin)).Post(
            "accounts",
            new
            {
                email,
                role = "operator",
                password = Credentials.Password,
            }
        );
}
