using System.Net.Http.Headers;
using System.Text;
using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Idempotency;

[Collection(LedgerApp.Name)]
public sealed class RepeatedRequestsTests(TestApp app)
{
    [Fact]
    public async Task The_same_request_has_one_effect_and_gets_the_first_answer()
    {
        var (portfolio, key) = (await app.Portfolio(cash: "tracked"), Keys.New());

        var first = (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).Is(201);
        var again = await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit());

        again.IsReplayOf(first);
        first.Headers.Should().ContainKey("ETag");
        (await app.Entries(portfolio)).Should().Be(1);
        (await app.Api.Get(first.Location!)).Body.Should().Be(first.Body);
    }

    [Fact]
    public async Task Customers_and_portfolios_are_made_once()
    {
        var draft = new { name = "Ada", email = Unique.Email() };
        var (key, name) = (Keys.New(), Unique.Name());
        var customer = (await app.PostOnce(key, "customers", draft)).Is(201);
        var portfolios = $"customers/{customer.Text("id")}/portfolios";
        // The same key means something else to another operation.
        var portfolio = (await app.PostOnce(key, portfolios, new { name, currency = "USD" })).Is(201);

        (await app.PostOnce(key, "customers", draft)).IsReplayOf(customer);
        (await app.PostOnce(key, portfolios, new { name, currency = "USD" })).IsReplayOf(portfolio);
        (await app.Api.Post("customers", draft)).IsProblem(409, "customer.emailTaken");
    }

    [Fact]
    public async Task A_file_is_imported_once_and_what_it_voided_is_voided_once()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        (await app.Import(portfolio, "source=bank", Files.Header, Files.Money("deposit", "2026-03-02", "10", key: "a"))).Is(201);
        string[] lines = [Files.Header, Files.Money("deposit", "2026-03-02", "11", key: "a"), Files.Money("deposit", "2026-03-03", "5")];
        var key = Keys.New();

        var first = (await Import(key, portfolio, lines)).Is(201);
        (await Import(key, portfolio, lines)).IsReplayOf(first);

        first.Counts(@new: 1, changed: 1);
        (await app.Api.All($"portfolios/{portfolio}/imports")).Should().HaveCount(2);
        (await app.Entries(portfolio)).Should().Be(2);
        (await app.Api.Get(first.Location!)).Headers["ETag"].Should().Be(first.Headers["ETag"]);
    }

    [Fact]
    public async Task Dividends_of_a_foreign_stock_are_accepted_once()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m)], dividends: [("2026-02-02", 0.5m)], currency: "CLP");
        await app.Store(("CLP", "USD", "2026-01-05", "0.0010"));
        await app.Buy(portfolio, stock, "2026-01-05", "10", "100");
        var key = Keys.New();

        var first = (await app.PostOnce(key, $"portfolios/{portfolio}/suggested-dividends/accept", new { all = true })).Is(200);
        var again = await app.PostOnce(key, $"portfolios/{portfolio}/suggested-dividends/accept", new { all = true });

        first.At("booked").GetArrayLength().Should().Be(1);
        again.IsReplayOf(first);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused()
    {
        var (portfolio, other) = (await app.Portfolio(cash: "tracked"), await app.Portfolio(cash: "tracked"));
        var key = Keys.New();
        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).Is(201);

        foreach (var path in new[] { $"portfolios/{other}/transactions", $"portfolios/{portfolio}/transactions?a=b" })
            (await app.PostOnce(key, path, Keys.Deposit())).IsProblem(422, "idempotency.otherRequest");
        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit("100.00"))).IsProblem(
            422,
            "idempotency.otherRequest"
        );

        (await app.Entries(portfolio), await app.Entries(other)).Should().Be((1, 0));
    }

    [Fact]
    public async Task What_was_refused_had_no_effect_and_may_be_tried_again_with_its_key()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m)]);
        var (key, path) = (Keys.New(), $"portfolios/{portfolio}/transactions");
        var sale = Story.Trade("sell", stock, "2026-01-06", "1", "100", "0");

        (await app.PostOnce(key, path, new { kind = "sell" })).Status.Should().Be(400);
        (await app.PostOnce(key, path, sale)).IsProblem(422, "transaction.oversold");
        await app.Buy(portfolio, stock, "2026-01-05", "1", "100");

        var sold = (await app.PostOnce(key, path, sale)).Is(201);
        (await app.PostOnce(key, path, sale)).IsReplayOf(sold);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("tab\there")]
    [InlineData("256")]
    public async Task A_key_is_visible_and_of_bounded_length(string key)
    {
        if (key == "256")
            key = new string('k', 256);
        var portfolio = await app.Portfolio(cash: "tracked");

        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).IsInvalid("Idempotency-Key");

        (await app.Entries(portfolio)).Should().Be(0);
    }

    [Fact]
    public async Task The_longest_key_does()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var key = Keys.New() + new string('~', 255 - 36);

        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).Is(201);
    }

    [Fact]
    public async Task Without_a_key_everything_happens_as_often_as_it_is_asked_for()
    {
        var portfolio = await app.Portfolio(cash: "tracked");

        await app.Record(portfolio, Keys.Deposit());
        (await app.Record(portfolio, Keys.Deposit())).Headers.Should().NotContainKey("Idempotency-Replayed");

        (await app.Entries(portfolio)).Should().Be(2);
    }

    [Fact]
    public async Task Neither_keys_nor_answers_can_be_read_in_the_database()
    {
        var (key, email) = (Keys.New(), Unique.Email());
        (await app.PostOnce(key, "customers", new { name = "Ada", email })).Is(201);

        var readable = await app.Count(
            $"""
            select count(*) from idempotency_keys k
            where position('{email}'::bytea in k.outcome) > 0 or position('{key}'::bytea in k.scope || k.content || k.outcome) > 0
            """
        );

        readable.Should().Be(0);
    }

    private Task<Answer> Import(string key, string portfolio, string[] lines) =>
        app.PostOnce(
            key,
            $"portfolios/{portfolio}/imports?source=bank&onChanged=replace",
            new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines)))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("text/csv") },
            }
        );
}
