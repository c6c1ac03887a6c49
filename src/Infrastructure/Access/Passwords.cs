using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Auditing;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>
/// Identity hashes and judges passwords. The lock-out is our own, for two reasons: Identity counts after the check, so that guesses at the
/// same moment are counted as one, and only of accounts that exist, which tells which do. Here each attempt is counted before it is
/// checked, of any address.
/// </summary>
internal sealed class Passwords(PortfolioDb database, IAuditLog log, UserManager<Account> users, DummyHash dummy, TimeProvider clock)
    : IPasswords
{
    private static readonly Dictionary<string, string?> LockedOut = new(StringComparer.Ordinal) { ["lockedOut"] = "true" };

    public const int MostFailures = 10;
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    public async Task<Account?> Check(string email, string password, CancellationToken cancellationToken)
    {
        var address = Account.KeyOf(email);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes(address));
        var mayTry = await Count(key, cancellationToken);
        // Not by Identity, to which more addresses are one: attempts with each of them would be counted apart.
        var found = await database.Accounts.FirstOrDefaultAsync(account => account.EmailKey == address, cancellationToken);
        // Somebody who is not there, or has no password, costs a hash too.
        var account = found is { PasswordHash: not null, IsDisabled: false } ? found : null;
        var isRight = await users.CheckPasswordAsync(account ?? dummy.Account(users.PasswordHasher), password);
        if (account is null || !isRight || !mayTry)
        {
            // Told whether there is such an account or not: both take the same time.
            log.Add(AuditActions.Refused, "signIn", found?.Id.ToString(), mayTry ? null : LockedOut);
            await database.SaveChanges(cancellationToken);
            return null;
        }
        await database.Set<Database.Tables.SignInAttempts>().Where(row => row.EmailHash == key).ExecuteDeleteAsync(cancellationToken);
        return account;
    }

    public async Task<IReadOnlyList<string>> Set(Account account, string password)
    {
        var wrong = new List<string>();
        foreach (var validator in users.PasswordValidators)
            wrong.AddRange((await validator.ValidateAsync(users, account, password)).Errors.Select(error => error.Description));
        if (wrong.Count == 0)
            account.ChangePassword(users.PasswordHasher.HashPassword(account, password));
        return wrong;
    }

    /// <summary>Counts an attempt; false when the address is locked.</summary>
    private async Task<bool> Count(byte[] key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (lockedUntil, old) = (now + LockOut, now - Forgotten);
        await database.Database.ExecuteSqlAsync($"delete from sign_in_attempts where last_at < {old}", cancellationToken);
        var counted = await database.Database.ExecuteSqlAsync(
            $"""
            insert into sign_in_attempts as known (email_hash, failed, locked_until, last_at) values ({key}, 1, null, {now})
            on conflict (email_hash) do update set
                failed = case when known.locked_until is null then known.failed + 1 else 1 end,
                locked_until = case when known.locked_until is null and known.failed + 1 >= {MostFailures} then {lockedUntil} end,
                last_at = {now}
            where known.locked_until is null or known.locked_until <= {now}
            """,
            cancellationToken
        );
        return counted > 0;
    }
}

/// <summary>An account that nobody has, with a password that nobody knows: what is hashed against when there is no account.</summary>
internal sealed class DummyHash
{
    private readonly Lock gate = new();
    private Account? account;

    public Account Account(IPasswordHasher<Account> hasher)
    {
        lock (gate)
        {
            if (account is not null)
                return account;
            account = new Account("nobody@example.invalid", Role.Operator, null, DateTimeOffset.UnixEpoch);
            account.ChangePassword(hasher.HashPassword(account, Application.Access.SecretText.New(32)));
            return account;
        }
    }
}
