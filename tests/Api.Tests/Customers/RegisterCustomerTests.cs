using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class RegisterCustomerTests(TestApp app)
{
    [Fact]
    public async Task A_registered_customer_is_told_and_found_at_its_location()
    {
        var email = Unique.Email();

        var answer = (await app.Api.Post("customers", new { name = " Ada Lovelace ", email })).Is(201);

        answer.Text("name").Should().Be("Ada Lovelace");
        answer.Text("email").Should().Be(email);
        answer.Text("registeredAt").Should().MatchRegex(@"^2026-06-30T\d\d:\d\d:\d\d(\.\d+)?Z$");
        answer.Location.Should().Be($"/api/v1/customers/{answer.Text("id")}");
        (await app.Api.Get(answer.Location!)).Is(200).Body.Should().Be(answer.Body);
    }

    [Fact]
    public async Task Missing_values_are_told_all_at_once() =>
        (await app.Api.Post("customers", "{}")).IsProblem(400, "request.malformed").IsInvalid("name", "email");

    [Fact]
    public async Task Wrong_values_are_told_all_at_once() =>
        (await app.Api.Post("customers", new { name = "  ", email = "nobody" }))
            .IsProblem(400, "request.invalid")
            .IsInvalid("name", "email");

    [Fact]
    public async Task An_email_address_is_taken_whatever_its_case()
    {
        var email = Unique.Email();
        (await app.Api.Post("customers", new { name = "First", email })).Is(201);

        var second = await app.Api.Post("customers", new { name = "Second", email = email.ToUpperInvariant() });

        second.IsProblem(409, "customer.emailTaken");
    }

    [Fact]
    public async Task Of_many_at_once_with_one_address_exactly_one_is_registered()
    {
        var email = Unique.Email();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.Api.Post("customers", new { name = $"No {i}", email })));

        answers.Count(answer => answer.Status == 201).Should().Be(1);
        answers.Where(answer => answer.Status != 201).Should().AllSatisfy(answer => answer.IsProblem(409, "customer.emailTaken"));
    }

    [Theory]
    [InlineData("Zoë \"Zo\" O'Neil; drop table customers;--")]
    [InlineData("山田 太郎 👩‍👩‍👧 \\ / <b>&amp;</b> %s {0}")]
    [InlineData("مرحبا שלום")]
    public async Task A_name_comes_back_as_it_was_sent(string name)
    {
        var answer = (await app.Api.Post("customers", new { name, email = Unique.Email() })).Is(201);

        (await app.Api.Get(answer.Location!)).Text("name").Should().Be(name);
    }

    [Theory]
    [InlineData("a\\u0000b", "name")]
    [InlineData("a\\u0007b", "name")]
    [InlineData("a\\ud800b", "name")]
    public async Task A_name_that_is_no_text_is_refused(string escaped, string path) =>
        (await app.Api.Post("customers", $$"""{"name":"{{escaped}}","email":"{{Unique.Email()}}"}""")).IsInvalid(path);

    [Theory]
    [InlineData("a\\u0000@example.com")]
    [InlineData("a\\n@example.com")]
    [InlineData("@example.com")]
    [InlineData("a b")]
    public async Task An_address_that_is_none_is_refused(string escaped) =>
        (await app.Api.Post("customers", $$"""{"name":"Ada","email":"{{escaped}}"}""")).IsInvalid("email");

    [Fact]
    public async Task The_longest_name_and_address_are_accepted_and_longer_ones_refused()
    {
        var email = Unique.Email().PadLeft(254, 'x');

        (await app.Api.Post("customers", new { name = new string('n', 200), email })).Is(201);
        (await app.Api.Post("customers", new { name = new string('n', 201), email = $"x{email}" })).IsInvalid("name", "email");
    }

    [Fact]
    public async Task An_unknown_field_is_refused_instead_of_forgotten() =>
        (
            await app.Api.Post(
                "customers",
                new
                {
                    name = "Ada",
                    email = Unique.Email(),
                    nickname = "A",
                }
            )
        ).IsInvalid("nickname");
}
