using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>Renames of which the provider tells too little, or what can't be.</summary>
public sealed class OddRenamesTests(OddMarketTests.App app) : IClassFixture<OddMarketTests.App>
{
    private static readonly DateOnly Monday = new(2025, 3, 3);
    private static readonly DateOnly Wednesday = Monday.AddDays(2);

    [Fact]
    public async Task A_price_that_jumps_by_more_than_a_factor_of_three_at_the_seam_keeps_two_stocks()
    {
        var (old, young, former) = await app.Renamed(31);

        var job = await app.Populate("2025-03-03", "2025-03-07", young);

        var item = (await app.Api.All($"jobs/{job.Text("id")}/items")).Of(young);
        item.Text("status").Should().Be("partiallySucceeded");
        item.Text("detail").Should().Contain($"{old} to {young} on 2025-03-05").And.Contain("from 10 to 31 without a split");
        var stock = await app.StockId(young);
        stock.Should().NotBe(former);
        (await Closes(former)).Should().Equal(10m, 10m);
        (await Closes(stock)).Should().Equal(31m, 31m);
        (await app.Api.Get($"stocks/{former}")).At("active").GetBoolean().Should().BeFalse();

        // Asked again, they stay what they are.
        await app.Populate("2025-03-03", "2025-03-07", young);
        (await app.StockId(young)).Should().Be(stock);
    }

    [Fact]
    public async Task A_split_at_the_seam_explains_the_jump()
    {
        var (_, young, former) = await app.Renamed(50);
        app.Odd.SplitRows = [new ProviderSplit(young, Wednesday, 5, 1)];

        await app.Populate("2025-03-03", "2025-03-07", young);

        app.Odd.SplitRows = [];
        (await app.StockId(young)).Should().Be(former);
        (await Closes(former)).Should().Equal(10m, 10m, 50m, 50m);
    }

    [Fact]
    public async Task Where_the_provider_does_not_tell_the_day_it_is_the_one_after_the_last_price()
    {
        var (old, young, former) = await app.Renamed(11);
        app.Odd.History = [];

        await app.Populate("2025-03-03", "2025-03-07", young);

        (await app.StockId(young)).Should().Be(former);
        (await Symbols(former)).Should().Equal($"{old}  2025-03-04", $"{young} 2025-03-05 ");
    }

    [Fact]
    public async Task A_company_renamed_twice_meanwhile_takes_both_steps()
    {
        var (old, young, former) = await app.Renamed(11);
        var between = Unique.Ticker();
        app.Odd.History =
        [
            new TickerSince(old, new DateOnly(2010, 1, 4)),
            new TickerSince(between, Wednesday),
            new TickerSince(young, Wednesday.AddDays(1)),
        ];
        app.Odd.BarsOf[between] = [Flat(Wednesday, 12)];

        await app.Populate("2025-03-03", "2025-03-07", young);

        (await Symbols(former)).Should().Equal($"{old}  2025-03-04", $"{between} 2025-03-05 2025-03-05", $"{young} 2025-03-06 ");
        (await Closes(former)).Should().Equal(10m, 10m, 12m, 11m);
    }

    [Fact]
    public async Task A_rename_that_fails_on_its_way_has_not_happened_and_happens_wholly_the_next_time()
    {
        var (old, young, former, nameless) = await app.RenamedBehindTheBack();
        var trap = $"trap_{young.ToLowerInvariant()}";
        await Execute(
            $"""
            create function {trap}() returns trigger language plpgsql as
              $$ begin if new.stock_id = '{former}' then raise 'the disk is full'; end if; return new; end $$;
            create trigger {trap} before insert on daily_prices for each row execute function {trap}();
            """
        );

        var job = await app.PopulateAnew("2025-03-03", "2025-03-07", young);

        (await app.Api.All($"jobs/{job.Text("id")}/items")).Of(young).Text("detail").Should().Contain("the disk is full");
        (await app.StockId(young)).Should().Be(nameless);
        (await Symbols(former)).Should().Equal($"{old}  ");
        (await Closes(nameless)).Should().Equal(11m, 11m);

        await Execute($"drop trigger {trap} on daily_prices");
        await app.PopulateAnew("2025-03-03", "2025-03-07", young);

        (await app.StockId(young)).Should().Be(former);
        (await Closes(former)).Should().Equal(10m, 10m, 11m, 11m);
        (await app.Api.Get($"stocks/{nameless}")).Is(404);
    }

    [Fact]
    public async Task What_the_stock_has_itself_stays_when_it_takes_over_the_rows_of_a_nameless_one()
    {
        var (_, young, former, nameless) = await app.RenamedBehindTheBack();
        await Execute(
            $"""
            insert into daily_prices (stock_id, date, open, high, low, close, volume) values ('{former}', '2025-03-06', 12, 12, 12, 12, 7);
            insert into dividends (id, stock_id, ex_date, amount, currency, type, provider_id) values
              (gen_random_uuid(), '{nameless}', '2025-03-04', 1, 'USD', 'CD', 'E0'), (gen_random_uuid(), '{nameless}', '2025-03-05', 1, 'USD', 'CD', 'E1'),
              (gen_random_uuid(), '{nameless}', '2025-03-06', 2, 'USD', 'CD', 'E2'), (gen_random_uuid(), '{former}', '2025-03-06', 2, 'USD', 'CD', null);
            insert into split_reports (id, stock_id, execution_date, split_from, split_to, first_seen_at, last_seen_at, verdict)
              values (gen_random_uuid(), '{nameless}', '2025-03-05', 10, 11, now(), now(), 'pending');
            """
        );
        app.Odd.BarsOf[young] = [];

        await app.PopulateAnew("2025-03-03", "2025-03-07", young);

        (await app.StockId(young)).Should().Be(former);
        (await Closes(former)).Should().Equal(10m, 10m, 11m, 12m);
        var actions = await app.Api.Get($"stocks/{former}/actions");
        actions
            .At("dividends")
            .EnumerateArray()
            .Select(paid => (paid.Text("exDate"), paid.Exact("amount")))
            .Should()
            .BeEquivalentTo([("2025-03-05", 1m), ("2025-03-06", 2m)]);
        actions.At("splits").EnumerateArray().Texts("executionDate").Should().Equal("2025-03-05");
        (await app.Api.Get($"stocks/{nameless}/actions")).At("dividends").EnumerateArray().Texts("exDate").Should().Equal("2025-03-04");
        (await Closes(nameless)).Should().BeEmpty();
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IEnumerable<decimal?>> Closes(string stock) =>
        (await app.Api.Get($"stocks/{stock}/prices?from=2025-03-01&to=2025-03-31"))
            .At("prices")
            .EnumerateArray()
            .Select(price => price.Exact("close"));

    private async Task<IEnumerable<string>> Symbols(string stock) =>
        (await app.Api.Get($"stocks/{stock}"))
            .At("symbols")
            .EnumerateArray()
            .Select(symbol => $"{symbol.Text("ticker")} {symbol.Text("from")} {symbol.Text("to")}");

    private static Bar Flat(DateOnly day, decimal price) => new(day, price, price, price, price, 100);
}
