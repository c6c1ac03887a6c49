using System.Text;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Imports;

/// <summary>Spin-offs, mergers and booked dividends in files.</summary>
[Collection(LedgerApp.Name)]
public sealed class CorporateActionFilesTests(TestApp app)
{
    private const string Header = "date,kind,ticker,quantity,unitPrice,amount,intoTicker,intoStockId,intoQuantity,costShare,dividendId";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_spin_off_brings_shares_that_the_same_file_may_sell(bool byId)
    {
        var (id, parent, child) = (await app.Portfolio(), await app.Stock(), await app.Stock());
        var spinOff = byId
            ? $"2026-02-02,spinOff,{parent.Ticker},,,,,{child.Id},5,0.2,"
            : $"2026-02-02,spinOff,{parent.Ticker},,,,{child.Ticker},,5,0.2,";
        string[] lines = [Header, Buy(parent, "2026-01-05", "10"), spinOff, Sell(child, "2026-02-02", "5")];

        (await app.Import(id, "", lines)).Is(201).Counts(@new: 3);

        var entry = (await app.Api.All($"portfolios/{id}/transactions")).Single(one => one.Text("kind") == "spinOff");
        (entry.Text("intoStockId"), entry.Text("intoQuantity"), entry.Text("costShare")).Should().Be((child.Id, "5", "0.2"));
        (await app.Import(id, "", lines)).Is(201).Counts(same: 3);
        (await Quantities(id)).Should().Equal((parent.Id, "10"));
    }

    [Fact]
    public async Task Only_what_is_held_is_merged_sold_or_spun_off_from()
    {
        var (id, parent, child) = (await app.Portfolio(), await app.Stock(), await app.Stock());
        string[] lines =
        [
            Header,
            Buy(parent, "2026-01-05", "10"),
            $"2026-02-02,merger,{parent.Ticker},11,,,{child.Ticker},,5,,",
            Sell(child, "2026-02-03", "5"),
            $"2026-02-04,spinOff,{child.Ticker},,,,{parent.Ticker},,5,0.2,",
        ];

        var answer = await app.Import(id, "onError=skip", lines);

        // Without the merger there is nothing to sell, nor to spin off from.
        answer.Is(201).Counts(@new: 1, conflict: 3);
        answer.At("problems").EnumerateArray().Texts("number").Should().Equal("3", "4", "5");
        answer.At("problems").EnumerateArray().Texts("findings.0.code").Should().AllBe("transaction.oversold");
        (await Quantities(id)).Should().Equal((parent.Id, "10"));
    }

    [Fact]
    public async Task A_merger_takes_its_shares_from_what_is_held_and_brings_the_others()
    {
        var (id, parent, child) = (await app.Portfolio(), await app.Stock(), await app.Stock());
        string[] lines =
        [
            Header,
            Buy(parent, "2026-01-05", "10"),
            $"2026-02-02,merger,{parent.Ticker},10,,,{child.Ticker},,4,,",
            Sell(parent, "2026-02-03", "1"),
            Sell(child, "2026-02-03", "5"),
        ];

        (await app.Import(id, "onError=skip", lines)).Is(201).Counts(@new: 2, conflict: 2);

        (await Quantities(id)).Should().Equal((child.Id, "4"));
    }

    [Fact]
    public async Task Shares_that_a_ledgers_spin_off_or_merger_needs_are_not_sold_by_a_file()
    {
        var (id, parent, child) = (await app.Portfolio(), await app.Stock(), await app.Stock());
        await app.Buy(id, parent, "2026-01-05", "10", "100");
        await app.Record(
            id,
            new
            {
                kind = "spinOff",
                date = "2026-02-02",
                stockId = parent.Id,
                intoStockId = child.Id,
                intoQuantity = "5",
                costShare = "0.2",
            }
        );

        (await app.Import(id, "onError=skip", Header, Sell(parent, "2026-01-06", "10"))).Is(201).Counts(conflict: 1);
        (await app.Import(id, "", Header, Sell(parent, "2026-01-06", "9"), Sell(child, "2026-02-03", "5"))).Is(201).Counts(@new: 2);
    }

    [Fact]
    public async Task A_spin_off_whose_shares_were_sold_is_not_replaced_by_one_of_fewer()
    {
        var (id, parent, child) = (await app.Portfolio(), await app.Stock(), await app.Stock());
        await app.Import(id, "", Header, Buy(parent, "2026-01-05", "10"), $"2026-02-02,spinOff,{parent.Ticker},,,,{child.Ticker},,5,0.2,");
        await app.Sell(id, child, "2026-02-03", "5", "40");
        var file = (await app.Api.Get($"portfolios/{id}/transactions/export")).Is(200).Body;

        var fewer = file.Replace(",5,0.2,", ",4,0.2,", StringComparison.Ordinal);
        var more = file.Replace(",5,0.2,", ",6,0.25,", StringComparison.Ordinal);

        (await app.ImportBytes(id, "onChanged=replace", Encoding.UTF8.GetBytes(fewer))).IsProblem(422, "import.refused");
        var replaced = await app.ImportBytes(id, "onChanged=replace", Encoding.UTF8.GetBytes(more));
        replaced.Is(201).Counts(same: 2, changed: 1);
        replaced.At("problems.0.findings").EnumerateArray().Texts("column").Should().Equal("intoQuantity", "costShare");
        (await Quantities(id)).Should().BeEquivalentTo([(parent.Id, "10"), (child.Id, "1")]);
    }

