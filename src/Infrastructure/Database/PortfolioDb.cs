using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Auditing;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Schedules;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Infrastructure.Auditing;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// The tables, as far as the caller reaches: what is of other customers is not there. Everything that PostgreSQL refuses on commit leaves
/// here as a <see cref="Conflict"/> with a stable code. What is saved is told to the audit log in the same transaction.
/// </summary>
public sealed partial class PortfolioDb(DbContextOptions<PortfolioDb> options, ICaller caller, TimeProvider clock)
    : DbContext(options),
        IDatabase,
        IAuditLog
{
    private readonly List<Told> _told = [];

    /// <inheritdoc/>
    public DbSet<Account> Accounts => Set<Account>();

    /// <inheritdoc/>
    public DbSet<Session> Sessions => Set<Session>();

    /// <inheritdoc/>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <inheritdoc/>
    public DbSet<Assignment> Assignments => Set<Assignment>();

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
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    void IAuditLog.Add(string action, string targetKind, string? targetId, IReadOnlyDictionary<string, string?>? facts) =>
        _told.Add(new Told(action, targetKind, targetId, facts));

    Task IAuditLog.Write(
        string action,
        string targetKind,
        string? targetId,
        IReadOnlyDictionary<string, string?>? facts,
        CancellationToken cancellationToken
    )
    {
        _told.Add(new Told(action, targetKind, targetId, facts));
        return SaveChanges(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder
            .HasPostgresExtension("btree_gist")
            .HasPostgresExtension("pg_trgm")
            .ApplyConfigurationsFromAssembly(typeof(PortfolioDb).Assembly);
        FilterByReach(modelBuilder);
    }
}
