using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Schedules;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>The tables. Everything that PostgreSQL refuses on commit leaves here as a <see cref="Conflict"/> with a stable code.</summary>
public sealed class PortfolioDb(DbContextOptions<PortfolioDb> options) : DbContext(options), IDatabase
{
    /// <inheritdoc/>
    public DbSet<Customer> Customers => Set<Customer>();

    /// <inheritdoc/>
    public DbSet<Portfolio> Portfolios => Set<Portfolio>();

    /// <inheritdoc/>
    public DbSet<Transaction> Transactions => Set<Transaction>();

    /// <inheritdoc/>
    public DbSet<Import> Imports => Set<Import>();

    /// <inheritdoc/>
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    /// <inheritdoc/>
    public DbSet<Stock> Stocks => Set<Stock>();

    /// <inheritdoc/>
    public DbSet<Symbol> Symbols => Set<Symbol>();

    /// <inheritdoc/>
    public DbSet<DailyPrice> DailyPrices => Set<DailyPrice>();

    /// <inheritdoc/>
    public DbSet<Split> Splits => Set<Split>();

    /// <inheritdoc/>
    public DbSet<Dividend> Dividends => Set<Dividend>();

    /// <inheritdoc/>
    public DbSet<ExchangeRate> ExchangeRates => Set<ExchangeRate>();

    /// <inheritdoc/>
    public DbSet<ReportedSplit> SplitReports => Set<ReportedSplit>();

    /// <inheritdoc/>
    public DbSet<QuarantinedRow> QuarantinedRows => Set<QuarantinedRow>();

    /// <inheritdoc/>
    public DbSet<ManualPrice> ManualPrices => Set<ManualPrice>();

    /// <inheritdoc/>
    public DbSet<PriceCorrection> PriceCorrections => Set<PriceCorrection>();

    /// <inheritdoc/>
    public DbSet<DividendCorrection> DividendCorrections => Set<DividendCorrection>();

    /// <inheritdoc/>
    public DbSet<TradingDay> TradingDays => Set<TradingDay>();

    /// <inheritdoc/>
    public DbSet<Job> Jobs => Set<Job>();

    /// <inheritdoc/>
    public DbSet<JobItem> JobItems => Set<JobItem>();

    /// <inheritdoc/>
    public DbSet<JobCall> JobCalls => Set<JobCall>();

    /// <inheritdoc/>
    public DbSet<ScheduleRun> ScheduleRuns => Set<ScheduleRun>();

    /// <inheritdoc/>
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();

    /// <inheritdoc/>
    public DbSet<Fetch> Fetches => Set<Fetch>();

    /// <inheritdoc/>
    public async Task SaveChanges(CancellationToken cancellationToken)
    {
        try
        {
            if (ChangeTracker.Entries<Symbol>().Any(entry => entry.State is not EntityState.Unchanged))
                await SaveWithSymbols(cancellationToken);
            else
                await SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new Conflict("concurrentChange", "Someone else changed it in the same moment; read it again and decide anew.");
        }
        catch (DbUpdateException e)
            when (e.InnerException is PostgresException { ConstraintName: { } constraint } && Conflicts.Knows(constraint))
        {
            throw Conflicts.Of(constraint);
        }
        // A constraint that is checked at the commit.
        catch (PostgresException e) when (e.ConstraintName is { } constraint && Conflicts.Knows(constraint))
        {
            throw Conflicts.Of(constraint);
        }
    }

    // The version first: two who change symbols wait for each other here, and nowhere else.
    private async Task SaveWithSymbols(CancellationToken cancellationToken)
    {
        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await Database.ExecuteSqlRawAsync(SymbolVersions.Raise, cancellationToken);
        await SaveChangesAsync(cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder
            .HasPostgresExtension("btree_gist")
            .HasPostgresExtension("pg_trgm")
            .ApplyConfigurationsFromAssembly(typeof(PortfolioDb).Assembly);
}
