using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class TransactionsTable : IEntityTypeConfiguration<Transaction>
{
    public void Configure(EntityTypeBuilder<Transaction> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_transactions_kind", Conventions.IsMember<TransactionKind>("kind"));
            table.HasCheckConstraint("ck_transactions_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint(
                "ck_transactions_stock",
                "case when kind in ('buy', 'sell', 'dividend', 'transferIn', 'transferOut', 'spinOff', 'merger') then stock_id is not null "
                    + "when kind in ('fee', 'tax') then true else stock_id is null end"
            );
            table.HasCheckConstraint(
                "ck_transactions_quantity",
                "(kind in ('buy', 'sell', 'transferIn', 'transferOut', 'merger')) = (quantity is not null) and (quantity is null or quantity > 0)"
            );
            table.HasCheckConstraint(
                "ck_transactions_unit_price",
                "(kind in ('buy', 'sell', 'transferIn')) = (unit_price is not null) and (unit_price is null or unit_price >= 0)"
            );
            table.HasCheckConstraint(
                "ck_transactions_amount",
                "case when kind = 'merger' then true else (quantity is null and kind <> 'spinOff') = (amount is not null) end "
                    + "and (amount is null or amount > 0 or kind in ('interest', 'fee', 'tax'))"
            );
            table.HasCheckConstraint(
                "ck_transactions_charges",
                "fee >= 0 and tax >= 0 and (kind in ('buy', 'sell', 'dividend', 'merger') or (fee = 0 and tax = 0))"
            );
            table.HasCheckConstraint(
                "ck_transactions_into",
                "(kind in ('spinOff', 'merger')) = (into_stock_id is not null) and (into_stock_id is null) = (into_quantity is null) "
                    + "and (into_quantity is null or into_quantity > 0) and (cost_share is null or cost_share between 0 and 1)"
            );
            table.HasCheckConstraint("ck_transactions_fx_rate", "fx_rate is null or fx_rate > 0");
            table.HasCheckConstraint(
                "ck_transactions_import",
                "case when import_id is null then source is null and content_key is null "
                    + "else source is not null and (external_id is null) = (content_key is not null) end"
            );
            table.HasCheckConstraint("ck_transactions_acquired_on", "acquired_on is null or (kind = 'transferIn' and acquired_on <= date)");
            table.HasCheckConstraint("ck_transactions_dividend_id", "dividend_id is null or kind = 'dividend'");
        });
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Version).IsRowVersion();
        builder
            .HasOne<Portfolio>()
            .WithMany()
            .HasForeignKey(entry => entry.PortfolioId)
            .HasConstraintName(Conflicts.TransactionPortfolio)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Stock>().WithMany().HasForeignKey(entry => entry.StockId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Stock>().WithMany().HasForeignKey(entry => entry.IntoStockId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(entry => new
        {
            entry.PortfolioId,
            entry.Date,
            entry.Id,
        });
        builder.HasIndex(entry => new { entry.PortfolioId, entry.StockId });
        builder.HasOne<Import>().WithMany().HasForeignKey(entry => entry.ImportId).OnDelete(DeleteBehavior.Restrict);
        builder
            .HasIndex(entry => new
            {
                entry.PortfolioId,
                entry.Source,
                entry.ExternalId,
            })
            .IsUnique()
            .AreNullsDistinct(false)
            .HasFilter("external_id is not null and voided_at is null")
            .HasDatabaseName(Conflicts.TransactionExternalId);
        // No foreign key: a provider may take a dividend back, a ledger keeps what was recorded.
        builder
            .HasIndex(entry => new { entry.PortfolioId, entry.DividendId })
            .IsUnique()
            .HasFilter("dividend_id is not null and voided_at is null")
            .HasDatabaseName(Conflicts.TransactionDividend);
        builder
            .HasIndex(entry => new
            {
                entry.PortfolioId,
                entry.Source,
                entry.ContentKey,
            })
            .IsUnique()
            .HasFilter("content_key is not null and voided_at is null")
            .HasDatabaseName(Conflicts.TransactionContent);
    }
}
