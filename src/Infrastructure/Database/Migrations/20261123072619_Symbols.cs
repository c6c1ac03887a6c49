using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Symbols : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "learned_at",
                table: "stock_symbols",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.CreateTable(
                name: "symbol_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_symbol_version", x => x.id);
                    table.CheckConstraint("ck_symbol_version_id", "id = 1");
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "symbol_version");

            migrationBuilder.DropColumn(
                name: "learned_at",
                table: "stock_symbols");
        }
    }
}
