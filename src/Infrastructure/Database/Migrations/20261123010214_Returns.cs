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

            migrationBuilder.AddColumn<decimal>(
                name: "cost_share",
                table: "transactions",
                type: "numeric",
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

            migrationBuilder.CreateIndex(
                name: "ix_transactions_into_stock_id",
                table: "transactions",
                column: "into_stock_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_amount",
                table: "transactions",
                sql: "case when kind = 'merger' then true else (quantity is null and kind <> 'spinOff') = (amount is not null) end and (amount is null or amount > 0 or kind in ('interest', 'fee', 'tax'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_transactions_charges",
                table: "transactions",
                sql: "fee >= 0 and tax >= 0 and (kind in ('buy', 'sell', 'dividend', 'merger') or (fee = 0 and tax = 0))");

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
                name: "fk_transactions_stocks_into_stock_id",
                table: "transactions");

            migrationBuilder.DropTable(
                name: "exchange_rate_version");

            migrationBuilder.DropTable(
                name: "exchange_rates");

            migrationBuilder.DropIndex(
                name: "ix_transactions_into_stock_id",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_amount",
                table: "transactions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_transactions_charges",
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
                name: "cost_share",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "into_quantity",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "into_stock_id",
                table: "transactions");

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
