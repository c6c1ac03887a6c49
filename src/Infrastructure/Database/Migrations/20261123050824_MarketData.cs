using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class MarketData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_daily_prices_stocks_stock_id",
                table: "daily_prices");

            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AddColumn<DateOnly>(
                name: "absent_since",
                table: "stocks",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "name_words",
                table: "stocks",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateOnly>(
                name: "first_day",
                table: "market_changes",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "last_day",
                table: "market_changes",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "asked_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<bool>(
                name: "ask_again",
                table: "job_items",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateOnly>(
                name: "first_day",
                table: "job_items",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "last_day",
                table: "job_items",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "planned_calls",
                table: "job_items",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string[]>(
                name: "tickers",
                table: "job_items",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "work",
                table: "job_items",
                type: "text",
                nullable: false,
                defaultValue: "stock");

            migrationBuilder.CreateTable(
                name: "dividend_corrections",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    dividend_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    old_ex_date = table.Column<DateOnly>(type: "date", nullable: false),
                    old_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    old_currency = table.Column<string>(type: "text", nullable: false),
                    new_ex_date = table.Column<DateOnly>(type: "date", nullable: false),
                    new_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    new_currency = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dividend_corrections", x => x.sequence);
                    table.ForeignKey(
                        name: "fk_dividend_corrections_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "fetches",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fetches", x => new { x.kind, x.key, x.first_day, x.last_day });
                    table.CheckConstraint("ck_fetches_kind", "kind in ('bars', 'session', 'listing', 'universe', 'splits', 'dividends', 'rates')");
                    table.CheckConstraint("ck_fetches_outcome", "outcome in ('stored', 'noData', 'notEntitled', 'unknownSymbol')");
                    table.CheckConstraint("ck_fetches_range", "first_day <= last_day");
                });

            migrationBuilder.CreateTable(
                name: "kept_answers",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_key = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_answers", x => new { x.job_id, x.item_key, x.path });
                    table.ForeignKey(
                        name: "fk_kept_answers_job_items_job_id_item_key",
                        columns: x => new { x.job_id, x.item_key },
                        principalTable: "job_items",
                        principalColumns: new[] { "job_id", "key" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "manual_prices",
                columns: table => new
                {
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    provider_open = table.Column<decimal>(type: "numeric", nullable: true),
                    provider_high = table.Column<decimal>(type: "numeric", nullable: true),
                    provider_low = table.Column<decimal>(type: "numeric", nullable: true),
                    provider_close = table.Column<decimal>(type: "numeric", nullable: true),
                    provider_volume = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_manual_prices", x => new { x.stock_id, x.date });
                    table.ForeignKey(
                        name: "fk_manual_prices_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "price_corrections",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    old_open = table.Column<decimal>(type: "numeric", nullable: true),
                    old_high = table.Column<decimal>(type: "numeric", nullable: true),
                    old_low = table.Column<decimal>(type: "numeric", nullable: true),
                    old_close = table.Column<decimal>(type: "numeric", nullable: true),
                    old_volume = table.Column<decimal>(type: "numeric", nullable: true),
                    new_open = table.Column<decimal>(type: "numeric", nullable: true),
                    new_high = table.Column<decimal>(type: "numeric", nullable: true),
                    new_low = table.Column<decimal>(type: "numeric", nullable: true),
                    new_close = table.Column<decimal>(type: "numeric", nullable: true),
                    new_volume = table.Column<decimal>(type: "numeric", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_corrections", x => x.sequence);
                    table.ForeignKey(
                        name: "fk_price_corrections_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "provider_budgets",
                columns: table => new
                {
                    key_hash = table.Column<string>(type: "text", nullable: false),
                    blocked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    blocked_by = table.Column<string>(type: "text", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_budgets", x => x.key_hash);
                    table.CheckConstraint("ck_provider_budgets_blocked_by", "blocked_by in ('rateLimit', 'outage')");
                });

            migrationBuilder.CreateTable(
                name: "quarantined_rows",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    ticker = table.Column<string>(type: "text", nullable: true),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: true),
                    date = table.Column<DateOnly>(type: "date", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    times_seen = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decision_reason = table.Column<string>(type: "text", nullable: true),
                    content_hash = table.Column<string>(type: "text", nullable: true, computedColumnSql: "md5(content::text)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantined_rows", x => x.id);
                    table.CheckConstraint("ck_quarantined_rows_kind", "kind in ('bar', 'split', 'dividend', 'listing', 'rate')");
                    table.CheckConstraint("ck_quarantined_rows_status", "status in ('held', 'released', 'overridden', 'dismissed', 'superseded')");
                    table.CheckConstraint("ck_quarantined_rows_times_seen", "times_seen > 0");
                    table.ForeignKey(
                        name: "fk_quarantined_rows_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "schedule_runs",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    business_date = table.Column<DateOnly>(type: "date", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schedule_runs", x => new { x.name, x.business_date });
                    table.CheckConstraint("ck_schedule_runs_name", "name in ('dailyPrices', 'corrections', 'actions', 'universe', 'gapRepair')");
                    table.ForeignKey(
                        name: "fk_schedule_runs_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "split_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    execution_date = table.Column<DateOnly>(type: "date", nullable: false),
                    split_from = table.Column<decimal>(type: "numeric", nullable: false),
                    split_to = table.Column<decimal>(type: "numeric", nullable: false),
                    provider_id = table.Column<string>(type: "text", nullable: true),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    decision = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decision_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_split_reports", x => x.id);
                    table.CheckConstraint("ck_split_reports_decision", "decision in ('accepted', 'rejected')");
                    table.CheckConstraint("ck_split_reports_ratio", "split_from > 0 and split_to > 0 and split_from <> split_to");
                    table.CheckConstraint("ck_split_reports_verdict", "verdict in ('applied', 'pending', 'duplicate', 'conflict')");
                    table.ForeignKey(
                        name: "fk_split_reports_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "stock_symbols",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    stock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticker = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    folded = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from_date = table.Column<DateOnly>(type: "date", nullable: true),
                    to_date = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_symbols", x => x.number);
                    table.CheckConstraint("ck_stock_symbols_days", "from_date <= to_date");
                    table.CheckConstraint("ck_stock_symbols_ticker", "length(ticker) between 1 and 20");
                    table.ForeignKey(
                        name: "fk_stock_symbols_stocks_stock_id",
                        column: x => x.stock_id,
                        principalTable: "stocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "provider_slots",
                columns: table => new
                {
                    key_hash = table.Column<string>(type: "text", nullable: false),
                    slot = table.Column<int>(type: "integer", nullable: false),
                    free_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_slots", x => new { x.key_hash, x.slot });
                    table.ForeignKey(
                        name: "fk_provider_slots_provider_budgets_key_hash",
                        column: x => x.key_hash,
                        principalTable: "provider_budgets",
                        principalColumn: "key_hash",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_stocks_name_words",
                table: "stocks",
                column: "name_words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs",
                sql: "kind in ('stockPopulation', 'marketPopulation', 'universe', 'actions', 'repair')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_job_items_work",
                table: "job_items",
                sql: "work in ('stock', 'session', 'universe', 'splits', 'dividends', 'rates')");

            migrationBuilder.CreateIndex(
                name: "ix_dividend_corrections_stock_id",
                table: "dividend_corrections",
                column: "stock_id");

            migrationBuilder.CreateIndex(
                name: "ix_price_corrections_stock_id_date",
                table: "price_corrections",
                columns: new[] { "stock_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_quarantined_rows_kind_ticker_date_content_hash",
                table: "quarantined_rows",
                columns: new[] { "kind", "ticker", "date", "content_hash" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_quarantined_rows_status_id",
                table: "quarantined_rows",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_quarantined_rows_stock_id_date",
                table: "quarantined_rows",
                columns: new[] { "stock_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_schedule_runs_job_id",
                table: "schedule_runs",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_split_reports_stock_id_execution_date_split_from_split_to_p",
                table: "split_reports",
                columns: new[] { "stock_id", "execution_date", "split_from", "split_to", "provider_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_split_reports_verdict",
                table: "split_reports",
                column: "verdict");

            migrationBuilder.CreateIndex(
                name: "ix_stock_symbols_folded",
                table: "stock_symbols",
                column: "folded");

            migrationBuilder.CreateIndex(
                name: "ix_stock_symbols_stock_id",
                table: "stock_symbols",
                column: "stock_id");

            migrationBuilder.CreateIndex(
                name: "ix_stock_symbols_ticker",
                table: "stock_symbols",
                column: "ticker");
            migrationBuilder.Sql(MarketDataSql.Fill);
            migrationBuilder.Sql(MarketDataSql.Words);
            migrationBuilder.Sql(MarketDataSql.OneBearer);
            migrationBuilder.Sql(MarketDataSql.SplitReports);
            migrationBuilder.Sql(MarketDataSql.Jobs);
            migrationBuilder.Sql(MarketDataSql.JobItems);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dividend_corrections");

            migrationBuilder.DropTable(
                name: "fetches");

            migrationBuilder.DropTable(
                name: "kept_answers");

            migrationBuilder.DropTable(
                name: "manual_prices");

            migrationBuilder.DropTable(
                name: "price_corrections");

            migrationBuilder.DropTable(
                name: "provider_slots");

            migrationBuilder.DropTable(
                name: "quarantined_rows");

            migrationBuilder.DropTable(
                name: "schedule_runs");

            migrationBuilder.DropTable(
                name: "split_reports");

            migrationBuilder.DropTable(
                name: "stock_symbols");

            migrationBuilder.DropTable(
                name: "provider_budgets");

            migrationBuilder.DropIndex(
                name: "ix_stocks_name_words",
                table: "stocks");

            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_job_items_work",
                table: "job_items");

            migrationBuilder.DropColumn(
                name: "absent_since",
                table: "stocks");

            migrationBuilder.DropColumn(
                name: "name_words",
                table: "stocks");

            migrationBuilder.DropColumn(
                name: "first_day",
                table: "market_changes");

            migrationBuilder.DropColumn(
                name: "last_day",
                table: "market_changes");

            migrationBuilder.DropColumn(
                name: "asked_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "ask_again",
                table: "job_items");

            migrationBuilder.DropColumn(
                name: "first_day",
                table: "job_items");

            migrationBuilder.DropColumn(
                name: "last_day",
                table: "job_items");

            migrationBuilder.DropColumn(
                name: "planned_calls",
                table: "job_items");

            migrationBuilder.DropColumn(
                name: "tickers",
                table: "job_items");

            migrationBuilder.DropColumn(
                name: "work",
                table: "job_items");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs",
                sql: "kind in ('stockPopulation', 'marketPopulation')");

            migrationBuilder.AddForeignKey(
                name: "fk_daily_prices_stocks_stock_id",
                table: "daily_prices",
                column: "stock_id",
                principalTable: "stocks",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
