using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Infrastructure.Tests.Making;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Tests.Database;

[Collection(DatabaseTests.Name)]
public sealed class PriceHistoryTests(DatabaseApp app)
{
    [Fact]
    public async Task A_history_holds_every_close_and_split()
    {
        var stock = await app.NewStock();
        await app.Store.StorePrices([Some.Price(stock, 2, 12.34567891m), Some.Price(stock, 0, 10)], default);
        await app.StoreSplits(new Split(stock, Some.Day.AddDays(1), 1, 2));
        var facts = await Load(stock);
        facts.Prices.Count.Should().Be(2);
        facts.Prices.On(Some.Day.AddDays(2), []).Should().Be(new Quote(Some.Day.AddDays(2), 12.34567891m));
        facts.Splits.Should().Equal(new Split(stock, Some.Day.AddDays(1), 1, 2));
    }

    [Fact]
    public async Task A_commit_is_seen_by_the_next_load()
    {
        var stock = await app.NewStock();
        for (var day = 0; day < 30; day++)
        {
            await app.Store.StorePrices([Some.Price(stock, day, day + 1)], default);
            (await Load(stock)).Prices.On(Some.Day.AddDays(day), [])!.Value.Price.Should().Be(day + 1);
        }
    }

    [Fact]
    public async Task A_commit_of_another_process_is_seen_by_the_next_load()
    {
        await using var other = Another();
        var (stock, untouched) = (await app.NewStock(), await app.NewStock());
        await app.Store.StorePrices([Some.Price(stock, 0, 1), Some.Price(untouched, 0, 1)], default);
        var history = other.GetRequiredService<IPriceHistory>();
        var before = await history.Load([stock, untouched], default);
        await app.Store.StorePrices([Some.Price(stock, 1, 2)], default);
        var after = await history.Load([stock, untouched], default);
        after[stock].Prices.Count.Should().Be(2);
        after[untouched].Should().BeSameAs(before[untouched]);
        await app.StoreSplits(new Split(stock, Some.Day, 1, 3));
        (await history.Load([stock], default))[stock].Splits.Should().ContainSingle();
    }

    [Fact]
    public async Task A_reader_that_the_log_of_changes_does_not_reach_back_to_reads_all_anew()
    {
        await using var other = Another();
        var stock = await app.NewStock();
        await app.Store.StorePrices([Some.Price(stock, 0, 1)], default);
        var history = other.GetRequiredService<IPriceHistory>();
        await history.Load([stock], default);

        await app.Store.StorePrices([Some.Price(stock, 1, 2)], default);
        await Sql.Execute(
            app.ConnectionString,
            "select setval(pg_get_serial_sequence('market_changes', 'version'), max(version) + 20000) from market_changes"
        );
        await app.Store.StorePrices([Some.Price(await app.NewStock(), 1, 2)], default);

        (await Sql.Lines(app.ConnectionString, "select count(*) from market_changes")).Should().Equal(["(1)"], "old rows go");
        (await history.Load([stock], default))[stock].Prices.Count.Should().Be(2);
        (await Load(stock)).Prices.Count.Should().Be(2);
    }

    [Fact]
    public async Task An_unchanged_history_is_not_read_again()
    {
        var (stock, other) = (await app.NewStock(), await app.NewStock());
        await app.Store.StorePrices([Some.Price(stock, 0, 1)], default);
        var first = await Load(stock);
        await app.Store.StorePrices([Some.Price(stock, 0, 1)], default); // no news
        await app.Store.StorePrices([Some.Price(other, 0, 1)], default);
        (await Load(stock)).Should().BeSameAs(first);
    }

    [Fact]
    public async Task A_commit_of_many_stocks_is_seen_for_each()
    {
        Id<Stock>[] stocks = [await app.NewStock(), await app.NewStock(), await app.NewStock()];
        await app.History.Load(stocks, default);
        await app.Store.StorePrices([.. stocks.Select(stock => Some.Price(stock, 0, 5))], default);
        (await app.History.Load(stocks, default)).Values.Should().OnlyContain(facts => facts.Prices.Count == 1);
    }

