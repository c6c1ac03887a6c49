using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customers", x => x.id);
                    table.CheckConstraint("ck_customers_email", "length(email) between 3 and 254");
                    table.CheckConstraint("ck_customers_name", "length(name) between 1 and 200");
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resumes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                    table.CheckConstraint("ck_jobs_kind", "kind in ('stockPopulation', 'marketPopulation')");
                    table.CheckConstraint("ck_jobs_range", "first_day <= last_day");
                    table.CheckConstraint("ck_jobs_status", "status in ('queued', 'running', 'waitingForRateLimit', 'succeeded', 'partiallySucceeded', 'failed', 'cancelled')");
                });

            migrationBuilder.CreateTable(
                name: "stocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticker = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: true),
                    exchange = table.Column<string>(type: "text", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: true),
                    figi = table.Column<string>(type: "text", nullable: true),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    listed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    delisted_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stocks", x => x.id);
                    table.CheckConstraint("ck_stocks_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_stocks_delisted_on", "delisted_on is null or not active");
                    table.CheckConstraint("ck_stocks_ticker", "length(ticker) between 1 and 20");
                });

            migrationBuilder.CreateTable(
                name: "trading_days",
                columns: table => new
                {
                    exchange = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    closes_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trading_days", x => new { x.exchange, x.date });
                });

            migrationBuilder.CreateTable(
                name: "portfolios",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    cash = table.Column<string>(type: "text", nullable: false),
                    cost_method = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_portfolios", x => x.id);
                    table.CheckConstraint("ck_portfolios_cash", "cash in ('external', 'tracked')");
                    table.CheckConstraint("ck_portfolios_cost_method", "cost_method in ('fifo', 'lifo', 'hifo', 'average')");
                    table.CheckConstraint("ck_portfolios_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_portfolios_name", "length(name) between 1 and 200");
                    table.ForeignKey(
                        name: "fk_portfolios_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "job_items",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: true),
                    rows_stored = table.Column<long>(type: "bigint", nullable: false),
                    rows_rejected = table.Column<int>(type: "integer", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_items", x => new { x.job_id, x.key });
                    table.CheckConstraint("ck_job_items_status", "status in ('pending', 'succeeded', 'partiallySucceeded', 'failed')");
                    table.ForeignKey(
                        name: "fk_job_items_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "daily_prices",
                columns: table => new
                {
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    open = table.Column<decimal>(type: "numeric", nullable: false),
                    high = table.Column<decimal>(type: "numeric", nullable: false),
                    low = table.Column<decimal>(type: "numeric", nullable: false),
                    close = table.Column<decimal>(type: "numeric", nullable: false),
                    volume = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_prices", x => new { x.stock_id, x.date });
                    table.CheckConstraint("ck_daily_prices_plausible", "low > 0 and low <= least(open, close) and high >= greatest(open, close) and volume >= 0");
                    table.ForeignKey(
                        name: "fk_daily_prices_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "dividends",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ex_date = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    declared_on = table.Column<DateOnly>(type: "date", nullable: true),
                    record_date = table.Column<DateOnly>(type: "date", nullable: true),
                    pay_date = table.Column<DateOnly>(type: "date", nullable: true),
                    provider_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dividends", x => x.id);
                    table.CheckConstraint("ck_dividends_amount", "amount > 0");
                    table.CheckConstraint("ck_dividends_currency", "currency ~ '^[A-Z]{3}$'");
                    table.ForeignKey(
                        name: "fk_dividends_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "market_changes",
                columns: table => new
                {
                    version = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_market_changes", x => x.version);
                    table.ForeignKey(
                        name: "fk_market_changes_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "splits",
                columns: table => new
                {
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    execution_date = table.Column<DateOnly>(type: "date", nullable: false),
                    split_from = table.Column<decimal>(type: "numeric", nullable: false),
                    split_to = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_splits", x => new { x.stock_id, x.execution_date });
                    table.CheckConstraint("ck_splits_ratio", "split_from > 0 and split_to > 0 and split_from <> split_to");
                    table.ForeignKey(
                        name: "fk_splits_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "transactions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    portfolio_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: true),
                    quantity = table.Column<decimal>(type: "numeric", nullable: true),
                    unit_price = table.Column<decimal>(type: "numeric", nullable: true),
                    amount = table.Column<decimal>(type: "numeric", nullable: true),
                    fee = table.Column<decimal>(type: "numeric", nullable: false),
                    tax = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    fx_rate = table.Column<decimal>(type: "numeric", nullable: true),
                    acquired_on = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    voided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transactions", x => x.id);
                    table.CheckConstraint("ck_transactions_acquired_on", "acquired_on is null or (kind = 'transferIn' and acquired_on <= date)");
                    table.CheckConstraint("ck_transactions_amount", "(quantity is null) = (amount is not null) and (amount is null or amount > 0 or kind in ('interest', 'fee', 'tax'))");
                    table.CheckConstraint("ck_transactions_charges", "fee >= 0 and tax >= 0 and (kind in ('buy', 'sell', 'dividend') or (fee = 0 and tax = 0))");
                    table.CheckConstraint("ck_transactions_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_transactions_fx_rate", "fx_rate is null or fx_rate > 0");
                    table.CheckConstraint("ck_transactions_kind", "kind in ('buy', 'sell', 'dividend', 'interest', 'fee', 'tax', 'deposit', 'withdrawal', 'transferIn', 'transferOut')");
                    table.CheckConstraint("ck_transactions_quantity", "(kind in ('buy', 'sell', 'transferIn', 'transferOut')) = (quantity is not null) and (quantity is null or quantity > 0)");
                    table.CheckConstraint("ck_transactions_stock", "case when kind in ('buy', 'sell', 'dividend', 'transferIn', 'transferOut') then stock_id is not null when kind in ('fee', 'tax') then true else stock_id is null end");
                    table.CheckConstraint("ck_transactions_unit_price", "(kind in ('buy', 'sell', 'transferIn')) = (unit_price is not null) and (unit_price is null or unit_price >= 0)");
                    table.ForeignKey(
                        name: "fk_transactions_portfolios_portfolio_id",
                        column: x => x.portfolio_id,
                        principalTable: "portfolios",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_transactions_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "job_calls",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_key = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    milliseconds = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_calls", x => x.sequence);
                    table.ForeignKey(
                        name: "fk_job_calls_job_items_job_id_item_key",
                        columns: x => new { x.job_id, x.item_key },
                        principalTable: "job_items",
                        principalColumns: new[] { "job_id", "key" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dividends_stock_id_ex_date_amount_currency_type",
                table: "dividends",
                columns: new[] { "stock_id", "ex_date", "amount", "currency", "type" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dividends_stock_id_provider_id",
                table: "dividends",
                columns: new[] { "stock_id", "provider_id" },
                unique: true,
                filter: "provider_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_job_calls_job_id_item_key",
                table: "job_calls",
                columns: new[] { "job_id", "item_key" });

            migrationBuilder.CreateIndex(
                name: "ix_job_calls_job_id_sequence",
                table: "job_calls",
                columns: new[] { "job_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_job_items_job_id_position",
                table: "job_items",
                columns: new[] { "job_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_status_id",
                table: "jobs",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_changes_stock_id",
                table: "market_changes",
                column: "stock_id");

            migrationBuilder.CreateIndex(
                name: "ix_portfolios_customer_id_name",
                table: "portfolios",
                columns: new[] { "customer_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stocks_figi",
                table: "stocks",
                column: "figi",
                filter: "figi is not null");

            migrationBuilder.CreateIndex(
                name: "ix_stocks_ticker_active",
                table: "stocks",
                column: "ticker",
                unique: true,
                filter: "active");

            migrationBuilder.CreateIndex(
                name: "ix_stocks_ticker_id",
                table: "stocks",
                columns: new[] { "ticker", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_date_id",
                table: "transactions",
                columns: new[] { "portfolio_id", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_external_id",
                table: "transactions",
                columns: new[] { "portfolio_id", "external_id" },
                unique: true,
                filter: "external_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_stock_id",
                table: "transactions",
                columns: new[] { "portfolio_id", "stock_id" });

            migrationBuilder.CreateIndex(
                name: "ix_transactions_stock_id",
                table: "transactions",
                column: "stock_id");

            // An expression is beyond the model: one e-mail address, one customer, whatever its case.
            migrationBuilder.Sql("create unique index ix_customers_email_lower on customers (lower(email));");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "daily_prices");

            migrationBuilder.DropTable(
                name: "dividends");

            migrationBuilder.DropTable(
                name: "job_calls");

            migrationBuilder.DropTable(
                name: "market_changes");

            migrationBuilder.DropTable(
                name: "splits");

            migrationBuilder.DropTable(
                name: "trading_days");

            migrationBuilder.DropTable(
                name: "transactions");

            migrationBuilder.DropTable(
                name: "job_items");

            migrationBuilder.DropTable(
                name: "portfolios");

            migrationBuilder.DropTable(
                name: "stocks");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "customers");
        }
    }
}
