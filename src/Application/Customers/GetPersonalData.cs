using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Auditing;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Imports;
using CleanPortfolio.Application.Portfolios;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Auditing;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Customers;

/// <summary>Everything that is stored about a customer, for the customer; that it was asked for is told to the audit log.</summary>
public sealed record GetPersonalData(Id<Customer> CustomerId) : IRequest<PersonalData>;

/// <summary>Everything that is stored about a customer.</summary>
/// <param name="ExportedAt">When it was read.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Accounts">Accounts by which the customer signs in.</param>
/// <param name="AdviserIds">Accounts of the advisers who see these data.</param>
/// <param name="Portfolios">The ledgers.</param>
/// <param name="AuditEntries">What was done to these data, or by the customer; oldest first.</param>
public sealed record PersonalData(
    DateTimeOffset ExportedAt,
    CustomerDetails Customer,
    IReadOnlyList<PersonalAccount> Accounts,
    IReadOnlyList<Id<Account>> AdviserIds,
    IReadOnlyList<PersonalLedger> Portfolios,
    IReadOnlyList<AuditEntryDetails> AuditEntries
) : IVersioned
{
    long? IVersioned.Version => Customer.Version;
}

/// <summary>An account by which a customer signs in.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Email">E-mail address by which it signs in.</param>
/// <param name="CreatedAt">Instant of its making.</param>
public sealed record PersonalAccount(Id<Account> Id, string Email, DateTimeOffset CreatedAt);

/// <summary>A portfolio with all that was recorded in it.</summary>
/// <param name="Portfolio">The portfolio.</param>
/// <param name="Transactions">All entries, void ones too, in the order of their dates.</param>
/// <param name="Imports">Files that were imported.</param>
public sealed record PersonalLedger(
    PortfolioDetails Portfolio,
    IReadOnlyList<TransactionDetails> Transactions,
    IReadOnlyList<ImportDetails> Imports
);

internal sealed class GetPersonalDataHandler(IDatabase database, IMapper mapper, IAuditLog audit, TimeProvider clock)
    : IRequestHandler<GetPersonalData, PersonalData>
{
    public async Task<PersonalData> Handle(GetPersonalData request, CancellationToken cancellationToken)
    {
        var id = request.CustomerId;
        var found = await database
            .Customers.Where(customer => customer.Id == id)
            .ProjectTo<CustomerDetails>(mapper.ConfigurationProvider)
            .FirstOrDefaultAsync(cancellationToken);
        var customer = NotFound.Unless(found, "customer", id);
        audit.Add(AuditActions.Exported, "customer", id.ToString());
        await database.SaveChanges(cancellationToken);
        var accounts = await database
            .Accounts.Where(account => account.CustomerId == id)
            .Select(account => new PersonalAccount(account.Id, account.Email, account.CreatedAt))
            .ToListAsync(cancellationToken);
        var advisers = await database
            .Assignments.Where(assignment => assignment.CustomerId == id)
            .Select(assignment => assignment.AdviserId)
            .ToListAsync(cancellationToken);
        var ledgers = await Ledgers(id, cancellationToken);
        return new PersonalData(
            clock.GetUtcNow(),
            customer,
            accounts,
            advisers,
            ledgers,
            await AuditEntries(id, accounts, ledgers, cancellationToken)
        );
    }

    private async Task<List<PersonalLedger>> Ledgers(Id<Customer> customer, CancellationToken cancellationToken)
    {
        var portfolios = await Of<Portfolio, PortfolioDetails>(
            database.Portfolios.Where(portfolio => portfolio.CustomerId == customer).OrderBy(portfolio => portfolio.Id),
            cancellationToken
        );
        var ids = portfolios.ConvertAll(portfolio => portfolio.Id);
        var transactions = await Of<Transaction, TransactionDetails>(
            database.Transactions.Where(entry => ids.Contains(entry.PortfolioId)).OrderBy(entry => entry.Date).ThenBy(entry => entry.Id),
            cancellationToken
        );
        var imports = await Of<Import, ImportDetails>(
            database.Imports.Where(import => ids.Contains(import.PortfolioId)).OrderBy(import => import.Id),
            cancellationToken
        );
        var (entriesOf, importsOf) = (transactions.ToLookup(entry => entry.PortfolioId), imports.ToLookup(import => import.PortfolioId));
        return portfolios.ConvertAll(portfolio => new PersonalLedger(
            portfolio,
            [.. entriesOf[portfolio.Id]],
            [.. importsOf[portfolio.Id]]
        ));
    }

    private async Task<List<AuditEntryDetails>> AuditEntries(
        Id<Customer> customer,
        IReadOnlyList<PersonalAccount> accounts,
        IReadOnlyList<PersonalLedger> ledgers,
        CancellationToken cancellationToken
    )
    {
        var ids = accounts.Select(account => account.Id).ToList();
        var keys = await database.ApiKeys.Where(key => ids.Contains(key.AccountId)).Select(key => key.Id).ToListAsync(cancellationToken);
        List<string> callers = [.. ids.Select(id => $"user:{id}"), .. keys.Select(id => $"key:{id}")];
        List<string> targets =
        [
            customer.ToString(),
            .. accounts.Select(account => account.Id.ToString()),
            .. ledgers.Select(ledger => ledger.Portfolio.Id.ToString()),
            .. ledgers.SelectMany(ledger => ledger.Imports).Select(import => import.Id.ToString()),
        ];
        var entries = await database
            .AuditEntries.AsNoTracking()
            .Where(entry => targets.Contains(entry.TargetId!) || callers.Contains(entry.Caller))
            .OrderBy(entry => entry.Sequence)
            .ToListAsync(cancellationToken);
        // Who else looked after the data is told by its identity only, and not from where.
        return entries.ConvertAll(entry =>
            AuditEntryDetails.Of(entry, callerName: null) with
            {
                Address = callers.Contains(entry.Caller) ? entry.Address : null,
            }
        );
    }

    private Task<List<TDetails>> Of<TEntity, TDetails>(IQueryable<TEntity> rows, CancellationToken cancellationToken) =>
        rows.ProjectTo<TDetails>(mapper.ConfigurationProvider).ToListAsync(cancellationToken);
}
