using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Budget : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "provider_slots");

            migrationBuilder.DropTable(
                name: "provider_budgets");
        }
    }
}
