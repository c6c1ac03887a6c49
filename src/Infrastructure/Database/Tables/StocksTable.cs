using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class StocksTable : IEntityTypeConfiguration<Stock>
{
    public void Configure(EntityTypeBuilder<Stock> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_stocks_ticker", "length(ticker) between 1 and 20");
            table.HasCheckConstraint("ck_stocks_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_stocks_delisted_on", "delisted_on is null or not active");
        });
        builder.HasKey(stock => stock.Id);
        builder.Property(stock => stock.Id).ValueGeneratedNever();
        // Byte order, so that pages of tickers do not depend on the server's locale.
        builder.Property(stock => stock.Ticker).UseCollation("C");
        builder.HasIndex(stock => stock.Ticker).IsUnique().HasFilter("active").HasDatabaseName(Conflicts.ActiveTicker);
        builder.HasIndex(stock => new { stock.Ticker, stock.Id });
        builder.HasIndex(stock => stock.Figi).HasFilter("figi is not null");
        builder.HasIndex(stock => stock.NameWords).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasMany(stock => stock.Symbols).WithOne().HasForeignKey(symbol => symbol.StockId).OnDelete(DeleteBehavior.Cascade);
    }
}

// That a ticker has one bearer a day at most is an exclusion constraint, which only the migration can say: ex_stock_symbols_one_bearer.
internal sealed class SymbolsTable : IEntityTypeConfiguration<Symbol>
{
    public void Configure(EntityTypeBuilder<Symbol> builder)
    {
        builder.ToTable(
            "stock_symbols",
            table =>
            {
                table.HasCheckConstraint("ck_stock_symbols_ticker", "length(ticker) between 1 and 20");
                table.HasCheckConstraint("ck_stock_symbols_days", "from_date <= to_date");
            }
        );
        builder.HasKey(symbol => symbol.Number);
        builder.Property(symbol => symbol.Number).UseIdentityAlwaysColumn();
        builder.Property(symbol => symbol.Ticker).UseCollation("C");
        builder.Property(symbol => symbol.Folded).UseCollation("C");
        // Of those that are there already nobody knows any more when they were learnt.
        builder.Property(symbol => symbol.LearnedAt).HasDefaultValueSql("now()");
        builder.Property(symbol => symbol.From).HasColumnName("from_date");
        builder.Property(symbol => symbol.To).HasColumnName("to_date");
        builder.HasIndex(symbol => symbol.StockId);
        builder.HasIndex(symbol => symbol.Folded);
        builder.HasIndex(symbol => symbol.Ticker);
    }
}

/// <summary>How often <c>stock_symbols</c> was changed. One row at most.</summary>
internal sealed class SymbolVersion
{
    /// <summary>Always 1.</summary>
    public int Id { get; private set; }

    /// <summary>Ascending in the order of commits.</summary>
    public long Version { get; private set; }
}

internal sealed class SymbolVersionTable : IEntityTypeConfiguration<SymbolVersion>
{
    public void Configure(EntityTypeBuilder<SymbolVersion> builder)
    {
        builder.ToTable("symbol_version", table => table.HasCheckConstraint("ck_symbol_version_id", "id = 1"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}

internal sealed class DailyPricesTable : IEntityTypeConfiguration<DailyPrice>
{
    public void Configure(EntityTypeBuilder<DailyPrice> builder)
    {
        builder.ToTable(table =>
            table.HasCheckConstraint(
                "ck_daily_prices_plausible",
                "low > 0 and low <= least(open, close) and high >= greatest(open, close) and volume >= 0"
            )
        );
        // No foreign key: its check of row by row cost as much as storing them. MarketStore checks the version of the symbols instead.
        builder.HasKey(price => new { price.StockId, price.Date });
    }
}

internal sealed class SplitsTable : IEntityTypeConfiguration<Split>
{
    public void Configure(EntityTypeBuilder<Split> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_splits_ratio", "split_from > 0 and split_to > 0 and split_from <> split_to"));
        builder.HasKey(split => new { split.StockId, split.ExecutionDate });
        // "from" and "to" are words of SQL.
        builder.Property(split => split.From).HasColumnName("split_from");
        builder.Property(split => split.To).HasColumnName("split_to");
        builder.HasOne<Stock>().WithMany().HasForeignKey(split => split.StockId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DividendsTable : IEntityTypeConfiguration<Dividend>
{
    public void Configure(EntityTypeBuilder<Dividend> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_dividends_amount", "amount > 0");
            table.HasCheckConstraint("ck_dividends_currency", "currency ~ '^[A-Z]{3}$'");
        });
        builder.HasKey(dividend => dividend.Id);
        builder.Property(dividend => dividend.Id).ValueGeneratedNever();
        builder.HasOne<Stock>().WithMany().HasForeignKey(dividend => dividend.StockId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(dividend => new { dividend.StockId, dividend.ProviderId }).IsUnique().HasFilter("provider_id is not null");
        builder
            .HasIndex(dividend => new
            {
                dividend.StockId,
                dividend.ExDate,
                dividend.Amount,
                dividend.Currency,
                dividend.Type,
            })
            .IsUnique();
    }
}
