using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Transactions;

[Collection(LedgerApp.Name)]
public sealed class RecordTransactionTests(TestApp app)
{
    [Theory]
    [InlineData("12.3400", "12.3400")]
    [InlineData("0.0000000001", "0.0000000001")]
    [InlineData("999999999999.9999999999", "1.0")]
    [InlineData("100", "100.00")]
    [InlineData("0.10", "3")]
    public async Task Decimals_come_back_to_the_digit(string quantity, string unitPrice)
    {
        var id = await app.Portfolio();

        var answer = await app.Buy(id, await app.Stock(), "2026-01-05", quantity, unitPrice, fee: "1.50");

        foreach (var told in new[] { answer, await app.Api.Get(answer.Location!) })
        {
            told.Text("quantity").Should().Be(quantity);
            told.Text("unitPrice").Should().Be(unitPrice);
            told.Text("fee").Should().Be("1.50");
            told.At("fee").ValueKind.Should().Be(JsonValueKind.String);
        }
    }

    [Theory]
    [InlineData("12.3400", "12.3400")]
    [InlineData("7", "7")]
    public async Task Numbers_are_accepted_with_the_digits_they_are_written_with(string number, string told)
    {
        var body = $$"""{"kind":"deposit","date":"2026-01-05","amount":{{number}}}""";

        (await app.TryRecord(await app.Portfolio(), body)).Is(201).Text("amount").Should().Be(told);
    }

    [Fact]
    public async Task Everything_stated_is_told_again()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();

        var answer = await app.Record(
            id,
            new
            {
                kind = "transferIn",
                date = "2026-02-02",
                ticker = stock.Ticker,
                quantity = "3",
                unitPrice = "90.5",
                acquiredOn = "2020-01-02",
                currency = "EUR",
                fxRate = "1.10",
                note = "from 🏦 \"old\" bank; -- '",
                externalId = "key-1",
            }
        );

