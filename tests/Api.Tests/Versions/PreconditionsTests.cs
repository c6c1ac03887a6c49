using CleanPortfolio.Api.Tests.Idempotency;
using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Versions;

[Collection(LedgerApp.Name)]
public sealed class PreconditionsTests(TestApp app)
{
    private const string Stale = "\"4000000000\"";

    [Fact]
    public async Task A_customer_is_changed_only_by_who_knows_its_version()
    {
        var path = $"customers/{await app.Customer()}";
        var seen = (await app.Api.Get(path)).Headers["ETag"];

        (await Patch(path, new { name = "A" }, "")).IsProblem(428, "precondition.required");
        (await Patch(path, new { name = "B" }, Stale)).IsProblem(412, "precondition.failed");
        var changed = (await Patch(path, new { name = "C" }, seen)).Is(200);
        (await Patch(path, new { name = "D" }, seen)).IsProblem(412, "precondition.failed");

        changed.Headers["ETag"].Should().NotBe(seen).And.Be($"\"{changed.Text("version")}\"");
        var now = await app.Api.Get(path);
        (now.Headers["ETag"], now.Text("name")).Should().Be((changed.Headers["ETag"], "C"));
        (await Delete(path, "")).IsProblem(428, "precondition.required");
        (await Delete(path, seen)).IsProblem(412, "precondition.failed");
        (await Delete(path, now.Headers["ETag"])).Is(204);
    }

    [Fact]
    public async Task A_portfolio_is_changed_and_closed_only_by_who_knows_its_version()
    {
        var path = $"portfolios/{await app.Portfolio()}";
        var seen = (await app.Api.Get(path)).Headers["ETag"];

        (await Patch(path, new { name = "A" }, "")).IsProblem(428, "precondition.required");
        var changed = (await Patch(path, new { name = Unique.Name() }, seen)).Is(200);
        (await Patch(path, new { name = "B" }, seen)).IsProblem(412, "precondition.failed");
        (await Delete(path, seen)).IsProblem(412, "precondition.failed");

        (await Delete(path, changed.Headers["ETag"])).Is(204);
    }

    [Fact]
    public async Task A_transaction_is_voided_only_by_who_knows_its_version()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var made = await app.Record(portfolio, Keys.Deposit());
        var path = $"portfolios/{portfolio}/transactions/{made.Text("id")}";
        (await app.Api.Get(path)).Headers["ETag"].Should().Be(made.Headers["ETag"]);

        (await Delete(path, "")).IsProblem(428, "precondition.required");
        (await Delete(path, Stale)).IsProblem(412, "precondition.failed");
        (await Delete(path, made.Headers["ETag"])).Is(204);

