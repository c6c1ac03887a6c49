using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Planner : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs");

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

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs",
                sql: "kind in ('stockPopulation', 'marketPopulation', 'universe', 'actions', 'repair')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_job_items_work",
                table: "job_items",
                sql: "work in ('stock', 'session', 'universe', 'splits', 'dividends', 'rates', 'events', 'checks')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fetches");

            migrationBuilder.DropTable(
                name: "kept_answers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_job_items_work",
                table: "job_items");

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

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_kind",
                table: "jobs",
                sql: "kind in ('stockPopulation', 'marketPopulation')");
        }
    }
}
