using System.Diagnostics;
using CleanPortfolio.Application;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Database;

[Collection(DatabaseTests.Name)]
public sealed class MarketStoreTests(DatabaseApp app)
{
    private IMarketStore Store => app.Store;

    [Fact]
    public async Task Prices_stored_again_are_no_news()
    {
        var stock = await app.NewStock();
        DailyPrice[] prices = [.. Enumerable.Range(0, 300).Select(day => Some.Price(stock, day, 10 + (day / 4m)))];
        (await Store.StorePrices(prices, default)).Should().Be(300);
        (await Store.StorePrices(prices, default)).Should().Be(0);
        (await Store.StorePrices([.. prices.Reverse()], default)).Should().Be(0);
        (await Stored(stock)).Should().HaveCount(300);
    }

    [Fact]
    public async Task Changed_prices_are_replaced_and_counted_new_ones_added()
    {
        var stock = await app.NewStock();
        await Store.StorePrices([Some.Price(stock, 0, 1), Some.Price(stock, 1, 2), Some.Price(stock, 2, 3)], default);
        var volume = Some.Price(stock, 2, 3) with { Volume = 100.000001m };
        var changed = await Store.StorePrices(
            [Some.Price(stock, 0, 1), Some.Price(stock, 1, 2.5m), volume, Some.Price(stock, 3, 4)],
            default
        );
        changed.Should().Be(3);
        (await Stored(stock))
            .Should()
            .Equal(
                "(2024-05-06,1,1,1,1,100)",
                "(2024-05-07,2.5,2.5,2.5,2.5,100)",
                "(2024-05-08,3,3,3,3,100.000001)",
                "(2024-05-09,4,4,4,4,100)"
            );
    }

    [Fact]
    public async Task While_somebody_is_being_served_prices_are_stored_in_parts_and_all_of_them()
    {
        var stock = await app.NewStock();
        DailyPrice[] prices = [.. Enumerable.Range(0, 2_501).Select(day => Some.Price(stock, day, 10 + (day / 4m)))];
        using var served = app.RightOfWay.Take();
        var started = Stopwatch.GetTimestamp();

        (await Store.StorePrices(prices, default)).Should().Be(2_501);

        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(4 * RightOfWay.Longest, "each of six parts waits");
        (await Stored(stock)).Should().Equal(prices.Select(Line));
    }

    [Fact]
    public async Task Of_prices_stored_in_parts_none_is_left_twice_when_the_last_part_was_there()
    {
        var stock = await app.NewStock();
        DailyPrice[] prices = [.. Enumerable.Range(0, 1_201).Select(day => Some.Price(stock, day, 10 + (day / 4m)))];
        await Store.StorePrices([prices[^1] with { Volume = 1 }, prices[^2]], default);
        using var served = app.RightOfWay.Take();

        (await Store.StorePrices(prices, default)).Should().Be(1_200);

        (await Stored(stock)).Should().Equal(prices.Select(Line));
        (await Lines($"select date, old_volume, new_volume from price_corrections where stock_id = '{stock}'"))
            .Should()
            .Equal($"({prices[^1].Date:yyyy-MM-dd},1,100)");
    }

    [Fact]
    public async Task Of_prices_that_are_broken_off_while_they_are_copied_none_is_stored()
    {
        var stock = await app.NewStock();
        DailyPrice[] prices = [.. Enumerable.Range(0, 50_000).Select(day => Some.Price(stock, day, 10))];
        using var served = app.RightOfWay.Take();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var storing = () => Store.StorePrices(prices, stop.Token);

        await storing.Should().ThrowAsync<OperationCanceledException>();
        (await Stored(stock)).Should().BeEmpty();
    }

    [Fact]
    public async Task Every_digit_of_a_price_is_kept()
    {
        var stock = await app.NewStock();
        var price = new DailyPrice(
            stock,
            Some.Day,
            0.00000002m,
            9_999_999_999.12345678m,
            0.00000001m,
            12345.6789m,
            123_456_789_012.654321m
        );
        await Store.StorePrices([price], default);
        (await Stored(stock)).Should().Equal("(2024-05-06,0.00000002,9999999999.12345678,0.00000001,12345.6789,123456789012.654321)");
    }

    [Fact]
    public async Task A_price_that_cannot_be_is_refused_with_all_that_came_with_it()
    {
        var stock = await app.NewStock();
        var bad = Some.Price(stock, 1, 2) with { Low = 3 };
        var storing = () => Store.StorePrices([Some.Price(stock, 0, 1), bad, Some.Price(stock, 2, 3)], default);
        (await storing.Should().ThrowAsync<Npgsql.PostgresException>()).Which.ConstraintName.Should().Be("ck_daily_prices_plausible");
        (await Stored(stock)).Should().BeEmpty();
    }

    [Fact]
    public async Task Prices_of_no_stock_are_refused_with_all_that_came_with_them()
    {
        var stock = await app.NewStock();
        var storing = () => Store.StorePrices([Some.Price(stock, 0, 1), Some.Price(new Id<Stock>(Guid.NewGuid()), 0, 1)], default);
        (await storing.Should().ThrowAsync<RuleBroken>()).Which.Code.Should().Be("prices.noStock");
        (await Stored(stock)).Should().BeEmpty();
    }