    [Fact]
    public async Task A_stock_that_is_not_here_or_is_the_same_is_told_with_its_row()
    {
        var (id, parent) = (await app.Portfolio(), await app.Stock());

        var answer = await app.Import(
            id,
            "onError=skip",
            Header,
            $"2026-02-02,spinOff,{parent.Ticker},,,,NOSUCH,,5,0.2,",
            $"2026-02-02,spinOff,{parent.Ticker},,,,,{Guid.NewGuid()},5,0.2,",
            $"2026-02-02,spinOff,{parent.Ticker},,,,,{parent.Id},5,0.2,",
            $"2026-02-02,spinOff,{parent.Ticker},,,,,mine,5,0.2,",
            $"2026-02-02,spinOff,{parent.Ticker},,,,,,,,"
        );

        answer.Is(201).Counts(error: 5);
        var rows = answer.At("problems").EnumerateArray().ToList();
        rows.Select(row => string.Join(' ', row.At("findings").EnumerateArray().Texts("column")))
            .Should()
            .Equal("intoTicker", "intoStockId", "intoStockId", "intoStockId", "intoStockId intoQuantity costShare");
        rows.Texts("findings.0.code").Should().Equal("stock.notFound", "stock.notFound", "cell.invalid", "cell.unreadable", "cell.invalid");
    }

    [Fact]
    public async Task A_file_may_come_beside_a_stock_that_was_split()
    {
        var (id, other) = (await app.Portfolio(), await app.Stock());
        var split = await TestStock.In(app, [("2026-01-05", 100m)], splits: [("2026-02-02", 1, 2)]);
        await app.Buy(id, split, "2026-01-05", "10", "100");
        await app.Sell(id, split, "2026-02-03", "20", "50");

        (await app.Import(id, "", Header, Buy(other, "2026-01-05", "1"))).Is(201).Counts(@new: 1);
    }

    [Fact]
    public async Task A_file_may_come_and_go_beside_a_stock_that_a_late_split_oversold()
    {
        var (id, other, stock) = (await app.Portfolio(), await app.Stock(), await app.Stock());
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await app.Sell(id, stock, "2026-02-03", "10", "100");
        await stock.Split(app, "2026-02-02", 2, 1);

        var import = (await app.Import(id, "", Header, Buy(other, "2026-01-05", "1"))).Is(201);

        import.Counts(@new: 1);
        var whatIf = $$"""{"transactions":[{"kind":"buy","date":"2026-01-05","stockId":"{{other.Id}}","quantity":"1","unitPrice":"10"}]}""";
        (await app.Api.Post($"portfolios/{id}/what-if", whatIf)).Is(200);
        (await app.Api.Delete($"portfolios/{id}/imports/{import.Text("importId")}")).Is(204);
    }

    [Fact]
    public async Task A_booked_dividend_stays_booked_in_a_copy_and_is_booked_once()
    {
        var (original, copy, stock) = (await app.Portfolio(), await app.Portfolio(), await app.Stock());
        await stock.Dividend(app, "2026-02-10", 0.25m);
        await app.Buy(original, stock, "2026-01-05", "10", "100");
        var accepted = await app.Api.Post($"portfolios/{original}/suggested-dividends/accept", new { all = true });
        var dividend = accepted.Is(200).Text("booked.0.dividendId")!;
        var file = (await app.Api.Get($"portfolios/{original}/transactions/export")).Is(200).Body;

        (await app.ImportBytes(copy, "", Encoding.UTF8.GetBytes(file))).Is(201).Counts(@new: 2);

        (await app.Api.Get($"portfolios/{copy}/suggested-dividends")).Is(200).Text("dividends.0.status").Should().Be("recorded");
        var again = $"2026-02-10,dividend,{stock.Ticker},,,9,,,,,{dividend}";
        var refused = await app.Import(copy, "onError=skip", Header, again, Buy(stock, "2026-02-10", "1"));
        refused.Is(201).Counts(@new: 1, conflict: 1);
        refused.Text("problems.0.findings.0.code").Should().Be("dividend.alreadyRecorded");
    }

    [Fact]
    public async Task A_dividend_that_is_not_the_stocks_is_recorded_without_its_link_and_another_kind_has_none()
    {
        var (id, stock) = (await app.Portfolio(), await app.Stock());

        (await app.Import(id, "", Header, $"2026-02-10,dividend,{stock.Ticker},,,9,,,,,{Guid.NewGuid()}")).Is(201).Counts(@new: 1);

        (await app.Api.All($"portfolios/{id}/transactions")).Texts("dividendId").Should().Equal([null]);
        var refused = await app.Import(id, "", Header, $"{Buy(stock, "2026-01-05", "1")}{Guid.NewGuid()}");
        refused.IsProblem(422, "import.refused").Text("import.problems.0.findings.0.column").Should().Be("dividendId");
    }

    private static string Buy(TestStock stock, string date, string quantity) => $"{date},buy,{stock.Ticker},{quantity},100,,,,,,";

    private static string Sell(TestStock stock, string date, string quantity) => $"{date},sell,{stock.Ticker},{quantity},100,,,,,,";

    private async Task<IEnumerable<(string?, string?)>> Quantities(string id) =>
        (await app.Api.Get($"portfolios/{id}/holdings"))
            .Is(200)
            .At("holdings")
            .EnumerateArray()
            .Select(holding => (holding.Text("stockId"), holding.Text("quantity")));
}
