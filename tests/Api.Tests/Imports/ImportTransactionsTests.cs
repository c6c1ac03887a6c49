using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using static CleanPortfolio.Api.Tests.Imports.Files;

namespace CleanPortfolio.Api.Tests.Imports;

[Collection(LedgerApp.Name)]
public sealed class ImportTransactionsTests(TestApp app)
{
    [Fact]
    public async Task A_file_is_recorded_as_a_whole()
    {
        var id = await app.Portfolio(cash: "tracked");
        var stock = await app.Stock();

        var answer = await app.Import(
            id,
            "source=broker",
            Header,
            Money("deposit", "2026-01-05", "2000.50", key: "a-1"),
            Buy(stock, "2026-01-05", "10", "100.10", note: "\"first, of\r\ntwo\""),
            Sell(stock, "2026-01-06", "4", "101")
        );

        answer.Is(201).Counts(@new: 3);
        answer.Location.Should().Be($"/api/v1/portfolios/{id}/imports/{answer.Text("importId")}");
        var entries = await app.Api.All($"portfolios/{id}/transactions");
        entries.Texts("kind").Should().Equal("deposit", "buy", "sell");
        entries.Texts("amount").Should().Equal("2000.50", null, null);
        entries.Texts("note").Should().Equal(null, "first, of\r\ntwo", null);
        entries.Texts("source").Should().AllBe("broker");
        entries.Texts("importId").Should().AllBe(answer.Text("importId"));
        (await app.Api.Get($"portfolios/{id}/holdings")).Exact("holdings.0.quantity").Should().Be(6);
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_writes_nothing()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        string[] lines = [Header, Buy(stock, "2026-01-05", "10", "100"), Sell(stock, "2026-01-06", "11", "100"), "x,buy,,,,,,,,"];
        var before = await TableCounts.Of(app);

        var answer = await app.Import(id, "dryRun=true", lines);

        answer.Is(200).Counts(@new: 1, conflict: 1, error: 1);
        answer.Text("importId").Should().BeNull();
        answer.At("problems").EnumerateArray().Texts("number").Should().Equal("3", "4");
        (await TableCounts.Of(app)).Should().Equal(before);
    }

    [Fact]
    public async Task One_bad_row_refuses_the_file_unless_it_is_to_be_skipped()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        string[] lines = [Header, Buy(stock, "2026-01-05", "10", "100"), Sell(stock, "2026-01-06", "11", "100")];
        var before = await TableCounts.Of(app);

        var refused = (await app.Import(id, "", lines)).IsProblem(422, "import.refused").Counts(@new: 1, conflict: 1);
        refused.Text("import.problems.0.findings.0.code").Should().Be("transaction.oversold");
        refused.Text("import.problems.0.number").Should().Be("3");
        (await TableCounts.Of(app)).Should().Equal(before);