    [Fact]
    public async Task Rows_placed_by_symbols_that_have_changed_since_are_not_stored()
    {
        var (stock, now) = (await app.NewStock(), TimeProvider.System.GetUtcNow());
        var before = await Store.SymbolVersion(default);
        await app.NewStock();
        var after = await Store.SymbolVersion(default);
        ReportedSplit[] split = [new(stock, Some.Day, 1, 2, null, now)];

        after.Should().BeGreaterThan(before);
        foreach (
            var storing in new Func<Task>[]
            {
                () => Store.StorePrices([Some.Price(stock, 0, 1)], before, default),
                () => Store.StoreSplitReports(split, before, default),
                () => Store.StoreDividends([Some.Dividend(stock, 1)], before, default),
            }
        )
            await storing.Should().ThrowAsync<SymbolsChanged>();
        (await Stored(stock)).Should().BeEmpty();
        (await Dividends(stock)).Should().BeEmpty();

        (await Store.StorePrices([Some.Price(stock, 0, 1)], after, default)).Should().Be(1);
        (await Store.StoreSplitReports(split, after, default)).Should().Be(1);
        (await Store.StoreDividends([Some.Dividend(stock, 1)], after, default)).Rows.Should().Be(1);
    }

    [Fact]
    public async Task Writers_of_the_same_rows_in_other_orders_neither_deadlock_nor_lose_one()
    {
        Id<Stock>[] stocks = [await app.NewStock(), await app.NewStock(), await app.NewStock()];
        DailyPrice[] rows = [.. stocks.SelectMany(stock => Enumerable.Range(0, 200).Select(day => Some.Price(stock, day, 7)))];
        for (var round = 0; round < 8; round++)
        {
            var dice = new Random(round);
            var written = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                    {
                        var mine = rows.Select(row => row with { Volume = 1000 + round }).ToArray();
                        dice.Shuffle(mine);
                        return Task.Run(() => Store.StorePrices(mine, default));
                    })
            );
            written.Sum().Should().Be(rows.Length, "each row is news to one writer only, in round {0}", round);
        }
        foreach (var stock in stocks)
            (await Stored(stock)).Should().HaveCount(200).And.OnlyContain(row => row.EndsWith(",1007)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_who_correct_a_price_in_one_moment_each_change_is_audited_once()
    {
        var stock = await app.NewStock();
        DailyPrice[] first = [.. Enumerable.Range(0, 100).Select(day => Some.Price(stock, day, 7))];
        await Store.StorePrices(first, default);
        DailyPrice[] second = [.. first.Select(price => price with { Volume = 999 })];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store.StorePrices(second, default))));

        (await Lines($"select old_volume, new_volume, source, count(*) from price_corrections where stock_id = '{stock}' group by 1, 2, 3"))
            .Should()
            .Equal("(100,999,provider,100)");
    }

    [Fact]
    public async Task A_row_told_again_is_counted_and_not_added()
    {
        var ticker = $"Q{Guid.NewGuid():N}"[..12];
        QuarantinedRow Row(string? of, string content) =>
            new(RowKind.Bar, of, null, Some.Day, new RowFault(RowReasons.ZeroPrice, "zero"), content, TimeProvider.System.GetUtcNow());

        await Store.Quarantine([Row(ticker, """{"open":"0","n":null}"""), Row(ticker, """{"n":null,"open":"0"}""")], default);
        await Store.Quarantine([Row(ticker, """{"open":"0","n":null}"""), Row(ticker, """{"open":"-1"}""")], default);
        await Store.Quarantine([Row(null, $$"""{"of":"{{ticker}}"}""")], default);
        await Store.Quarantine([Row(null, $$"""{"of":"{{ticker}}"}""")], default);

        (await Lines($"select content->>'open', times_seen from quarantined_rows where ticker = '{ticker}' order by 1"))
            .Should()
            .Equal("(-1,1)", "(0,2)");
        (await Lines($"select times_seen, status from quarantined_rows where content->>'of' = '{ticker}'")).Should().Equal("(2,held)");
    }

    [Fact]
    public async Task A_split_told_again_is_the_same_report()
    {
        var stock = await app.NewStock();
        ReportedSplit Told(decimal to, string? id = null) => new(stock, Some.Day, 1, to, id, TimeProvider.System.GetUtcNow());

        (await Store.StoreSplitReports([Told(2), Told(2.0m), Told(3), Told(3, "E1")], default)).Should().Be(3);
        (await Store.StoreSplitReports([Told(2), Told(3, "E2")], default)).Should().Be(1);

        (await Lines($"select split_to, provider_id, verdict from split_reports where stock_id = '{stock}' order by 1, 2"))
            .Should()
            .Equal("(2,,pending)", "(3,E1,pending)", "(3,E2,pending)", "(3,,pending)");
    }

    [Fact]
    public async Task Nothing_is_nothing()
    {
        (await Store.StorePrices([], default)).Should().Be(0);
        (await Store.StoreDividends([], default)).Should().Be(0);
    }

    private static string Line(DailyPrice price) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"({price.Date:yyyy-MM-dd},{price.Open},{price.High},{price.Low},{price.Close},{price.Volume})"
        );

    private Task<List<string>> Stored(Id<Stock> stock) =>
        Lines($"select date, open, high, low, close, volume from daily_prices where stock_id = '{stock}' order by date");

    private Task<List<string>> Dividends(Id<Stock> stock) =>
        Lines($"select ex_date, amount, provider_id from dividends where stock_id = '{stock}' order by 1, 2");

    private Task<List<string>> Lines(string sql) => Sql.Lines(app.ConnectionString, sql);
}
