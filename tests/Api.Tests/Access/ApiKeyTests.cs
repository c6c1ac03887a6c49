using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class CreateApiKeyTests(AccessApp.App app)
{
    [Fact]
    public async Task A_key_is_shown_once_and_opens_what_its_scopes_say()
    {
        var api = await app.As(Role.Admin);

        var made = (await api.Post("api-keys", new { name = "Nightly", scopes = new[] { Scopes.ReadMarket } })).Is(201);

        var key = made.Text("key")!;
        key.Should().MatchRegex("^cp_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$").And.StartWith($"cp_{made.Text("details.prefix")}_");
        made.Location.Should().Be($"/api/v1/api-keys/{made.Text("id")}");
        (await api.Get(made.Location!)).Is(200).Body.Should().NotContain(key[12..]);
        var program = app.Bearing(key);
        (await program.Get("stocks")).Is(200);
        (await program.Get("customers")).IsProblem(403, "access.denied");
        (await program.Post("api-keys", new { name = "Another", scopes = new[] { Scopes.ReadMarket } })).IsProblem(403, "access.denied");
    }

    [Fact]
    public async Task A_key_reaches_no_further_than_its_owner()
    {
        var (mine, other) = (await app.Customer(), await app.Customer());
        var key = await app.AsKey(Role.Customer, mine);

        (await key.Get($"customers/{mine}")).Is(200);
        (await key.Get($"customers/{other}")).IsProblem(404, "customer.notFound");
        (await key.Post("customers", new { name = "Emmy", email = Unique.Email() })).IsProblem(403, "access.denied");
        (await key.Delete($"customers/{mine}")).IsProblem(403, "access.denied");
    }

    [Fact]
    public async Task Nobody_makes_a_key_that_may_more_than_oneself()
    {
        var customer = await app.As(Role.Customer, await app.Customer());

        (await customer.Post("api-keys", new { name = "More", scopes = new[] { Scopes.OperateMarket } })).IsProblem(422, "apiKey.scope");
    }

    [Fact]
    public async Task A_key_has_an_end_within_a_year()
    {
        var api = await app.As(Role.Operator);
        var now = app.Clock.GetUtcNow();
        Task<Answer> Create(DateTimeOffset expiresAt) =>
            api.Post(
                "api-keys",
                new
                {
                    name = "Job",
                    scopes = new[] { Scopes.ReadMarket },
                    expiresAt,
                }
            );

        (await Create(now.AddSeconds(-1))).IsProblem(422, "apiKey.expiry");
        (await Create(now.AddDays(367))).IsProblem(422, "apiKey.expiry");
        var key = app.Bearing((await Create(now.AddDays(2))).Is(201).Text("key"));
        (await key.Get("stocks")).Is(200);
        await app.Later(TimeSpan.FromDays(2.1), async () => (await key.Get("stocks")).IsProblem(401, "access.unauthenticated"));
    }

    [Fact]
    public async Task A_key_needs_a_name_and_known_scopes()
    {
        var api = await app.As(Role.Admin);

        (await api.Post("api-keys", new { name = " ", scopes = Array.Empty<string>() })).IsInvalid("name", "scopes");
        (await api.Post("api-keys", new { name = "Job", scopes = new[] { "everything" } })).IsInvalid("scopes[0]");
    }
}

[Collection(AccessApp.Name)]
public sealed class ListApiKeysTests(AccessApp.App app)
{
    [Fact]
    public async Task Everybody_sees_its_own_keys_and_an_admin_all()
    {
        var (one, another, admin) = (await app.As(Role.Operator), await app.As(Role.Operator), await app.As(Role.Admin));
        var made = new List<string>();
        for (var i = 0; i < 3; i++)
            made.Add((await one.Post("api-keys", new { name = $"Key {i}", scopes = new[] { Scopes.ReadMarket } })).Is(201).Text("id")!);

        (await one.All("api-keys", 2)).Texts("id").Should().Equal(made);
        (await another.All("api-keys")).Should().BeEmpty();
        (await admin.All("api-keys")).Texts("id").Should().Contain(made);
    }

    [Fact]
    public async Task The_last_use_is_told_to_the_minute()
    {
        var owner = await app.As(Role.Operator);
        var made = (await owner.Post("api-keys", new { name = "Job", scopes = new[] { Scopes.ReadMarket } })).Is(201);
        made.Text("details.lastUsedAt").Should().BeNull();
        var key = app.Bearing(made.Text("key"));

        (await key.Get("stocks")).Is(200);
        var first = (await owner.Get(made.Location!)).Text("lastUsedAt");
        (await key.Get("stocks")).Is(200);
        var second = (await owner.Get(made.Location!)).Text("lastUsedAt");

        first.Should().NotBeNull();
        second.Should().Be(first, "it is written once a minute");
        await app.Later(
            TimeSpan.FromMinutes(2),
            async () =>
            {
                (await key.Get("stocks")).Is(200);
                (await owner.Get(made.Location!)).Text("lastUsedAt").Should().NotBe(first);
            }
        );
    }
}

[Collection(AccessApp.Name)]
public sealed class GetApiKeyTests(AccessApp.App app)
{
    [Fact]
    public async Task Somebody_elses_key_is_not_there()
    {
        var (one, another, admin) = (await app.As(Role.Operator), await app.As(Role.Operator), await app.As(Role.Admin));
        var path = (await one.Post("api-keys", new { name = "Job", scopes = new[] { Scopes.ReadMarket } })).Is(201).Location!;

        (await one.Get(path)).Is(200).Text("name").Should().Be("Job");
        (await admin.Get(path)).Is(200);
        var refused = (await another.Get(path)).IsProblem(404, "apiKey.notFound");
        var unknown = await another.Get($"api-keys/{path.Split('/')[^1]}");
        refused.Text("title").Should().Be(unknown.Text("title"));
    }
}

[Collection(AccessApp.Name)]
public sealed class DeleteApiKeyTests(AccessApp.App app)
{
    [Fact]
    public async Task A_revoked_key_opens_nothing_from_now_on()
    {
        var (one, another) = (await app.As(Role.Operator), await app.As(Role.Operator));
        var made = (await one.Post("api-keys", new { name = "Job", scopes = new[] { Scopes.ReadMarket } })).Is(201);
        var key = app.Bearing(made.Text("key"));
        (await key.Get("stocks")).Is(200);

        (await another.Delete(made.Location!)).IsProblem(404, "apiKey.notFound");
        (await one.Delete(made.Location!)).Is(204);

        (await key.Get("stocks")).IsProblem(401, "access.unauthenticated");
        (await one.Get(made.Location!)).Is(200).Text("revokedAt").Should().NotBeNull();
    }
}