        (await app.Import(id, "onError=skip", lines)).Is(201).Counts(@new: 1, conflict: 1);
        (await app.Entries(id)).Should().Be(1);
    }

    [Fact]
    public async Task A_file_again_adds_nothing_and_a_longer_one_only_what_is_new()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        string[] lines = [Header, Buy(stock, "2026-01-05", "10", "100"), Sell(stock, "2026-01-06", "4", "100", key: "k")];
        (await app.Import(id, "", lines)).Is(201).Counts(@new: 2);

        (await app.Import(id, "", lines)).Is(201).Counts(same: 2);
        (await app.Import(id, "", [Header, Buy(stock, "2026-02-05", "1", "100"), .. lines[1..]])).Is(201).Counts(@new: 1, same: 2);

        (await app.Entries(id)).Should().Be(3);
    }

    [Fact]
    public async Task True_twins_are_two_and_a_third_one_is_new()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        var twin = Buy(stock, "2026-01-05", "10", "100");
        (await app.Import(id, "", Header, twin, twin)).Is(201).Counts(@new: 2);

        (await app.Import(id, "", Header, twin, twin)).Is(201).Counts(same: 2);
        // 10.0 for 100.00 is the same purchase
        (await app.Import(id, "", Header, Buy(stock, "2026-01-05", "10.0", "100.00"), twin, twin))
            .Is(201)
            .Counts(@new: 1, same: 2);

        (await app.Entries(id)).Should().Be(3);
    }

    [Fact]
    public async Task The_same_key_of_another_source_is_another_row()
    {
        var id = await app.Portfolio(cash: "tracked");
        await app.Record(
            id,
            new
            {
                kind = "deposit",
                date = "2026-01-05",
                amount = "1",
                externalId = "k",
            }
        );

        (await app.Import(id, "source=a", Header, Money("deposit", "2026-01-05", "2", key: "k"))).Is(201).Counts(@new: 1);
        (await app.Import(id, "source=b", Header, Money("deposit", "2026-01-05", "3", key: "k"))).Is(201).Counts(@new: 1);

        (await app.Api.All($"portfolios/{id}/transactions?externalId=k")).Texts("source").Should().BeEquivalentTo(null, "a", "b");
    }

    [Fact]
    public async Task A_changed_row_is_told_with_its_fields_and_leaves_the_ledger()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        (await app.Import(id, "", Header, Buy(stock, "2026-01-05", "10", "100", key: "k"))).Is(201);

        var answer = await app.Import(id, "", Header, Buy(stock, "2026-01-06", "10.0", "99.5", "late", "k"));

        answer.Is(201).Counts(changed: 1);
        answer.At("problems.0.findings").EnumerateArray().Texts("column").Should().Equal("date", "unitPrice", "note");
        answer.At("problems.0.findings").EnumerateArray().Texts("value").Should().Equal("2026-01-06", "99.5", "late");
        (await app.Api.All($"portfolios/{id}/transactions")).Texts("unitPrice").Should().Equal("100");
    }

    [Fact]
    public async Task A_changed_row_replaces_the_old_entry_if_told_so()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        (await app.Import(id, "", Header, Buy(stock, "2026-01-05", "10", "100", key: "k"), Sell(stock, "2026-01-07", "8", "100"))).Is(201);

        var answer = await app.Import(id, "onChanged=replace", Header, Buy(stock, "2026-01-05", "9", "100", key: "k"));

        answer.Is(201).Counts(changed: 1);
        answer.At("counts.replaced").GetInt32().Should().Be(1);
        (await app.Api.Get($"portfolios/{id}/holdings")).Exact("holdings.0.quantity").Should().Be(1);
        (await app.Api.All($"portfolios/{id}/transactions")).Count(entry => entry.Text("voidedAt") is not null).Should().Be(1);

        // 7 would be fewer than the 8 that were sold
        (await app.Import(id, "onChanged=replace", Header, Buy(stock, "2026-01-05", "7", "100", key: "k")))
            .IsProblem(422, "import.refused")
            .Text("import.problems.0.findings.1.code")
            .Should()
            .Be("transaction.oversold");
        (await app.Api.Get($"portfolios/{id}/holdings")).Exact("holdings.0.quantity").Should().Be(1);
    }

    [Fact]
    public async Task A_key_of_two_different_rows_is_a_conflict_of_both()
    {
        var id = await app.Portfolio(cash: "tracked");

        var answer = await app.Import(
            id,
            "onError=skip",
            Header,
            Money("deposit", "2026-01-05", "1", key: "twice"),
            Money("deposit", "2026-01-05", "2", key: "twice"),
            Money("deposit", "2026-01-05", "3", key: "equal"),
            Money("deposit", "2026-01-05", "3.0", key: "equal")
        );

        answer.Is(201).Counts(@new: 1, same: 1, conflict: 2);
        answer.At("problems").EnumerateArray().Texts("findings.0.code").Should().AllBe("row.keyTwice");
    }

    [Fact]
    public async Task Sales_that_an_earlier_imported_sale_starves_blame_the_file()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await app.Sell(id, stock, "2026-03-05", "8", "100");

        var answer = await app.Import(
            id,
            "onError=skip",
            Header,
            Sell(stock, "2026-02-05", "2", "100"),
            Sell(stock, "2026-02-06", "1", "100"),
            Buy(stock, "2026-03-06", "1", "100")
        );

        answer.Is(201).Counts(@new: 2, conflict: 1);
        answer.Text("problems.0.number").Should().Be("3");
        answer.Text("problems.0.findings.0.text").Should().Contain("2026-03-05");
    }

    [Fact]
    public async Task A_future_row_and_a_rate_to_its_own_currency_are_conflicts()
    {
        var id = await app.Portfolio(cash: "tracked");

        var answer = await app.Import(
            id,
            "onError=skip",
            "date,kind,amount,currency,fxRate",
            "2026-07-01,deposit,1,,",
            "2026-06-30,deposit,1,USD,1.1",
            "2026-06-30,deposit,1,EUR,1.1"
        );

        answer.Is(201).Counts(@new: 1, conflict: 2);
        answer
            .At("problems")
            .EnumerateArray()
            .Texts("findings.0.code")
            .Should()
            .Equal("transaction.futureDate", "transaction.fxRateToItself");
    }

    [Fact]
    public async Task Lots_of_one_day_keep_the_order_of_the_file()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        var prices = Enumerable.Range(1, 40).Select(price => price.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();

        await app.Import(id, "", [Header, .. prices.Select(price => Buy(stock, "2026-01-05", "1", price))]);

        (await app.Api.All($"portfolios/{id}/transactions")).Texts("unitPrice").Should().Equal(prices);
    }

    [Fact]
    public async Task Of_two_imports_of_one_file_at_once_the_rows_are_there_once()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        string[] lines = [Header, .. Enumerable.Range(0, 200).Select(_ => Buy(stock, "2026-01-05", "1", "100"))];

        var answers = await Task.WhenAll(app.Import(id, "", lines), app.Import(id, "", lines));

        answers.Should().Contain(answer => answer.Status == 201);
        foreach (var loser in answers.Where(answer => answer.Status != 201))
            loser.IsProblem(409, "concurrentChange");
        (await app.Entries(id)).Should().Be(200);
    }

    [Fact]
    public async Task A_void_entry_gives_its_key_back()
    {
        var id = await app.Portfolio(cash: "tracked");
        var draft = new
        {
            kind = "deposit",
            date = "2026-01-05",
            amount = "1",
            externalId = "k",
        };
        var first = await app.Record(id, draft);
        (await app.TryRecord(id, draft)).IsProblem(409, "transaction.externalIdTaken");

        (await app.Api.Delete(first.Location!)).Is(204);

        (await app.TryRecord(id, draft)).Is(201);
    }
}