        (await app.Api.Get(path)).Headers["ETag"].Should().NotBe(made.Headers["ETag"]);
        (await Delete(path, made.Headers["ETag"])).IsProblem(412, "precondition.failed");
    }

    [Fact]
    public async Task An_import_is_undone_only_by_who_knows_its_version()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var made = (await app.Import(portfolio, "", Files.Header, Files.Money("deposit", "2026-03-02", "10"))).Is(201);
        var path = made.Location!;
        (await app.Api.Get(path)).Headers["ETag"].Should().Be(made.Headers["ETag"]);

        (await Delete(path, "")).IsProblem(428, "precondition.required");
        (await Delete(path, Stale)).IsProblem(412, "precondition.failed");
        (await Delete(path, $"{Stale}, {made.Headers["ETag"]}")).Is(204);

        (await app.Api.Get(path)).Headers["ETag"].Should().NotBe(made.Headers["ETag"]);
    }

    [Fact]
    public async Task A_ledger_is_added_to_under_the_version_that_was_seen_if_one_is_named()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var seen = (await app.Api.Get($"portfolios/{portfolio}")).Headers["ETag"];
        var path = $"portfolios/{portfolio}/transactions";

        (await app.Api.Send(HttpMethod.Post, path, Keys.Deposit(), ("If-Match", seen))).Is(201);
        (await app.Api.Send(HttpMethod.Post, path, Keys.Deposit(), ("If-Match", seen))).IsProblem(412, "precondition.failed");
        (await app.Api.Send(HttpMethod.Post, path, Keys.Deposit())).Is(201);

        (await app.Entries(portfolio)).Should().Be(2);
    }

    [Fact]
    public async Task Of_two_changes_at_once_under_one_version_one_is_done()
    {
        var path = $"customers/{await app.Customer()}";
        var seen = (await app.Api.Get(path)).Headers["ETag"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Patch(path, new { name = $"Writer {i}" }, seen)));

        answers.Count(answer => answer.Status == 200).Should().Be(1);
        foreach (var answer in answers.Where(answer => answer.Status != 200))
            answer.IsProblem(412, "precondition.failed");
        var done = answers.Single(answer => answer.Status == 200);
        (await app.Api.Get(path)).Body.Should().Be(done.Body);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"1")]
    [InlineData("\"1\" \"2\"")]
    public async Task A_header_that_names_no_version_is_refused(string header)
    {
        var path = $"customers/{await app.Customer()}";

        (await Patch(path, new { name = "A" }, header)).IsInvalid("If-Match");
    }

    [Fact]
    public async Task A_weak_version_is_none()
    {
        var path = $"customers/{await app.Customer()}";
        var seen = (await app.Api.Get(path)).Headers["ETag"];

        (await Patch(path, new { name = "A" }, $"W/{seen}")).IsProblem(412, "precondition.failed");
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_whatever_version_is_named()
    {
        (await Patch($"customers/{Guid.NewGuid()}", new { name = "A" }, "*")).IsProblem(404, "customer.notFound");
        (await Delete($"portfolios/{Guid.NewGuid()}", Stale)).IsProblem(404, "portfolio.notFound");
    }

    [Fact]
    public async Task Exchange_rates_are_stored_under_the_version_of_all_of_them()
    {
        var rate = new
        {
            @base = "MKD",
            quote = "USD",
            date = "2026-03-02",
            rate = "0.0071",
        };
        var first = (await Put("exchange-rates", new { rates = new[] { rate } }, "*")).Is(200);

        (await Put("exchange-rates", new { rates = new[] { rate } }, "")).IsProblem(428, "precondition.required");
        (await Put("exchange-rates", new { rates = new[] { rate with { rate = "0.0072" } } }, Stale)).IsProblem(412, "precondition.failed");
        (await Put("exchange-rates", new { rates = new[] { rate } }, Stale)).IsProblem(412, "precondition.failed");

        var stored = (await app.Api.Get("exchange-rates?base=MKD&quote=USD")).At("items");
        stored.EnumerateArray().Select(one => one.Text("rate")).Should().Equal("0.0071");
        first.Headers["ETag"].Should().Be($"\"{first.Text("version")}\"");
    }

    [Fact]
    public async Task A_price_set_by_hand_is_changed_only_by_who_knows_its_version()
    {
        var stock = await TestStock.In(app, [("2026-03-02", 10m)]);
        var path = $"stocks/{stock.Id}/prices/2026-03-02";
        object Price(string close) => new { close, reason = "typo" };

        (await Put(path, Price("11"), Stale)).IsProblem(412, "precondition.failed");
        var set = (await Put(path, Price("11"), "*")).Is(200);
        (await Put(path, Price("12"), Stale)).IsProblem(412, "precondition.failed");
        var again = (await Put(path, Price("12"), set.Headers["ETag"])).Is(200);
        (await Delete($"{path}?reason=x", set.Headers["ETag"])).IsProblem(412, "precondition.failed");

        var now = (await app.Api.Get(path)).Is(200);
        (now.Body, now.Headers["ETag"]).Should().Be((again.Body, again.Headers["ETag"]));
        (await Delete($"{path}?reason=x", now.Headers["ETag"])).Is(204);
    }

    private Task<Answer> Patch(string path, object body, string version) =>
        app.Api.Send(HttpMethod.Patch, path, body, ("If-Match", version));

    private Task<Answer> Put(string path, object body, string version) => app.Api.Send(HttpMethod.Put, path, body, ("If-Match", version));

    private Task<Answer> Delete(string path, string version) => app.Api.Send(HttpMethod.Delete, path, null, ("If-Match", version));
}
