using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class GetAccountTests(AccessApp.App app)
{
    [Fact]
    public async Task An_account_is_found_by_id()
    {
        var (id, email) = await app.Account();
        var admin = await app.As(Role.Admin);

        (await admin.Get($"accounts/{id}")).Is(200).Text("email").Should().Be(email);
        (await admin.Get($"accounts/{Guid.NewGuid()}")).IsProblem(404, "account.notFound");
    }
}

[Collection(AccessApp.Name)]
public sealed class ListAccountsTests(AccessApp.App app)
{
    [Fact]
    public async Task Accounts_are_listed_page_by_page_and_found_by_address()
    {
        var admin = await app.As(Role.Admin);
        var made = new List<string> { (await app.Account()).Id, (await app.Account()).Id, (await app.Account()).Id };
        var (id, email) = await app.Account();

        (await admin.All("accounts", 2)).Texts("id").Should().ContainInOrder(made).And.OnlyHaveUniqueItems();
        (await admin.Get($"accounts?email={email.ToUpperInvariant()}")).Is(200).Text("items.0.id").Should().Be(id);
        (await admin.Get("accounts?limit=0")).IsInvalid("limit");
    }
}

[Collection(AccessApp.Name)]
public sealed class UpdateAccountTests(AccessApp.App app)
{
    [Fact]
    public async Task Another_role_counts_from_the_next_request_on()
    {
        var (id, email) = await app.Account("operator");
        var before = app.Bearing((await app.SignIn(email)).Text("accessToken"));
        (await before.Get("jobs")).Is(200);
        var admin = await app.As(Role.Admin);

        (await admin.Patch($"accounts/{id}", new { role = "adviser" })).Is(200).Text("role").Should().Be("adviser");

        (await before.Get("jobs")).IsProblem(401, "access.unauthenticated");
        var after = app.Bearing((await app.SignIn(email)).Text("accessToken"));
        (await after.Get("jobs")).IsProblem(403, "access.denied");
        (await after.Get("customers")).Is(200).At("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_disabled_account_takes_its_keys_along_and_they_come_back_with_it()
    {
        var (id, email) = await app.Account();
        var admin = await app.As(Role.Admin);
        var own = app.Bearing((await app.SignIn(email)).Text("accessToken"));
        var key = app.Bearing((await own.Post("api-keys", new { name = "Job", scopes = new[] { Scopes.ReadMarket } })).Is(201).Text("key"));

        (await admin.Patch($"accounts/{id}", new { isDisabled = true })).Is(200);
        (await key.Get("stocks")).IsProblem(401, "access.unauthenticated");
        (await app.SignIn(email)).IsProblem(401, "access.credentials");
        (await admin.Patch($"accounts/{id}", new { isDisabled = false })).Is(200);

        (await key.Get("stocks")).Is(200);
    }

    [Fact]
    public async Task What_is_not_given_stays()
    {
        var admin = await app.As(Role.Admin);
        var customer = await app.Customer();
        var (id, email) = await app.Account("customer", customer);
        var next = Unique.Email();

        var changed = (await admin.Patch($"accounts/{id}", new { email = next, password = "vierzehn blaue Kamele" })).Is(200);

        changed.Text("customerId").Should().Be(customer);
        (await app.SignIn(email)).Is(401);
        (await app.SignIn(next, "vierzehn blaue Kamele")).Is(200);
        (await admin.Patch($"accounts/{id}", new { role = "adviser" })).Is(200).Text("customerId").Should().BeNull();
        (await admin.Patch($"accounts/{id}", new { role = "customer" })).IsProblem(422, "account.customer");
        (await admin.Patch($"accounts/{id}", new { password = "password" })).IsInvalid("password");
    }

    [Fact]
    public async Task An_administrator_can_not_shut_itself_out()
    {
        var admin = await app.As(Role.Admin);
        var self = (await admin.Get("me")).Text("accountId");

        (await admin.Patch($"accounts/{self}", new { role = "operator" })).IsProblem(422, "account.self");
        (await admin.Patch($"accounts/{self}", new { isDisabled = true })).IsProblem(422, "account.self");
        (await admin.Delete($"accounts/{self}")).IsProblem(422, "account.self");
    }
}

[Collection(AccessApp.Name)]
public sealed class DeleteAccountTests(AccessApp.App app)
{
    [Fact]
    public async Task A_deleted_account_is_gone_with_its_sessions()
    {
        var (id, email) = await app.Account();
        var tokens = (await app.SignIn(email)).Is(200);
        var admin = await app.As(Role.Admin);

        (await admin.Delete($"accounts/{id}")).Is(204);

        (await admin.Get($"accounts/{id}")).IsProblem(404, "account.notFound");
        (await app.Bearing(tokens.Text("accessToken")).Get("me")).Is(401);
        (await app.Refresh(tokens.Text("refreshToken"))).Is(401);
    }
}