        answer.Text("portfolioId").Should().Be(id);
        answer.Text("stockId").Should().Be(stock.Id);
        answer.Text("kind").Should().Be("transferIn");
        answer.Text("date").Should().Be("2026-02-02");
        answer.Text("acquiredOn").Should().Be("2020-01-02");
        answer.Text("currency").Should().Be("EUR");
        answer.Text("fxRate").Should().Be("1.10");
        answer.Text("note").Should().Be("from 🏦 \"old\" bank; -- '");
        answer.Text("externalId").Should().Be("key-1");
        answer.Text("amount").Should().BeNull();
        answer.Text("voidedAt").Should().BeNull();
        answer.Location.Should().Be($"/api/v1/portfolios/{id}/transactions/{answer.Text("id")}");
        (await app.Api.Get(answer.Location!)).Is(200).Body.Should().Be(answer.Body);
    }

    [Fact]
    public async Task The_clients_key_is_taken_once_per_portfolio()
    {
        var (mine, other) = (await app.Portfolio(), await app.Portfolio());
        var draft = new
        {
            kind = "deposit",
            date = "2026-01-05",
            amount = "1",
            externalId = "key-1",
        };
        await app.Record(mine, draft);

        await app.Record(other, draft);
        (await app.TryRecord(mine, draft)).IsProblem(409, "transaction.externalIdTaken");
    }

    [Fact]
    public async Task Selling_more_than_is_held_is_refused()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");

        (await app.TryRecord(id, Story.Trade("sell", stock, "2026-01-06", "10.0000000001", "100"))).IsProblem(422, "transaction.oversold");
        await app.Sell(id, stock, "2026-01-06", "10", "100");
    }

    [Fact]
    public async Task A_sale_in_the_past_is_refused_if_a_later_one_needs_the_shares()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await app.Sell(id, stock, "2026-03-05", "8", "100");

        (await app.TryRecord(id, Story.Trade("sell", stock, "2026-02-05", "3", "100"))).IsProblem(422, "transaction.oversold");
        (await app.TryRecord(id, Story.Trade("sell", stock, "2026-01-02", "1", "100"))).IsProblem(422, "transaction.oversold");
        await app.Sell(id, stock, "2026-02-05", "2", "100");
    }

    [Fact]
    public async Task A_split_makes_more_shares_to_sell_from_its_day_on()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m)], splits: [("2026-02-02", 1, 3)]);
        await app.Buy(id, stock, "2026-01-05", "10", "100");

        (await app.TryRecord(id, Story.Trade("sell", stock, "2026-02-01", "11", "100"))).IsProblem(422, "transaction.oversold");
        await app.Sell(id, stock, "2026-02-02", "30", "33");
    }

    [Fact]
    public async Task Of_two_racing_sales_of_the_same_shares_one_is_recorded()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await app.Portfolio();
            var stock = await app.Stock();
            await app.Buy(id, stock, "2026-01-05", "10", "100");
            var sale = Story.Trade("sell", stock, "2026-01-06", "10", "100");

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.TryRecord(id, sale)));

            answers.Count(answer => answer.Status == 201).Should().Be(1);
            answers
                .Where(answer => answer.Status != 201)
                .Should()
                .AllSatisfy(answer =>
                    answer
                        .IsProblem(answer.Status, answer.Status == 409 ? "concurrentChange" : "transaction.oversold")
                        .Status.Should()
                        .BeOneOf(409, 422)
                );
            (await app.Api.Get($"portfolios/{id}/holdings")).At("holdings").GetArrayLength().Should().Be(0);
        }
    }

    [Fact]
    public async Task Today_is_the_last_day_and_it_is_the_exchanges()
    {
        var id = await app.Portfolio();

        await app.Record(id, Story.Money("deposit", "2026-06-30", "1"));
        (await app.TryRecord(id, Story.Money("deposit", "2026-07-01", "1"))).IsProblem(422, "transaction.futureDate");
        (await app.TryRecord(id, Story.Money("deposit", "9999-12-31", "1"))).IsProblem(422, "transaction.futureDate");
    }

    [Fact]
    public async Task A_ticker_finds_its_stock_and_an_unknown_one_is_told()
    {
        var id = await app.Portfolio();

        var unknown = new
        {
            kind = "buy",
            date = "2026-01-05",
            ticker = "NOSUCH",
            quantity = "1",
            unitPrice = "1",
        };
        (await app.TryRecord(id, unknown)).IsProblem(404, "stock.notFound");
        (await app.TryRecord(id, Story.Trade("buy", new TestStock(Guid.NewGuid().ToString(), ""), "2026-01-05", "1", "1"))).IsProblem(
            404,
            "stock.notFound"
        );
        (await app.TryRecord(Guid.NewGuid().ToString(), Story.Money("deposit", "2026-01-05", "1"))).IsProblem(404, "portfolio.notFound");
    }

    [Fact]
    public async Task All_violations_are_told_at_once_by_the_clients_names()
    {
        var body =
            """{"kind":"buy","date":"1899-12-31","quantity":"-1","unitPrice":"-0.01","fee":"-1","amount":"5","acquiredOn":"2026-01-01"}""";

        (await app.TryRecord(await app.Portfolio(), body)).IsInvalid(
            "date",
            "stockId",
            "quantity",
            "unitPrice",
            "fee",
            "amount",
            "acquiredOn"
        );
    }

    [Theory]
    [InlineData("-0")]
    [InlineData("0")]
    [InlineData("0.00000000001")]
    [InlineData("1000000000000.1")]
    public async Task An_amount_that_none_can_be_is_refused(string amount) =>
        (await app.TryRecord(await app.Portfolio(), Story.Money("deposit", "2026-01-05", amount))).IsInvalid("amount");

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"1e3\"")]
    [InlineData("1e400")]
    [InlineData("\"1,000\"")]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"٣\"")]
    [InlineData("\"99999999999999999999999999999999999999999999999999\"")]
    [InlineData("0.33333333333333333333333333333333333333333333333333")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public async Task What_is_no_decimal_is_refused(string json) =>
        (await app.TryRecord(await app.Portfolio(), $$"""{"kind":"deposit","date":"2026-01-05","amount":{{json}}}""")).IsInvalid("amount");

    [Fact]
    public async Task Minus_zero_is_zero()
    {
        var answer = await app.Buy(await app.Portfolio(), await app.Stock(), "2026-01-05", "1", "1", fee: "-0");

        answer.Text("fee").Should().Be("0");
        (await app.Api.Get(answer.Location!)).Body.Should().Be(answer.Body);
    }
}
