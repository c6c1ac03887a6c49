using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.Tests.Making;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Tests.Database;

[Collection(DatabaseTests.Name)]
public sealed class MigratorTests(DatabaseApp app)
{
    [Fact]
    public async Task The_model_has_no_change_that_no_migration_makes()
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<PortfolioDb>().Database.HasPendingModelChanges().Should().BeFalse();
        (await scope.ServiceProvider.GetRequiredService<Migrator>().Pending(default)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_empty_database_becomes_a_whole_one_and_a_second_time_changes_nothing()
    {
        var cluster = await TestCluster.Current;
        var database = await cluster.NewEmptyDatabase();
        try
        {
            await Task.WhenAll(TestCluster.Migrate(database), TestCluster.Migrate(database));
            var first = await Shape(database);
            first.Should().Contain(line => line.Contains("daily_prices", StringComparison.Ordinal));
            first.Should().Contain(line => line.Contains("hangfire", StringComparison.Ordinal));
            await TestCluster.Migrate(database);
            (await Shape(database)).Should().Equal(first);
            (await Shape(app.ConnectionString)).Should().Equal(first);
        }
        finally
        {
            await cluster.Drop(database);
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_made()
    {
        var cluster = await TestCluster.Current;
        var database = await cluster.NewEmptyDatabase();
        await cluster.Drop(database);
        try
        {
            await TestCluster.Migrate(database);
            (await Shape(database)).Should().Equal(await Shape(app.ConnectionString));
        }
        finally
        {
            await cluster.Drop(database);
        }
    }

    [Fact]
    public async Task The_calendar_is_stored_and_mended()
    {
        await Sql.Execute(app.ConnectionString, "update trading_days set closes_at = '12:34' where date = '2017-03-30'");
        await Sql.Execute(app.ConnectionString, "delete from trading_days where date = '2017-03-31'");
        await TestCluster.Migrate(app.ConnectionString);
        (await Sql.Lines(app.ConnectionString, "select date, closes_at from trading_days where date between '2017-03-30' and '2017-04-02'"))
            .Should()
            .BeEquivalentTo("(2017-03-30,16:00:00)", "(2017-03-31,16:00:00)");
    }

    private static Task<List<string>> Shape(string database) =>
        Sql.Lines(
            database,
            """
            select * from (
              select table_schema::text, table_name::text, column_name::text, data_type::text, is_nullable::text from information_schema.columns
                where table_schema in ('public', 'hangfire')
              union all select 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid), null from pg_constraint
                where connamespace in ('public'::regnamespace, 'hangfire'::regnamespace)
              union all select 'index', tablename::text, indexname::text, indexdef, null from pg_indexes where schemaname = 'public'
              union all select 'migration', migration_id, null, null, null from "__EFMigrationsHistory"
              union all select 'days', count(*)::text, null, null, null from trading_days
            ) shape order by 1, 2, 3, 4
            """
        );
}
