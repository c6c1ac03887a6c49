using System.Text.Json;
using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Auditing;

[Collection(LedgerApp.Name)]
public sealed class ListAuditEntriesTests(TestApp app)
{
    [Fact]
    public async Task What_becomes_of_a_customer_is_told_without_the_name_and_the_address()
    {
        var (name, email) = (Unique.Name("Private"), Unique.Email());
        var id = (await app.Api.Post("customers", new { name, email })).Is(201).Text("id")!;
        (await app.Api.Patch($"customers/{id}", new { name = Unique.Name("Private") })).Is(200);
        (await app.Api.Delete($"customers/{id}")).Is(204);

        var entries = await Of(id);

        entries.Texts("action").Should().Equal("deleted", "changed", "created");
        entries.Texts("request").Should().Equal("DeleteCustomer", "UpdateCustomer", "RegisterCustomer");
        entries.Texts("targetKind").Should().AllBe("customer");
        entries[1].At("after").EnumerateObject().Select(value => $"{value.Name}={value.Value}").Should().Equal("name=(withheld)");
        entries[2].At("before").ValueKind.Should().Be(JsonValueKind.Null);
        entries[2].Text("after.email").Should().Be("(withheld)");
        entries[0].Text("before.registeredAt").Should().StartWith("2026-");
        entries.Should().OnlyContain(entry => entry.Text("traceId")!.Length == 32 && entry.Text("hash")!.Length == 64);
        entries.Select(entry => entry.GetRawText()).Should().NotContain(text => text.Contains("Private") || text.Contains(email));
    }

    [Fact]
    public async Task A_change_of_a_portfolio_tells_what_was_and_what_is()
    {
        var id = await app.Portfolio();
        (await app.Api.Patch($"portfolios/{id}", new { costMethod = "average" })).Is(200);

        var changed = (await Of(id))[0];

        changed.At("before").ToString().Should().Be("""{"costMethod":"fifo"}""");
        changed.At("after").ToString().Should().Be("""{"costMethod":"average"}""");
    }

    [Fact]
    public async Task An_entry_of_a_ledger_is_told_to_the_digit_and_its_note_is_not()
    {
        var (portfolio, stock) = (await app.Portfolio(), await TestStock.In(app, []));
        var draft = new
        {
            kind = "buy",
            date = "2026-01-05",
            stockId = stock.Id,
            quantity = "10.50",
            unitPrice = "1.2300",
            note = "for Grandma",
        };
        var id = (await app.Record(portfolio, draft)).Text("id")!;
        (await app.Api.Delete($"portfolios/{portfolio}/transactions/{id}")).Is(204);

        var entries = await Of(id);

        entries.Texts("action").Should().Equal("changed", "created");
        entries[1].Text("after.quantity").Should().Be("10.50");
        entries[1].Text("after.unitPrice").Should().Be("1.2300");
        entries[1].Text("after.kind").Should().Be("buy");
        entries[1].Text("after.note").Should().Be("(withheld)");
        entries[0].At("after").EnumerateObject().Select(value => value.Name).Should().Equal("voidedAt");
        (await Of(portfolio)).Texts("action").Should().Equal(["created"], "the ledger's version is no news");
    }

    [Fact]
    public async Task What_a_key_may_be_used_for_is_told_and_its_name_is_not()
    {
        var scopes = new[] { Scopes.ReadPortfolios, Scopes.ReadMarket };
        var id = (await (await app.As(Role.Admin)).Post("api-keys", new { name = "Job", scopes })).Is(201).Text("id")!;

        var created = (await Of(id))[0];

        created.Text("after.scopes").Should().Be("portfolios:read,market:read");
        (created.Text("after.name"), created.Text("after.hash")).Should().Be(("(withheld)", "(withheld)"));
    }

    [Fact]
    public async Task An_import_is_one_entry_with_its_counts()
    {
        var (portfolio, stock) = (await app.Portfolio(), await TestStock.In(app, []));
        var answer = await app.Import(
            portfolio,
            "source=broker",
            Files.Header,
            Files.Buy(stock, "2026-01-05", "1", "2"),
            Files.Buy(stock, "2026-01-06", "1", "2")
        );
        var import = answer.Is(201).Text("importId")!;
        (await app.Api.Delete($"portfolios/{portfolio}/imports/{import}")).Is(204);

        var entries = await Of(import);

        entries.Texts("action").Should().Equal("changed", "created");
        entries[1].Text("after.new").Should().Be("2");
        entries[1].Text("after.source").Should().Be("(withheld)");
        entries[0].At("after").EnumerateObject().Select(value => value.Name).Should().Equal("undoneAt");
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing()
    {
        var customer = await app.Customer();
        await app.Portfolio(customer: customer);
        (await app.Api.Delete($"customers/{customer}")).IsProblem(409, "customer.hasPortfolios");

        (await Of(customer)).Texts("action").Should().Equal("created");
    }

    [Fact]
    public async Task Filters_and_pages_narrow_the_list()
    {
        var id = await app.Portfolio();
        foreach (var method in new[] { "lifo", "hifo", "average" })
            (await app.Api.Patch($"portfolios/{id}", new { costMethod = method })).Is(200);

        var entries = await (await app.As(Role.Admin)).All($"audit-log?target={id}", limit: 2);

        entries.Should().HaveCount(4);
        entries.Select(entry => entry.At("sequence").GetInt64()).Should().BeInDescendingOrder();
        (await (await app.As(Role.Admin)).All($"audit-log?target={id}&request=OpenPortfolio")).Should().ContainSingle();
        (await (await app.As(Role.Admin)).All($"audit-log?target={id}&caller=nobody")).Should().BeEmpty();
        (await (await app.As(Role.Admin)).All($"audit-log?target={id}&caller={entries[0].Text("caller")}")).Should().HaveCount(4);
        (await (await app.As(Role.Admin)).All($"audit-log?target={id}&from=2026-07-02T00:00:00Z")).Should().BeEmpty();
        (await (await app.As(Role.Admin)).All($"audit-log?target={id}&from=2026-06-30T00:00:00Z&to=2026-07-02T00:00:00Z"))
            .Should()
            .HaveCount(4);
        (await (await app.As(Role.Admin)).All($"audit-log?target={id}&to=2026-06-29T00:00:00Z")).Should().BeEmpty();
    }

    [Fact]
    public async Task What_can_not_be_is_refused()
    {
        (await (await app.As(Role.Admin)).Get("audit-log?from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z&limit=0")).IsInvalid(
            "from",
            "limit"
        );
        (await (await app.As(Role.Admin)).Get("audit-log?cursor=nonsense")).IsInvalid("cursor");
    }

    private async Task<List<JsonElement>> Of(string target) => await (await app.As(Role.Admin)).All($"audit-log?target={target}");
}
