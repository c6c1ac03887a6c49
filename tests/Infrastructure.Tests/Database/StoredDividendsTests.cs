using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Database;

[Collection(DatabaseTests.Name)]
public sealed class StoredDividendsTests(DatabaseApp app)
{
    private IMarketStore Store => app.Store;

    [Fact]
    public async Task Dividends_are_known_by_the_providers_id()
    {
        var stock = await app.NewStock();
        (await Store.StoreDividends([Some.Dividend(stock, 0.205m, "E1"), Some.Dividend(stock, 0.5m, "E2")], default)).Should().Be(2);
        (await Store.StoreDividends([Some.Dividend(stock, 0.82m, "E1"), Some.Dividend(stock, 0.5m, "E2")], default)).Should().Be(1);
        (await Dividends(stock)).Should().Equal("(2024-05-06,0.5,E2)", "(2024-05-06,0.82,E1)");
    }

    [Fact]
    public async Task Dividends_without_an_id_are_known_by_day_amount_and_kind()
    {
        var stock = await app.NewStock();
        (await Store.StoreDividends([Some.Dividend(stock, 0.2m), Some.Dividend(stock, 0.3m), Some.Dividend(stock, 0.3m)], default))
            .Should()
            .Be(2, "a regular and a special one may share a day");
        (await Store.StoreDividends([Some.Dividend(stock, 0.2m), Some.Dividend(stock, 0.2m, day: 1)], default)).Should().Be(1);
        (await Dividends(stock)).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_dividend_keeps_its_id_when_it_comes_again_and_when_it_is_corrected()
    {
        var stock = await app.NewStock();
        await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A"), Some.Dividend(stock, 0.7m)], default);
        var ids = await DividendIds(stock);

        (await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A"), Some.Dividend(stock, 0.7m)], default)).Should().Be(0);
        (await DividendIds(stock)).Should().Equal(ids);
        (await Store.StoreDividends([Some.Dividend(stock, 0.25m, "A", day: 3)], default)).Should().Be(1);
        var paid = Some.Dividend(stock, 0.7m) with { PayDate = Some.Day };
        (await Store.StoreDividends([paid], default)).Should().Be(1);
        (await DividendIds(stock)).Should().Equal(ids);
        (await Dividends(stock)).Should().Equal("(2024-05-06,0.7,)", "(2024-05-09,0.25,A)");
    }

    [Fact]
    public async Task A_dividend_that_gets_the_providers_id_later_keeps_its_own()
    {
        var stock = await app.NewStock();
        await Store.StoreDividends([Some.Dividend(stock, 0.2m)], default);
        var ids = await DividendIds(stock);

        await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A")], default);
        await Store.StoreDividends([Some.Dividend(stock, 0.4m, "A")], default);

        (await DividendIds(stock)).Should().Equal(ids);
        (await Dividends(stock)).Should().Equal("(2024-05-06,0.4,A)");
    }

    [Fact]
    public async Task Two_dividends_that_swap_amounts_keep_their_ids()
    {
        var stock = await app.NewStock();
        await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A"), Some.Dividend(stock, 0.3m, "B")], default);
        var ids = await DividendIds(stock);

        (await Store.StoreDividends([Some.Dividend(stock, 0.3m, "A"), Some.Dividend(stock, 0.2m, "B")], default)).Should().Be(2);

        (await DividendIds(stock)).Should().Equal(ids);
        (await Dividends(stock)).Should().Equal("(2024-05-06,0.2,B)", "(2024-05-06,0.3,A)");
    }

    [Fact]
    public async Task A_dividend_corrected_into_another_one_stays_what_it_was_and_is_told_as_a_twin()
    {
        var stock = await app.NewStock();
        await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A"), Some.Dividend(stock, 0.3m, "B")], default);
        var ids = await DividendIds(stock);

        var alone = await Store.StoreDividends([Some.Dividend(stock, 0.3m, "A")], null, default);
        var both = await Store.StoreDividends(
            [Some.Dividend(stock, 0.3m, "A"), Some.Dividend(stock, 0.3m, "B"), Some.Dividend(stock, 1, "C", 5)],
            null,
            default
        );

        (alone.Rows, alone.Twins.Should().ContainSingle().Subject.ProviderId).Should().Be((0, "A"));
        (both.Rows, both.Twins.Should().ContainSingle().Subject.ProviderId).Should().Be((1, "A"));
        (await DividendIds(stock)).Should().Contain(ids).And.HaveCount(3);
        (await Dividends(stock)).Should().Equal("(2024-05-06,0.2,A)", "(2024-05-06,0.3,B)", "(2024-05-11,1,C)");
        (await Lines($"select count(*) from dividend_corrections where stock_id = '{stock}'")).Should().Equal("(0)");
    }

    [Fact]
    public async Task A_row_of_dividends_may_move_up_by_one_but_not_onto_one_that_stays()
    {
        var stock = await app.NewStock();
        await Store.StoreDividends([Some.Dividend(stock, 1, "A"), Some.Dividend(stock, 2, "B"), Some.Dividend(stock, 3, "C")], default);
        var ids = await DividendIds(stock);

        // C has moved on, so B and A may follow.
        (await Store.StoreDividends([Some.Dividend(stock, 2, "A"), Some.Dividend(stock, 3, "B"), Some.Dividend(stock, 4, "C")], default))
            .Should()
            .Be(3);
        // C stays: B finds its place taken, and A that of B.
        var stopped = await Store.StoreDividends([Some.Dividend(stock, 3, "A"), Some.Dividend(stock, 4, "B")], null, default);

        stopped.Twins.Select(twin => twin.ProviderId).Should().Equal("A", "B");
        (await Dividends(stock)).Should().Equal("(2024-05-06,2,A)", "(2024-05-06,3,B)", "(2024-05-06,4,C)");
        (await DividendIds(stock)).Should().Equal(ids);
    }

    [Fact]
    public async Task A_dividend_told_without_its_id_or_under_a_new_one_is_the_same()
    {
        var stock = await app.NewStock();
        await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A")], default);
        var ids = await DividendIds(stock);

        (await Store.StoreDividends([Some.Dividend(stock, 0.2m)], default)).Should().Be(0);
        (await Dividends(stock)).Should().Equal("(2024-05-06,0.2,A)");
        await Store.StoreDividends([Some.Dividend(stock, 0.2m, "A2")], default);

        (await Dividends(stock)).Should().Equal("(2024-05-06,0.2,A2)");
        (await DividendIds(stock)).Select(row => row.Split(',')[1]).Should().Equal(ids.Select(row => row.Split(',')[1]));
    }

    [Fact]
    public async Task Dividends_of_two_writers_are_stored_once()
    {
        var stock = await app.NewStock();
        for (var round = 0; round < 10; round++)
        {
            Dividend[] rows = [.. Enumerable.Range(0, 30).Select(i => Some.Dividend(stock, 1 + i, $"{round}-{i}", day: round))];
            await Task.WhenAll(
                Task.Run(() => Store.StoreDividends(rows, default)),
                Task.Run(() =>
                    Store.StoreDividends(
                        [.. rows.Reverse().Select(row => row with { Id = Id<Dividend>.New(TimeProvider.System.GetUtcNow()) })],
                        default
                    )
                )
            );
        }
        (await Dividends(stock)).Should().HaveCount(300).And.OnlyHaveUniqueItems();
    }

    private Task<List<string>> Dividends(Id<Stock> stock) =>
        Lines($"select ex_date, amount, provider_id from dividends where stock_id = '{stock}' order by 1, 2");

    private Task<List<string>> DividendIds(Id<Stock> stock) =>
        Lines($"select coalesce(provider_id, 'A'), id from dividends where stock_id = '{stock}' order by 1, 2");

    private Task<List<string>> Lines(string sql) => Sql.Lines(app.ConnectionString, sql);
}
