using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class JudgedMarketData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "ix_split_reports_stock_id_execution_date_split_from_split_to_p",
                table: "split_reports",
                columns: new[] { "stock_id", "execution_date", "split_from", "split_to", "provider_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_split_reports_verdict",
                table: "split_reports",
                column: "verdict");

            // What was applied without judgement stays applied until it is judged.
            migrationBuilder.Sql(
                """
                insert into split_reports (id, stock_id, execution_date, split_from, split_to, first_seen_at, last_seen_at, verdict, reason)
                select gen_random_uuid(), stock_id, execution_date, split_from, split_to, now(), now(), 'pending', 'noPrices' from splits
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dividend_corrections");

            migrationBuilder.DropTable(
                name: "manual_prices");

            migrationBuilder.DropTable(
                name: "price_corrections");

            migrationBuilder.DropTable(
                name: "quarantined_rows");

            migrationBuilder.DropTable(
                name: "split_reports");
        }
    }
}
