using CleanPortfolio.Infrastructure.Tests.Making;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

[Collection(RealMarketTests.Name)]
public sealed class RealPopulationTests(RealMarket market)
{
    [MarketDataFact]
    public void All_130_stocks_succeed()
    {
        market.Job.Text("status").Should().Be("succeeded", "the job is {0}", market.Job.Body);
        // Two batches of splits and four of dividends come with them.
        market.Job.At("counts.succeeded").GetInt32().Should().Be(136);
    }

    [MarketDataFact]
    public async Task Every_bar_in_the_database_is_one_of_the_file()
    {
        var stored = await Rows(
            "select s.ticker, p.date, p.open, p.high, p.low, p.close, p.volume from daily_prices p join stocks s on s.id = p.stock_id",
            row => (row.GetString(0), new CsvBar(row.GetFieldValue<DateOnly>(1), D(row, 2), D(row, 3), D(row, 4), D(row, 5), D(row, 6)))
        );
        stored.Should().HaveCount(60_515);
        stored.ToHashSet().SetEquals(market.Files.Bars).Should().BeTrue();
    }

    [MarketDataFact]
    public async Task Every_split_that_counts_is_one_of_the_file_that_prices_show()
    {
        var stored = await Rows(
            "select s.ticker, x.execution_date, x.split_from, x.split_to from splits x join stocks s on s.id = x.stock_id",
            row => (row.GetString(0), row.GetFieldValue<DateOnly>(1), D(row, 2), D(row, 3))
        );
        stored.Should().BeEquivalentTo(market.Files.Splits).And.HaveCount(12);
    }

    [MarketDataFact]
    public async Task The_false_split_of_NFLX_is_listed_as_a_conflict()
    {
        var conflicts = await market.App.Api.All("market-data/split-conflicts");
        conflicts
            .Select(row =>
                (row.Text("ticker")!, DateOnly.Parse(row.Text("executionDate")!), row.Exact("from")!.Value, row.Exact("to")!.Value)
            )
            .Should()
            .Equal(market.Files.FalseSplits)
            .And.Equal(("NFLX", new DateOnly(2015, 7, 14), 1m, 7m));
        conflicts.Texts("verdict").Should().Equal("conflict");
    }

    [MarketDataFact]
    public async Task A_position_in_NFLX_is_sevenfold_once()
    {
        var stock = (await market.App.Api.Get("stocks?ticker=NFLX")).Text("items.0.id");
        var customer = (await market.App.Api.Post("customers", new { name = "N", email = Unique.Email() })).Is(201).Text("id");
        var portfolio = await market.App.Api.Post($"customers/{customer}/portfolios", new { name = "P", currency = "USD" });
        var ledger = $"portfolios/{portfolio.Is(201).Text("id")}";
        var buy = new
        {
            kind = "buy",
            date = "2015-07-10",
            stockId = stock,
            quantity = "10",
            unitPrice = "680",
        };
        (await market.App.Api.Post($"{ledger}/transactions", buy)).Is(201);

        foreach (var (day, quantity) in new[] { ("2015-07-13", 10m), ("2015-07-14", 10m), ("2015-07-15", 70m), ("2017-03-31", 70m) })
            (await market.App.Api.Get($"{ledger}/holdings?asOf={day}")).Is(200).Exact("holdings.0.quantity").Should().Be(quantity);
    }

    [MarketDataFact]
    public async Task Nothing_of_the_files_is_quarantined() => (await market.App.Api.All("market-data/quarantine")).Should().BeEmpty();

    [MarketDataFact]
    public async Task Every_dividend_in_the_database_is_one_of_the_file()
    {
        var stored = await Rows(
            "select s.ticker, d.ex_date, d.amount from dividends d join stocks s on s.id = d.stock_id",
            row => (row.GetString(0), row.GetFieldValue<DateOnly>(1), D(row, 2))
        );
        stored.Should().HaveCount(735);
        stored.ToHashSet().SetEquals(market.Files.Dividends).Should().BeTrue();
    }

    private static decimal D(NpgsqlDataReader row, int column) => row.GetDecimal(column);

    private async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(market.App.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
