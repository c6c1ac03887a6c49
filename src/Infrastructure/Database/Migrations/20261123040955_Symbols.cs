using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Symbols : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_stocks_name_words",
                table: "stocks",
                column: "name_words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

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

            migrationBuilder.Sql(SymbolsSql.Fill);
            migrationBuilder.Sql(SymbolsSql.Words);
            migrationBuilder.Sql(SymbolsSql.OneBearer);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stock_symbols");

            migrationBuilder.DropIndex(
                name: "ix_stocks_name_words",
                table: "stocks");

            migrationBuilder.DropColumn(
                name: "absent_since",
                table: "stocks");

            migrationBuilder.DropColumn(
                name: "name_words",
                table: "stocks");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");
        }
    }
}
