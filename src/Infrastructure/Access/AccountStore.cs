using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>
/// ASP.NET Core Identity on our accounts. It commits nothing: whoever asked saves, in one unit of work with everything else that belongs
/// to it.
/// </summary>
internal sealed class AccountStore(PortfolioDb database) : IUserPasswordStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.EmailKey);

    // The name is the e-mail address, which only the account itself changes.
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    // The account computes it.
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        database.Accounts.Add(user);
        return Done;
    }

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => Done;

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        database.Accounts.Remove(user);
        return Done;
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Id<Account>.TryParse(userId, null, out var id)
            ? database.Accounts.FirstOrDefaultAsync(account => account.Id == id, cancellationToken)
            : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        var key = Account.KeyOf(normalizedUserName);
        return database.Accounts.FirstOrDefaultAsync(account => account.EmailKey == key, cancellationToken);
    }

    // Its only callers are the hasher's upgrade and the setting of a password, which renews the stamp itself: see Passwords.
    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.Rehash(passwordHash ?? throw new ArgumentNullException(nameof(passwordHash)));
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    // The unit of work is the scope's.
    public void Dispose() { }

    private static Task<IdentityResult> Done => Task.FromResult(IdentityResult.Success);
}
