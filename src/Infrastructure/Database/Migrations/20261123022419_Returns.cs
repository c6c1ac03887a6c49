using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CleanPortfolio.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Returns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_transactions_portfolio_id_external_id",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_amount",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_charges",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_kind",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_quantity",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_stock",
                table: "transactions");

            migrationBuilder.AddColumn<string>(
                name: "content_key",
                table: "transactions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "cost_share",
                table: "transactions",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "dividend_id",
                table: "transactions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_id",
                table: "transactions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "into_quantity",
                table: "transactions",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "into_stock_id",
                table: "transactions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "transactions",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "exchange_rate_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rate_version", x => x.id);
                    table.CheckConstraint("ck_exchange_rate_version_id", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "exchange_rates",
                columns: table => new
                {
                    @base = table.Column<string>(name: "base", type: "text", nullable: false, collation: "C"),
                    quote = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    rate = table.Column<decimal>(type: "numeric", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rates", x => new { x.@base, x.quote, x.date });
                    table.CheckConstraint("ck_exchange_rates_pair", "base ~ '^[A-Z]{3}$' and quote ~ '^[A-Z]{3}$' and base <> quote");
                    table.CheckConstraint("ck_exchange_rates_rate", "rate > 0");
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    portfolio_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @new = table.Column<int>(name: "new", type: "integer", nullable: false),
                    same = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    replaced = table.Column<int>(type: "integer", nullable: false),
                    conflicting = table.Column<int>(type: "integer", nullable: false),
                    unreadable = table.Column<int>(type: "integer", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.id);
                    table.CheckConstraint("ck_imports_source", "length(source) between 1 and 100");
                    table.ForeignKey(
                        name: "fk_imports_portfolios_portfolio_id",
                        column: x => x.portfolio_id,
                        principalTable: "portfolios",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "import_rows",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    transaction_id = table.Column<Guid>(type: "uuid", nullable: true),
                    findings = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_rows", x => new { x.import_id, x.number });
                    table.CheckConstraint("ck_import_rows_outcome", "outcome in ('new', 'same', 'changed', 'conflict', 'error')");
                    table.ForeignKey(
                        name: "fk_import_rows_imports_import_id",
                        column: x => x.import_id,
                        principalTable: "imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_transactions_import_id",
                table: "transactions",
                column: "import_id");

            migrationBuilder.CreateIndex(
                name: "ix_transactions_into_stock_id",
                table: "transactions",
                column: "into_stock_id");

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_dividend_id",
                table: "transactions",
                columns: new[] { "portfolio_id", "dividend_id" },
                unique: true,
                filter: "dividend_id is not null and voided_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_source_content_key",
                table: "transactions",
                columns: new[] { "portfolio_id", "source", "content_key" },
                unique: true,
                filter: "content_key is not null and voided_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_source_external_id",
                table: "transactions",
                columns: new[] { "portfolio_id", "source", "external_id" },
                unique: true,
                filter: "external_id is not null and voided_at is null")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_amount",
                table: "transactions",
                sql: "case when kind = 'merger' then true else (quantity is null and kind <> 'spinOff') = (amount is not null) end and (amount is null or amount > 0 or kind in ('interest', 'fee', 'tax'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_charges",
                table: "transactions",
                sql: "fee >= 0 and tax >= 0 and (kind in ('buy', 'sell', 'dividend', 'merger') or (fee = 0 and tax = 0))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_dividend_id",
                table: "transactions",
                sql: "dividend_id is null or kind = 'dividend'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_import",
                table: "transactions",
                sql: "case when import_id is null then source is null and content_key is null else source is not null and (external_id is null) = (content_key is not null) end");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_into",
                table: "transactions",
                sql: "(kind in ('spinOff', 'merger')) = (into_stock_id is not null) and (into_stock_id is null) = (into_quantity is null) and (into_quantity is null or into_quantity > 0) and (cost_share is null or cost_share between 0 and 1)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_kind",
                table: "transactions",
                sql: "kind in ('buy', 'sell', 'dividend', 'interest', 'fee', 'tax', 'deposit', 'withdrawal', 'transferIn', 'transferOut', 'spinOff', 'merger')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_quantity",
                table: "transactions",
                sql: "(kind in ('buy', 'sell', 'transferIn', 'transferOut', 'merger')) = (quantity is not null) and (quantity is null or quantity > 0)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_stock",
                table: "transactions",
                sql: "case when kind in ('buy', 'sell', 'dividend', 'transferIn', 'transferOut', 'spinOff', 'merger') then stock_id is not null when kind in ('fee', 'tax') then true else stock_id is null end");

            migrationBuilder.CreateIndex(
                name: "ix_imports_portfolio_id_id",
                table: "imports",
                columns: new[] { "portfolio_id", "id" });

            migrationBuilder.AddForeignKey(
                name: "fk_transactions_imports_import_id",
                table: "transactions",
                column: "import_id",
                principalTable: "imports",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_transactions_stocks_into_stock_id",
                table: "transactions",
                column: "into_stock_id",
                principalTable: "stocks",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_transactions_imports_import_id",
                table: "transactions");

            migrationBuilder.DropForeignKey(
                name: "fk_transactions_stocks_into_stock_id",
                table: "transactions");

            migrationBuilder.DropTable(
                name: "exchange_rate_version");

            migrationBuilder.DropTable(
                name: "exchange_rates");

            migrationBuilder.DropTable(
                name: "import_rows");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropIndex(
                name: "ix_transactions_import_id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "ix_transactions_into_stock_id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "ix_transactions_portfolio_id_dividend_id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "ix_transactions_portfolio_id_source_content_key",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "ix_transactions_portfolio_id_source_external_id",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_amount",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_charges",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_dividend_id",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_import",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_into",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_kind",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_quantity",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_stock",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "content_key",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "cost_share",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "dividend_id",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "import_id",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "into_quantity",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "into_stock_id",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "source",
                table: "transactions");

            migrationBuilder.CreateIndex(
                name: "ix_transactions_portfolio_id_external_id",
                table: "transactions",
                columns: new[] { "portfolio_id", "external_id" },
                unique: true,
                filter: "external_id is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_amount",
                table: "transactions",
                sql: "(quantity is null) = (amount is not null) and (amount is null or amount > 0 or kind in ('interest', 'fee', 'tax'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_charges",
                table: "transactions",
                sql: "fee >= 0 and tax >= 0 and (kind in ('buy', 'sell', 'dividend') or (fee = 0 and tax = 0))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_kind",
                table: "transactions",
                sql: "kind in ('buy', 'sell', 'dividend', 'interest', 'fee', 'tax', 'deposit', 'withdrawal', 'transferIn', 'transferOut')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_quantity",
                table: "transactions",
                sql: "(kind in ('buy', 'sell', 'transferIn', 'transferOut')) = (quantity is not null) and (quantity is null or quantity > 0)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_stock",
                table: "transactions",
                sql: "case when kind in ('buy', 'sell', 'dividend', 'transferIn', 'transferOut') then stock_id is not null when kind in ('fee', 'tax') then true else stock_id is null end");
        }
    }
}
