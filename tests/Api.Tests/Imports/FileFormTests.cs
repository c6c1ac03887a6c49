using System.Text;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using static CleanPortfolio.Api.Tests.Imports.Files;

namespace CleanPortfolio.Api.Tests.Imports;

/// <summary>Files of other programs, spoilt files and hostile ones.</summary>
[Collection(LedgerApp.Name)]
public sealed class FileFormTests(TestApp app)
{
    [Fact]
    public async Task Columns_kinds_dates_and_numbers_of_another_program_are_mapped()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();

        var answer = await app.Import(
            id,
            "columns=date%3DTrade%20Date,kind%3Daction,ticker%3DSymbol,quantity%3DQty,unitPrice%3DPrice,fee%3DCommission"
                + "&kinds=BOT%3Dbuy,DIV%3Ddividend&dateFormat=MM/dd/yyyy&decimalSeparator=,",
            "Trade Date;Action;Symbol;Qty;Price;Amount;Commission;Account",
            $"01/05/2026;bot;{stock.Ticker};10,5;100,25;;1,99;X",
            "",
            $"02/05/2026;DIV;{stock.Ticker};;;7,5;;X",
            $"02/06/2026;Sell;{stock.Ticker};10,5;110;;;X"
        );

        answer.Is(201).Counts(@new: 3);
        answer.At("ignoredColumns").EnumerateArray().Select(name => name.GetString()).Should().Equal("Account");
        var entries = await app.Api.All($"portfolios/{id}/transactions");
        entries.Texts("date").Should().Equal("2026-01-05", "2026-02-05", "2026-02-06");
        entries.Texts("quantity").Should().Equal("10.5", null, "10.5");
        entries.Texts("unitPrice").Should().Equal("100.25", null, "110");
        entries.Texts("fee").Should().Equal("1.99", "0", "0");
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public async Task The_delimiter_is_found(string delimiter)
    {
        var id = await app.Portfolio(cash: "tracked");
        var lines = new[] { "date,kind,amount,note", "2026-01-05,deposit,1,", "2026-01-06,deposit,2,x" };

        var answer = await app.Import(id, "", [.. lines.Select(line => line.Replace(",", delimiter, StringComparison.Ordinal))]);

        answer.Is(201).Counts(@new: 2);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public async Task A_byte_order_mark_is_no_part_of_the_header(string encoding)
    {
        var id = await app.Portfolio(cash: "tracked");
        var form = Encoding.GetEncoding(encoding);

        var answer = await app.ImportBytes(
            id,
            "",
            [.. form.GetPreamble(), .. form.GetBytes("DATE,Kind,amount,note\n2026-01-05,Deposit,1,Zoë")]
        );

        answer.Is(201).Counts(@new: 1);
        answer.At("ignoredColumns").GetArrayLength().Should().Be(0);
        if (encoding == "utf-8")
        {
            byte[] json = [.. form.GetPreamble(), .. form.GetBytes("""[{"date":"2026-01-05","kind":"deposit","amount":1,"note":"Zoë"}]""")];
            (await app.ImportBytes(id, "", json, "application/json")).Is(201).Counts(same: 1);
        }
        (await app.Api.All($"portfolios/{id}/transactions")).Texts("note").Should().Equal("Zoë");
    }

    /// <summary>Cells of date, kind, ticker, quantity, unitPrice, amount, currency; column, part of the hint.</summary>
    public static TheoryData<string, string, string?> Cells { get; } =
        new()
        {
            { "12/31/2024,deposit,,,,1,", "date", "dateFormat=MM/dd/yyyy reads it" },
            { "31.12.2024,deposit,,,,1,", "date", "dateFormat=dd.MM.yyyy reads it" },
            { "2024-02-30,deposit,,,,1,", "date", null },
            { ",deposit,,,,1,", "date", null },
            { "1899-12-31,deposit,,,,1,", "date", null },
            { "2024-12-31,gift,,,,1,", "kind", "kinds=gift=<kind> reads it" },
            { "2024-12-31,0,,,,1,", "kind", "kinds=0=<kind> reads it" },
            { "2024-12-31,,,,,1,", "kind", null },
            { "2024-12-31,deposit,,,,\"1,5\",", "amount", "decimalSeparator=, reads it" },
            { "2024-12-31,deposit,,,,\"1,234.50\",", "amount", "thousands separators must be left out" },
            { "2024-12-31,deposit,,,,$1,", "amount", null },
            { "2024-12-31,deposit,,,,1e3,", "amount", null },
            { "2024-12-31,deposit,,,,NaN,", "amount", null },
            { "2024-12-31,deposit,,,,-1,", "amount", null },
            { "2024-12-31,deposit,,,,1.00000000001,", "amount", null },
            { "2024-12-31,deposit,,,,12345678901234567890123456789,", "amount", null },
            { "2024-12-31,deposit,,,,1,DOG", "currency", null },
            { "2024-12-31,deposit,,5,,1,", "quantity", null },
            { "2024-12-31,buy,NOWHERE,5,1,,", "ticker", "POST /stocks/population" },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_cell_that_cannot_be_read_is_told_with_what_would_help(string row, string column, string? hint)
    {
        var id = await app.Portfolio(cash: "tracked");

        var answer = await app.Import(id, "dryRun=true", "date,kind,ticker,quantity,unitPrice,amount,currency", row);

        answer.Is(200).Counts(error: 1);
        answer.Text("problems.0.number").Should().Be("2");
        answer.Text("problems.0.findings.0.column").Should().Be(column);
        if (hint is not null)
            answer.Text("problems.0.findings.0.hint").Should().StartWith(hint);
    }

    [Fact]
    public async Task Rows_of_the_wrong_form_are_errors_and_the_others_are_read()
    {
        var id = await app.Portfolio(cash: "tracked");

        var answer = await app.Import(
            id,
            "onError=skip",
            "date,kind,amount,note",
            "2026-01-05,deposit,1",
            "2026-01-05,deposit,1,a,b",
            "2026-01-05,deposit,1,\0",
            "2026-01-05,deposit,1,fine",
            "2026-01-05,deposit,1,a \"quote\" within",
            "2026-01-05,deposit,1,\"open",
            "2026-01-05,deposit,1,swallowed"
        );

        answer.Is(201).Counts(@new: 1, error: 5);
        answer
            .At("problems")
            .EnumerateArray()
            .Texts("findings.0.code")
            .Should()
            .Equal("row.ragged", "row.ragged", "cell.unreadable", "row.quotes", "row.quotes");
        answer.At("problems").EnumerateArray().Texts("number").Should().Equal("2", "3", "4", "6", "7");
    }

    /// <summary>What, file, parameter that is told.</summary>
    public static TheoryData<string, string, string> Spoilt { get; } =
        new()
        {
            { "nothing", "", "file" },
            { "not a table", "\u0001\u0002\u0003", "file" },
            { "no column for the kind", "date,amount\n2026-01-05,1", "file" },
            { "a column twice", "date,kind,amount,Amount\n2026-01-05,deposit,1,2", "file" },
            { "a cell of a megabyte", $"date,kind,amount,note\n2026-01-05,deposit,1,{new string('x', 1 << 20)}", "file" },
            { "a quote open over a megabyte", $"date,kind,amount,note\n2026-01-05,deposit,1,\"{new string('\n', 1 << 20)}", "file" },
        };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_file_is_refused_as_a_whole(string what, string file, string parameter)
    {
        var id = await app.Portfolio(cash: "tracked");
        var before = await TableCounts.Of(app);

        var answer = await app.ImportBytes(id, "onError=skip", Encoding.UTF8.GetBytes(file));

        answer.IsInvalid(parameter);
        (await TableCounts.Of(app)).Should().Equal(before, "{0} is refused", what);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var id = await app.Portfolio(cash: "tracked");

        (await app.ImportBytes(id, "", [.. "date,kind,amount,note\n2026-01-05,deposit,1,"u8, 0xFF, 0xFE, 0xE9])).IsInvalid("file");
        (await app.ImportBytes(id, "onError=skip", [.. "[{\"note\":\""u8, 0xFF, .. "\"}]"u8], "application/json")).Is(201).Counts(error: 1);
        (await app.ImportBytes(id, "onError=skip", [.. "[{\""u8, 0xFF, .. "\":1}]"u8], "application/json")).Is(201).Counts(error: 1);
        (await app.Entries(id)).Should().Be(0);
    }

    [Fact]
    public async Task A_time_is_read_for_its_date_as_it_stands()
    {
        var id = await app.Portfolio(cash: "tracked");
        const string form = "dateFormat=yyyy-MM-dd%27T%27HH:mm:sszzz";

        (await app.Import(id, form, "date,kind,amount", "2026-01-05T23:30:00-05:00,deposit,1", "2026-01-06T00:30:00%2B09:00,deposit,1"))
            .IsProblem(422, "import.refused")
            .Counts(@new: 1, error: 1);
        (await app.Import(id, form, "date,kind,amount", "2026-01-05T23:30:00-05:00,deposit,1", "2026-01-06T00:30:00+09:00,deposit,1")).Is(
            201
        );

        (await app.Api.All($"portfolios/{id}/transactions")).Texts("date").Should().Equal("2026-01-05", "2026-01-06");
    }

    [Fact]
    public async Task A_header_alone_is_a_file_of_nothing()
    {
        var id = await app.Portfolio();

        (await app.Import(id, "", Header)).Is(201).Counts();
        (await app.Import(id, "dryRun=true", Header)).Is(200).Counts();
        (await app.Api.Delete($"portfolios/{id}")).Is(204);
    }

    [Theory]
    [InlineData("columns=price%3DPrice", "columns")]
    [InlineData("columns=date", "columns")]
    [InlineData("columns=note%3DRemark", "columns")]
    [InlineData("kinds=BUY%3Dpurchase", "kinds")]
    [InlineData("kinds=BUY%3D1", "kinds")]
    [InlineData("dateFormat=yyyy", "dateFormat")]
    [InlineData("dateFormat=%25", "dateFormat")]
    [InlineData("decimalSeparator=x", "decimalSeparator")]
    [InlineData("delimiter=ab", "delimiter")]
    [InlineData("source=%20", "source")]
    [InlineData("onError=perhaps", "onError")]
    [InlineData("onChanged=1", "onChanged")]
    [InlineData("dryRun=maybe", "dryRun")]
    [InlineData("format=xlsx", "format")]
    public async Task An_option_that_makes_no_sense_is_told(string option, string parameter)
    {
        var id = await app.Portfolio();

        (await app.Import(id, option, Header)).IsInvalid(parameter);
    }

    [Fact]
    public async Task Json_is_read_like_csv()
    {
        var id = await app.Portfolio(cash: "tracked");
        const string file = """
            [
              {"date":"2026-01-05","kind":"deposit","amount":"12.50","note":"a","extra":1},
              {"date":"2026-01-06","kind":"deposit","amount":0.5,"note":null},
              {"date":"2026-01-06","kind":"deposit","amount":true},
              {"date":"2026-01-06","kind":"deposit","amount":{"value":1}},
              {"date":"2026-01-06","kind":"deposit","amount":"1","amount":"2"},
              {"date":"2026-01-06","kind":"deposit","amount":"1","note":"\ud800"},
              7
            ]
            """;

        var answer = await app.ImportBytes(id, "onError=skip", Encoding.UTF8.GetBytes(file), "application/json");

        answer.Is(201).Counts(@new: 2, error: 5);
        (await app.Api.All($"portfolios/{id}/transactions")).Texts("amount").Should().Equal("12.50", "0.5");
        // By content, whatever the form of the file.
        (await app.Import(id, "", "date,kind,amount,note", "2026-01-05,deposit,12.5,a"))
            .Is(201)
            .Counts(same: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{]")]
    [InlineData("[{\"date\":\"2026-01-05\"")]
    [InlineData("date,kind")]
    public async Task Json_that_is_no_array_is_refused(string file)
    {
        var id = await app.Portfolio();

        (await app.ImportBytes(id, "", Encoding.UTF8.GetBytes(file), "application/json")).IsInvalid("file");
    }

    [Fact]
    public async Task A_file_of_the_wrong_type_or_of_33_MiB_is_refused_and_one_of_2_MiB_is_read()
    {
        var id = await app.Portfolio(cash: "tracked");
        (await app.ImportBytes(id, "", [1], "application/zip")).IsProblem(415, "request.mediaType");
        (await app.ImportBytes(Guid.NewGuid().ToString(), "", [1])).IsProblem(404, "portfolio.notFound");

        var line = $"2026-01-05,deposit,1,{new string('x', 1000)}\n";
        var large = Encoding.UTF8.GetBytes("date,kind,amount,note\n" + string.Concat(Enumerable.Repeat(line, 2100)));
        (await app.ImportBytes(id, "", large)).Is(201).Counts(@new: 2100);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/portfolios/{id}/imports");
        request.Content = new ByteArrayContent(new byte[33 * 1024 * 1024]) { Headers = { ContentType = new("text/csv") } };
        request.Headers.ExpectContinue = true;
        using var response = await app.Api.Http.SendAsync(request);
        (await Answer.Of(response, CancellationToken.None)).IsProblem(413, "request.tooLarge");
    }
}
