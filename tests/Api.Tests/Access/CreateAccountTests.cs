using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class CreateAccountTests(AccessApp.App app)
{
    [Fact]
    public async Task An_account_is_made_and_its_password_is_never_told()
    {
        var (admin, email) = (await app.As(Role.Admin), Unique.Email());

        var made = await admin.Post(
            "accounts",
            new
            {
                email,
                role = "adviser",
                password = Credentials.Password,
            }
        );

        made.Is(201).Location.Should().Be($"/api/v1/accounts/{made.Text("id")}");
        made.Text("email").Should().Be(email);
        made.Text("role").Should().Be("adviser");
        made.At("isDisabled").GetBoolean().Should().BeFalse();
        made.Body.Should().NotContainAny("hash", "stamp", Credentials.Password);
    }

    // Too short, common, a common word with digits or written with them, repeated, a row of the keyboard, few letters, the owner's name.
    [Theory]
    [InlineData("elf Zeichen")]
    [InlineData("123456789012")]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiopqwertyuiop")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("Administrator2026")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("ababababababab")]
    [InlineData("winter2026winter2026")]
    [InlineData("zyxwvutsrqponm")]
    public async Task A_password_that_is_guessed_first_is_refused(string password)
    {
        var admin = await app.As(Role.Admin);

        (
            await admin.Post(
                "accounts",
                new
                {
                    email = Unique.Email(),
                    role = "operator",
                    password,
                }
            )
        ).IsInvalid("password");
    }

    [Fact]
    public async Task A_password_with_the_name_in_it_or_of_129_characters_is_refused_and_one_of_128_is_not()
    {
        var (admin, name) = (await app.As(Role.Admin), $"maximiliana{Guid.NewGuid():N}");
        Task<Answer> Create(string email, string password) =>
            admin.Post(
                "accounts",
                new
                {
                    email,
                    role = "operator",
                    password,
                }
            );
        var longest = string.Concat(Enumerable.Range(0, 128).Select(i => (char)('!' + (i * 37 % 90))));

        (await Create($"{name}@example.com", $"mine: {name.ToUpperInvariant()}!")).IsInvalid("password");
        (await Create(Unique.Email(), longest + "x")).IsInvalid("password");
        (await Create(Unique.Email(), longest)).Is(201);
    }

    [Fact]
    public async Task An_address_has_one_account()
    {
        var admin = await app.As(Role.Admin);
        var (_, email) = await app.Account();

        (await admin.Post("accounts", new { email = email.ToUpperInvariant(), role = "operator" })).IsProblem(409, "account.emailTaken");
    }

    [Fact]
    public async Task A_customers_account_is_of_a_customer_and_no_other_is()
    {
        var (admin, customer) = (await app.As(Role.Admin), await app.Customer());
        Task<Answer> Create(string role, string? customerId) =>
            admin.Post(
                "accounts",
                new
                {
                    email = Unique.Email(),
                    role,
                    customerId,
                }
            );

        (await Create("customer", null)).IsProblem(422, "account.customer");
        (await Create("admin", customer)).IsProblem(422, "account.customer");
        (await Create("service", null)).IsProblem(422, "account.role");
        (await Create("customer", Guid.NewGuid().ToString())).IsProblem(404, "customer.notFound");
        (await Create("customer", customer)).Is(201);
        (await Create("nobody", null)).Is(400);
        (await admin.Post("accounts", new { email = "no address", role = "admin" })).IsInvalid("email");
    }

    [Fact]
    public async Task Only_administrators_make_accounts()
    {
        foreach (var role in new[] { Role.Operator, Role.Adviser })
            (await (await app.As(role)).Post("accounts", new { email = Unique.Email(), role = "admin" })).IsProblem(403, "access.denied");
        (await app.Api.Post("accounts", new { email = Unique.Email(), role = "admin" })).IsProblem(403, "access.denied");
    }
}
