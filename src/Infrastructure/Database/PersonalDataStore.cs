using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// Keys and origins are exchanged for others that are as unique, because constraints of the ledger hang on them; what is erased already is
/// left alone.
/// </summary>
internal sealed class PersonalDataStore(PortfolioDb database) : IPersonalDataStore
{
    private const string Origin = """
        'erased-' || (select min(first.id::text) from imports first where first.portfolio_id = i.portfolio_id and first.source = i.source)
        """;

    private static readonly string[] Statements =
    [
        """
            update transactions t set note = null, external_id = 'erased-' || t.id
            from portfolios p where p.id = t.portfolio_id and p.customer_id = {0} and t.external_id <> 'erased-' || t.id
            """,
        """
            update transactions t set note = null
            from portfolios p where p.id = t.portfolio_id and p.customer_id = {0} and t.note is not null
            """,
        $$"""
            update transactions t set source = {{Origin}}
            from portfolios p, imports i where p.id = t.portfolio_id and p.customer_id = {0} and i.id = t.import_id and i.source not like 'erased-%'
            """,
        $$"""
            update imports i set source = {{Origin}}
            from portfolios p where p.id = i.portfolio_id and p.customer_id = {0} and i.source not like 'erased-%'
            """,
        """
            update import_rows r set findings = '[]'
            from imports i, portfolios p where i.id = r.import_id and p.id = i.portfolio_id and p.customer_id = {0} and r.findings <> '[]'
            """,
    ];

    public async Task SaveAndErase(Id<Customer> customerId, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // Versions of the portfolios go first: who writes into a ledger meanwhile is refused.
        await database.SaveChanges(cancellationToken);
        foreach (var statement in Statements)
            await database.Database.ExecuteSqlRawAsync(statement, [customerId.Value], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
