using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Customers;
using CleanPortfolio.Domain.Access;
using MediatR;

namespace CleanPortfolio.WebApi.Development;

/// <summary>
/// Accounts of every role and an API key, for Development. Password and key are new with every start, so that they are no secret that
/// somebody could know, unless the key is set.
/// </summary>
internal sealed class SeedAccess(IServiceScopeFactory scopes, IConfiguration configuration)
{
    public const string Admin = "admin@example.com";
    public const string Operator = "operator@example.com";
    public const string Adviser = "adviser@example.com";
    private const string KeyName = "Development";
    private const string FixedKey = "Access:DevelopmentKey";

    /// <summary>Password of all seeded accounts.</summary>
    public string Password { get; } = SecretText.New(12);

    /// <summary>A key of the administrator's with all scopes.</summary>
    public string Key { get; private set; } = "";

    public async Task Open(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provisioning = scope.ServiceProvider.GetRequiredService<Provisioning>();
        var customers = (
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListCustomers(null, null, 2), cancellationToken)
        ).Items;
        var admin = await provisioning.Account(Admin, Role.Admin, null, null, cancellationToken);
        var adviser = await provisioning.Account(Adviser, Role.Adviser, null, null, cancellationToken);
        List<Account> accounts = [admin, adviser, await provisioning.Account(Operator, Role.Operator, null, null, cancellationToken)];
        foreach (var customer in customers.Where(customer => customer.Email == SeedStory.AdaEmail))
        {
            accounts.Add(await provisioning.Account(customer.Email, Role.Customer, customer.Id, null, cancellationToken));
            await provisioning.Assign(adviser, customer.Id, cancellationToken);
        }
        await provisioning.ChangePasswords(accounts, Password, cancellationToken);
        Key = await provisioning.OnlyKey(admin, KeyName, Scopes.All, FixedText(), cancellationToken);
    }

    private ApiKeyText? FixedText() =>
        configuration[FixedKey] is not { Length: > 0 } text ? null
        : ApiKeyText.TryParse(text, out var key) ? key
        : throw new Settings.Unusable($"{FixedKey} is not of the form cp_XXXXXXXX_ and 43 characters of base64url.");
}