    [Fact]
    public async Task What_is_kept_up_to_date_day_by_day_is_what_another_process_reads_anew()
    {
        Id<Stock>[] stocks = [await app.NewStock(), await app.NewStock(), await app.NewStock()];
        var dice = new Random(5);
        for (var commit = 0; commit < 40; commit++)
        {
            var day = dice.Next(0, 30);
            var some = stocks.Where(_ => dice.Next(3) > 0).Select(stock => Some.Price(stock, day, dice.Next(1, 100)));
            await app.Store.StorePrices([.. some], default);
            if (dice.Next(3) == 0) // several commits between two looks, now and then
                continue;
            var kept = await app.History.Load(stocks, default);
            await using var other = Another();
            var anew = await other.GetRequiredService<IPriceHistory>().Load(stocks, default);
            foreach (var stock in stocks)
            {
                kept[stock].Version.Should().Be(anew[stock].Version);
                kept[stock].Prices.Days.ToArray().Should().Equal(anew[stock].Prices.Days.ToArray());
                kept[stock].Prices.Closes.ToArray().Should().Equal(anew[stock].Prices.Closes.ToArray());
            }
        }
    }

    [Fact]
    public async Task The_version_changes_with_the_content_and_with_nothing_else()
    {
        var stock = await app.NewStock();
        var versions = new List<long> { (await Load(stock)).Version };
        await Change(() => app.Store.StorePrices([Some.Price(stock, 0, 1)], default));
        await Change(() => app.Store.StorePrices([Some.Price(stock, 1, 2)], default));
        await Change(() => app.Store.StorePrices([Some.Price(stock, 1, 3)], default));
        await Change(() => app.StoreSplits(new Split(stock, Some.Day, 1, 2)));
        await Change(() => app.StoreSplits(new Split(stock, Some.Day, 1, 3)));
        versions.Should().OnlyHaveUniqueItems();

        var last = versions[^1];
        await app.Store.StorePrices([Some.Price(stock, 1, 3.00m)], default);
        (await Load(stock)).Version.Should().Be(last);
        await app.StoreSplits(new Split(stock, Some.Day, 1.0m, 3.00m));
        (await Load(stock)).Version.Should().Be(last);
        await app.Store.StorePrices([Some.Price(stock, 1, 2)], default);
        await app.Store.StorePrices([Some.Price(stock, 1, 3)], default);
        (await Load(stock)).Version.Should().Be(last, "the content is what it was");
        await using var other = Another();
        (await other.GetRequiredService<IPriceHistory>().Load([stock], default))[stock].Version.Should().Be(last);

        async Task Change(Func<Task> change)
        {
            await change();
            versions.Add((await Load(stock)).Version);
        }
    }

    [Fact]
    public async Task Readers_and_writers_at_once_never_see_less_than_was_committed()
    {
        Id<Stock>[] stocks = [await app.NewStock(), await app.NewStock(), await app.NewStock()];
        await using var other = Another();
        var histories = new[] { app.History, other.GetRequiredService<IPriceHistory>() };
        var committed = new int[stocks.Length];
        var writers = stocks.Select(
            (stock, own) =>
                Task.Run(async () =>
                {
                    for (var day = 0; day < 40; day++)
                    {
                        await app.Store.StorePrices([Some.Price(stock, day, 1)], default);
                        Volatile.Write(ref committed[own], day + 1);
                    }
                })
        );
        var writing = Task.WhenAll(writers.ToList());
        await Task.WhenAll(
            histories.Select(history =>
                Task.Run(async () =>
                {
                    while (!writing.IsCompleted)
                    {
                        var atLeast = committed.Select((_, own) => Volatile.Read(ref committed[own])).ToList();
                        var facts = await history.Load(stocks, default);
                        for (var own = 0; own < stocks.Length; own++)
                            facts[stocks[own]].Prices.Count.Should().BeGreaterThanOrEqualTo(atLeast[own]);
                    }
                })
            )
        );
        await writing;
        (await Load(stocks[0])).Prices.Count.Should().Be(40);
    }

    [Fact]
    public async Task A_stock_that_is_not_there_has_no_facts() =>
        (await app.History.Load([new Id<Stock>(Guid.NewGuid())], default)).Should().BeEmpty();

    private async Task<StockFacts> Load(Id<Stock> stock) => (await app.History.Load([stock], default))[stock];

    // Another process has nothing in common with this one but the database.
    private ServiceProvider Another()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Portfolio", app.ConnectionString)])
            .Build();
        return new ServiceCollection().AddLogging().AddInfrastructure(configuration).BuildServiceProvider();
    }
}
