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
using Npgsql;
using Ambient = System.Transactions.Transaction;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// The tables, as far as the caller reaches: what is of other customers is not there. Everything that PostgreSQL refuses on commit leaves
/// here as a <see cref="Conflict"/> with a stable code. What is saved is told to the audit log in the same transaction.
/// </summary>
public sealed class PortfolioDb(DbContextOptions<PortfolioDb> options, ICaller caller, TimeProvider clock)
    : DbContext(options),
        IDatabase,
        IAuditLog
{
    private readonly List<Told> _told = [];

    // Members, for the filters below are made once for all callers, and read these anew for each query.
    private bool ReachesAll => caller.Current.Reach.IsUnlimited;
    private Id<Account>? Adviser => caller.Current.Reach.AdviserId;
    private Id<Customer>? Own => caller.Current.Reach.CustomerId;

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

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Once for the trail and for the saving: it looks at every entity that is tracked.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        var trail = new AuditTrail(caller.Current, clock);
        var drafts = trail.Of(ChangeTracker).Concat(_told.Select(trail.Of)).ToList();
        AddRange(drafts);
        try
        {
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            _told.Clear();
            return saved;
        }
        finally
        {
            drafts.ForEach(draft => Entry(draft).State = EntityState.Detached);
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <inheritdoc/>
    public async Task SaveChanges(CancellationToken cancellationToken)
    {
        try
        {
            if (Ambient.Current is not null)
                await SaveWithinAmbient(cancellationToken);
            else if (SymbolsChange && Database.CurrentTransaction is null)
                await SaveSymbols(cancellationToken);
            else
                await Save(cancellationToken);
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

    // As the framework does within a transaction that it knows: what is refused leaves the transaction usable.
    private async Task SaveWithinAmbient(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await Database.ExecuteSqlRawAsync("savepoint saving", cancellationToken);
            await Save(cancellationToken);
            await Database.ExecuteSqlRawAsync("release savepoint saving", cancellationToken);
        }
        catch (DbUpdateException)
        {
            await Database.ExecuteSqlRawAsync("rollback to savepoint saving", CancellationToken.None);
            throw;
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    private bool SymbolsChange => ChangeTracker.Entries<Symbol>().Any(entry => entry.State is not EntityState.Unchanged);

    private async Task SaveSymbols(CancellationToken cancellationToken)
    {
        await using var own = await Database.BeginTransactionAsync(cancellationToken);
        await Save(cancellationToken);
        await own.CommitAsync(cancellationToken);
    }

    // The version of the symbols first: two who change them wait for each other here, and nowhere else.
    private async Task Save(CancellationToken cancellationToken)
    {
        if (SymbolsChange)
            await Database.ExecuteSqlRawAsync(SymbolVersions.Raise, cancellationToken);
        await SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsOutdated(CancellationToken cancellationToken)
    {
        foreach (var entry in ChangeTracker.Entries<Portfolio>().ToList())
        {
            var (id, version) = (entry.Entity.Id, entry.Property(portfolio => portfolio.Version).OriginalValue);
            if (!await Portfolios.AnyAsync(portfolio => portfolio.Id == id && portfolio.Version == version, cancellationToken))
                return true;
        }
        return false;
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
        modelBuilder
            .Entity<Customer>()
            .HasQueryFilter(customer =>
                ReachesAll
                || customer.Id == Own
                || Assignments.Any(assignment => assignment.AdviserId == Adviser && assignment.CustomerId == customer.Id)
            );
        modelBuilder
            .Entity<Portfolio>()
            .HasQueryFilter(portfolio => ReachesAll || Customers.Any(customer => customer.Id == portfolio.CustomerId));
        modelBuilder
            .Entity<Transaction>()
            .HasQueryFilter(entry => ReachesAll || Portfolios.Any(portfolio => portfolio.Id == entry.PortfolioId));
        modelBuilder
            .Entity<Import>()
            .HasQueryFilter(import => ReachesAll || Portfolios.Any(portfolio => portfolio.Id == import.PortfolioId));
        modelBuilder.Entity<ImportRow>().HasQueryFilter(row => ReachesAll || Imports.Any(import => import.Id == row.ImportId));
    }
}
