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
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Ports;

/// <summary>
/// The tables, as sets to query and to add to; one unit of work per scope. Customers, portfolios and ledgers out of the caller's reach are
/// not in them.
/// </summary>
public interface IDatabase
{
    /// <summary>Who can sign in.</summary>
    DbSet<Account> Accounts { get; }

    /// <summary>Sessions of accounts; written through <see cref="ISessions"/>.</summary>
    DbSet<Session> Sessions { get; }

    /// <summary>Keys of programs.</summary>
    DbSet<ApiKey> ApiKeys { get; }

    /// <summary>Which adviser looks after which customers.</summary>
    DbSet<Assignment> Assignments { get; }

    /// <summary>Customers.</summary>
    DbSet<Customer> Customers { get; }

    /// <summary>Portfolios.</summary>
    DbSet<Portfolio> Portfolios { get; }

    /// <summary>Entries of all ledgers.</summary>
    DbSet<Transaction> Transactions { get; }

    /// <summary>Imported files; written through <see cref="IImportStore"/>.</summary>
    DbSet<Import> Imports { get; }

    /// <summary>Rows of imported files; written through <see cref="IImportStore"/>.</summary>
    DbSet<ImportRow> ImportRows { get; }

    /// <summary>Stocks.</summary>
    DbSet<Stock> Stocks { get; }

    /// <summary>Which stock bore a ticker from when to when.</summary>
    DbSet<Symbol> Symbols { get; }

    /// <summary>Raw daily prices; written in bulk through <see cref="IMarketStore"/>.</summary>
    DbSet<DailyPrice> DailyPrices { get; }

    /// <summary>Splits; written through <see cref="IMarketStore"/>.</summary>
    DbSet<Split> Splits { get; }

    /// <summary>Dividends; written through <see cref="IMarketStore"/>.</summary>
    DbSet<Dividend> Dividends { get; }

    /// <summary>Exchange rates; written through <see cref="IMarketStore"/>.</summary>
    DbSet<ExchangeRate> ExchangeRates { get; }

    /// <summary>Splits as the provider told them; written through <see cref="IMarketStore"/>, judged within <see cref="IMarketDecisions"/>.</summary>
    DbSet<ReportedSplit> SplitReports { get; }

    /// <summary>Rows that can't be true; written through <see cref="IMarketStore"/>, decided within <see cref="IMarketDecisions"/>.</summary>
    DbSet<QuarantinedRow> QuarantinedRows { get; }

    /// <summary>Prices that operators set.</summary>
    DbSet<ManualPrice> ManualPrices { get; }

    /// <summary>Changes of stored prices; never deleted.</summary>
    DbSet<PriceCorrection> PriceCorrections { get; }

    /// <summary>Changes of stored dividends; never deleted.</summary>
    DbSet<DividendCorrection> DividendCorrections { get; }

    /// <summary>Trading days.</summary>
    DbSet<TradingDay> TradingDays { get; }

    /// <summary>Long-running work.</summary>
    DbSet<Job> Jobs { get; }

    /// <summary>Items of the jobs.</summary>
    DbSet<JobItem> JobItems { get; }

    /// <summary>Calls that the items cost.</summary>
    DbSet<JobCall> JobCalls { get; }

    /// <summary>Runs of the schedules.</summary>
    DbSet<ScheduleRun> ScheduleRuns { get; }

    /// <summary>Answers of items that are not checked off yet; written before their items are.</summary>
    DbSet<KeptAnswer> KeptAnswers { get; }

    /// <summary>What the provider was asked, and how it answered.</summary>
    DbSet<Fetch> Fetches { get; }

    /// <summary>What was done by whom; written by <see cref="SaveChanges"/> and never changed.</summary>
    DbSet<AuditEntry> AuditEntries { get; }

    /// <summary>Commits what was changed, all or nothing.</summary>
    /// <exception cref="Failures.Conflict">A unique value is taken, something is still in use, or another writer was faster.</exception>
    Task SaveChanges(CancellationToken cancellationToken);

    /// <summary>Whether somebody else has changed a portfolio since it was read here.</summary>
    Task<bool> IsOutdated(CancellationToken cancellationToken);
}
