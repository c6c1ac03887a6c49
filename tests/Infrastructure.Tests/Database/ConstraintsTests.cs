using CleanPortfolio.Infrastructure.Tests.Making;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Tests.Database;

/// <summary>What the database refuses by itself, whoever writes.</summary>
[Collection(DatabaseTests.Name)]
public sealed class ConstraintsTests(DatabaseApp app)
{
    private const string Uuid = "gen_random_uuid()";
    private const string AnyStock = "(select id from stocks limit 1)";

    [Theory]
    [InlineData("ck_stocks_ticker", $"insert into stocks (id, ticker, currency, active) values ({Uuid}, '', 'USD', true)")]
    [InlineData("ck_stocks_currency", $"insert into stocks (id, ticker, currency, active) values ({Uuid}, 'X1', 'usd', true)")]
    [InlineData(
        "ck_stocks_delisted_on",
        $"insert into stocks (id, ticker, currency, active, delisted_on) values ({Uuid}, 'X2', 'USD', true, '2020-01-01')"
    )]
    [InlineData(
        "ix_stocks_ticker_active",
        $"insert into stocks (id, ticker, currency, active) select {Uuid}, 'X3', 'USD', true from generate_series(1, 2)"
    )]
    [InlineData("pk_daily_prices", $"insert into daily_prices select {AnyStock}, '1990-01-01', 1, 1, 1, 1, 1 from generate_series(1, 2)")]
    [InlineData("ck_daily_prices_plausible", $"insert into daily_prices values ({AnyStock}, '1990-01-02', 1, 0.5, 0.5, 1, 1)")]
    [InlineData("ck_daily_prices_plausible", $"insert into daily_prices values ({AnyStock}, '1990-01-02', 1, 1, 0, 1, 1)")]
    [InlineData("ck_daily_prices_plausible", $"insert into daily_prices values ({AnyStock}, '1990-01-02', 1, 1, 1, 1, -1)")]
    [InlineData("ck_splits_ratio", $"insert into splits values ({AnyStock}, '1990-01-02', 1, 0)")]
    [InlineData("ck_splits_ratio", $"insert into splits values ({AnyStock}, '1990-01-02', 2, 2)")]
    [InlineData(
        "ck_dividends_amount",
        $"insert into dividends (id, stock_id, ex_date, amount, currency, type) values ({Uuid}, {AnyStock}, '1990-01-02', 0, 'USD', 'CD')"
    )]
    [InlineData("ck_exchange_rates_rate", "insert into exchange_rates values ('EUR', 'USD', '1990-01-02', 0, 'test')")]
    [InlineData("ck_exchange_rates_pair", "insert into exchange_rates values ('EUR', 'EUR', '1990-01-02', 1, 'test')")]
    [InlineData("ck_exchange_rates_pair", "insert into exchange_rates values ('eur', 'USD', '1990-01-02', 1, 'test')")]
    [InlineData("ck_exchange_rates_pair", "insert into exchange_rates values ('EUR', 'US', '1990-01-02', 1, 'test')")]
    [InlineData("pk_exchange_rates", "insert into exchange_rates select 'EUR', 'USD', '1990-01-02', 1, 'test' from generate_series(1, 2)")]
    [InlineData("ck_exchange_rate_version_id", "insert into exchange_rate_version values (2, 1)")]
    [InlineData("ck_customers_name", $"insert into customers (id, name, email, registered_at) values ({Uuid}, '', 'a@b.c', now())")]
    [InlineData(
        "ix_customers_email_lower",
        $"insert into customers (id, name, email, registered_at) select {Uuid}, 'A', case i when 1 then 'Q@q.example' else 'q@Q.example' end, now() from generate_series(1, 2) i"
    )]
    [InlineData(
        "ck_jobs_range",
        $"insert into jobs (id, kind, status, first_day, last_day, cancel_requested, created_at) values ({Uuid}, 'stockPopulation', 'queued', '2020-01-02', '2020-01-01', false, now())"
    )]
    [InlineData(
        "ck_jobs_status",
        $"insert into jobs (id, kind, status, first_day, last_day, cancel_requested, created_at) values ({Uuid}, 'stockPopulation', 'done', '2020-01-01', '2020-01-01', false, now())"
    )]
    public async Task What_cannot_be_is_refused(string constraint, string sql)
    {
        await app.NewStock();
        var inserting = () => Sql.Execute(app.ConnectionString, sql);
        (await inserting.Should().ThrowAsync<PostgresException>()).Which.ConstraintName.Should().Be(constraint);
    }

    [Theory]
    [InlineData("buy", "quantity => -1", "ck_transactions_quantity")]
    [InlineData("buy", "unit_price => null", "ck_transactions_unit_price")]
    [InlineData("buy", "stock_id => null", "ck_transactions_stock")]
    [InlineData("buy", "amount => 5", "ck_transactions_amount")]
    [InlineData("buy", "fee => -1", "ck_transactions_charges")]
    [InlineData("buy", "currency => '$'", "ck_transactions_currency")]
    [InlineData("buy", "fx_rate => 0", "ck_transactions_fx_rate")]
    [InlineData("buy", "acquired_on => '2020-01-01'", "ck_transactions_acquired_on")]
    [InlineData("gift", "fee => 0", "ck_transactions_kind")]
    public async Task A_transaction_of_another_shape_is_refused(string kind, string change, string constraint)
    {
        await app.NewStock();
        var customer = (await app.Api.Post("customers", new { name = "C", email = Unique.Email() })).Is(201).Text("id");
        var portfolio = (await app.Api.Post($"customers/{customer}/portfolios", new { name = "P", currency = "USD" })).Is(201).Text("id");
        var (column, value) = (change.Split(" => ")[0], change.Split(" => ")[1]);
        var columns = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = Uuid,
            ["portfolio_id"] = $"'{portfolio}'",
            ["kind"] = $"'{kind}'",
            ["date"] = "'2024-01-02'",
            ["stock_id"] = AnyStock,
            ["quantity"] = "1",
            ["unit_price"] = "1",
            ["fee"] = "0",
            ["tax"] = "0",
            ["currency"] = "'USD'",
            ["recorded_at"] = "now()",
        };
        if (kind == "buy")
            await Insert();
        columns[column] = value;
        var inserting = Insert;
        (await inserting.Should().ThrowAsync<PostgresException>()).Which.ConstraintName.Should().Be(constraint);

        Task Insert() =>
            Sql.Execute(
                app.ConnectionString,
                $"insert into transactions ({string.Join(", ", columns.Keys)}) values ({string.Join(", ", columns.Values)})"
            );
    }
}
