using System.Text;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using static CleanPortfolio.Api.Tests.Imports.Files;

namespace CleanPortfolio.Api.Tests.Imports;

[Collection(LedgerApp.Name)]
public sealed class ExportTransactionsTests(TestApp app)
{
    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("json", "application/json")]
    public async Task An_export_imports_again_to_identical_returns(string format, string mediaType)
    {
        var (original, stock) = await Books.Tracked(app);
        await app.Record(
            original,
            new
            {
                kind = "deposit",
                date = "2026-01-07",
                amount = "10.10",
                currency = "EUR",
                fxRate = "1.25",
                note = " =1+1;\"quoted\",\r\n two lines ",
                externalId = "key;1",
            }
        );
        // Which of two lots of one day a sale takes first is told by their order alone.
        await app.Buy(original, stock, "2026-03-03", "1.5", "126.10");
        await app.Buy(original, stock, "2026-03-03", "1.50", "124.90");
        await app.Sell(original, stock, "2026-03-04", "9", "127");
        await Reorganise(original, stock);
        var copy = await app.Portfolio(cash: "tracked");

        var file = await app.Api.Get($"portfolios/{original}/transactions/export?format={format}");
        file.Is(200).MediaType.Should().Be(mediaType);
        var imported = await app.ImportBytes(copy, "", Encoding.UTF8.GetBytes(file.Body), mediaType);

        imported.Is(201).Counts(@new: 17);
        foreach (
            var report in new[]
            {
                "returns?to=2026-06-29",
                "holdings?asOf=2026-03-10",
                "gains?from=2026-01-01&to=2026-06-29",
                "history?to=2026-06-29",
            }
        )
            Figures(await app.Api.Get($"portfolios/{copy}/{report}"))
                .Should()
                .Be(Figures(await app.Api.Get($"portfolios/{original}/{report}")));
        Stated(await app.Api.All($"portfolios/{copy}/transactions"))
            .Should()
            .Equal(Stated(await app.Api.All($"portfolios/{original}/transactions")));
    }

    [Fact]
    public async Task An_export_into_its_own_ledger_adds_nothing_and_tells_what_was_edited()
    {
        var (id, _) = await Books.External(app);
        var before = await app.Entries(id);
        var file = (await app.Api.Get($"portfolios/{id}/transactions/export")).Is(200).Body;

        (await app.ImportBytes(id, "", Encoding.UTF8.GetBytes(file))).Is(201).Counts(same: before);
        var edited = file.Replace("60.00", "60.01", StringComparison.Ordinal);
        (await app.ImportBytes(id, "onChanged=replace", Encoding.UTF8.GetBytes(edited))).Is(201).Counts(same: before - 1, changed: 1);

        (await app.Entries(id)).Should().Be(before);
    }

    [Fact]
    public async Task Void_entries_are_told_only_if_asked_for_and_do_not_come_back()
    {
        var id = await app.Portfolio(cash: "tracked");
        var mistake = await app.Record(id, Story.Money("deposit", "2026-01-05", "1"));
        await app.Record(id, Story.Money("deposit", "2026-01-05", "2"));
        (await app.Api.Delete(mistake.Location!)).Is(204);

        var plain = (await app.Api.Get($"portfolios/{id}/transactions/export")).Is(200);
        var whole = (await app.Api.Get($"portfolios/{id}/transactions/export?includeVoid=true")).Is(200);

        plain.Body.Trim().Split("\r\n").Should().HaveCount(2);
        plain.Headers["Content-Disposition"].Should().Contain("transactions.csv");
        whole.Body.Trim().Split("\r\n").Should().HaveCount(3);
        var copy = await app.Portfolio(cash: "tracked");
        (await app.ImportBytes(copy, "onError=skip", Encoding.UTF8.GetBytes(whole.Body))).Is(201).Counts(@new: 1, error: 1);
    }

    [Fact]
    public async Task An_edited_export_may_make_two_entries_equal_but_not_give_one_the_others_key()
    {
        var id = await app.Portfolio(cash: "tracked");
        string[] lines =
        [
            Header,
            Money("deposit", "2026-01-05", "1"),
            Money("deposit", "2026-01-05", "2"),
            Money("deposit", "2026-01-05", "3", key: "k"),
        ];
        (await app.Import(id, "", [.. lines, Money("deposit", "2026-01-05", "4", key: "m")])).Is(201);
        var file = (await app.Api.Get($"portfolios/{id}/transactions/export")).Is(200).Body;

        var equal = file.Replace(",,1,0,0,USD", ",,2,0,0,USD", StringComparison.Ordinal);
        var stolen = file.Replace(",k,", ",m,", StringComparison.Ordinal)
            .Split("\r\n")
            .Where(line => !line.Contains(",,4,0,0,USD", StringComparison.Ordinal));
        (await app.ImportBytes(id, "onChanged=replace", Encoding.UTF8.GetBytes(equal))).Is(201).Counts(same: 3, changed: 1);
        var refused = await app.Import(id, "onChanged=replace", [.. stolen]);

        refused.IsProblem(422, "import.refused");
        refused.Body.Should().Contain("transaction.externalIdTaken");
        var entries = (await app.Api.All($"portfolios/{id}/transactions")).Where(entry => entry.Text("voidedAt") is null);
        entries.Texts("amount").Should().BeEquivalentTo("2", "2", "3", "4");
    }

    [Fact]
    public async Task Everything_that_an_entry_states_has_a_column()
    {
        var id = await app.Portfolio();

        var header = (await app.Api.Get($"portfolios/{id}/transactions/export")).Is(200).Body.Trim().Split(',');

        header
            .Should()
            .Contain(typeof(Domain.Portfolios.Entry).GetProperties().Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name)));
    }

    [Fact]
    public async Task An_empty_ledger_is_a_header_or_an_empty_array()
    {
        var id = await app.Portfolio();

        (await app.Api.Get($"portfolios/{id}/transactions/export")).Is(200).Body.Should().StartWith("date,kind,ticker,stockId,");
        (await app.Api.Get($"portfolios/{id}/transactions/export?format=json")).Is(200).Body.Should().Be("[]");
        (await app.Api.Get($"portfolios/{id}/transactions/export?format=xml")).IsInvalid("format");
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/transactions/export")).IsProblem(404, "portfolio.notFound");
    }

    // A spin-off, a merger with cash, and a dividend that was accepted: with these every kind is there.
    private async Task Reorganise(string portfolio, TestStock stock)
    {
        var child = await TestStock.In(app, [("2026-03-05", 30m), ("2026-03-31", 33m)]);
        var heir = await TestStock.In(app, [("2026-03-06", 60m), ("2026-03-31", 61m)]);
        await app.Record(
            portfolio,
            new
            {
                kind = "spinOff",
                date = "2026-03-05",
                stockId = stock.Id,
                intoStockId = child.Id,
                intoQuantity = "3",
                costShare = "0.250",
            }
        );
        await app.Record(
            portfolio,
            new
            {
                kind = "merger",
                date = "2026-03-06",
                stockId = child.Id,
                quantity = "3",
                amount = "4.20",
                tax = "0.10",
                intoTicker = heir.Ticker,
                intoQuantity = "1.5",
                costShare = "0.9",
            }
        );
        await stock.Dividend(app, "2026-03-10", 0.25m);
        var accepted = await app.Api.Post($"portfolios/{portfolio}/suggested-dividends/accept", new { all = true });
        accepted.Is(200).At("booked").GetArrayLength().Should().Be(1);
        (await app.Api.All($"portfolios/{portfolio}/transactions"))
            .Texts("kind")
            .Distinct()
            .Should()
            .HaveCount(Enum.GetValues<Domain.Portfolios.TransactionKind>().Length);
    }

    // Without what names the portfolio and its version, and the ids of its entries.
    private static string Figures(Answer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(answer.Is(200).Json, json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(JsonElement value, Utf8JsonWriter json)
    {
        if (value.ValueKind is JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject())
                if (member.Name is not ("portfolioId" or "dataVersion" or "saleId" or "purchaseId" or "transactionId" or "id"))
                {
                    json.WritePropertyName(member.Name);
                    Write(member.Value, json);
                }
            json.WriteEndObject();
        }
        else if (value.ValueKind is JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Write(item, json);
            json.WriteEndArray();
        }
        else
            value.WriteTo(json);
    }

    private static IEnumerable<string> Stated(IEnumerable<JsonElement> entries) =>
        entries.Select(entry =>
            string.Join(
                '|',
                entry
                    .EnumerateObject()
                    .Where(member => member.Name is not ("id" or "portfolioId" or "recordedAt" or "source" or "importId" or "version"))
                    .Select(member => member.Value.ToString())
            )
        );
}
