using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.WebApi.Access;

/// <summary>Who may call a route: every route names one of these.</summary>
/// <param name="Name">Of the authorization policy.</param>
/// <param name="Scope">What an API key needs; null when no key may call.</param>
/// <param name="Roles">Accounts of these roles may call.</param>
internal sealed record Allow(string Name, string? Scope, params Role[] Roles)
{
    /// <summary>Anybody, without saying who: signing in, and what watches the service's life.</summary>
    public static readonly Allow Anybody = new("anybody", null);

    /// <summary>Whoever has said who it is.</summary>
    public static readonly Allow SignedIn = new("signedIn", "", Role.Admin, Role.Operator, Role.Adviser, Role.Customer);

    /// <summary>One's own password, sessions and keys. Never by key: a key that leaked makes no other.</summary>
    public static readonly Allow ManageOneself = new("manageOneself", null, Role.Admin, Role.Operator, Role.Adviser, Role.Customer);

    /// <summary>Reading what belongs to customers, within one's reach.</summary>
    public static readonly Allow ReadPortfolios = new("readPortfolios", Scopes.ReadPortfolios, Role.Admin, Role.Adviser, Role.Customer);

    /// <summary>Changing portfolios and ledgers, within one's reach.</summary>
    public static readonly Allow WritePortfolios = new("writePortfolios", Scopes.WritePortfolios, Role.Admin, Role.Adviser, Role.Customer);

    /// <summary>Making and deleting customers; who is made by an adviser is assigned to that adviser.</summary>
    public static readonly Allow ManageCustomers = new("manageCustomers", Scopes.WritePortfolios, Role.Admin, Role.Adviser);

    /// <summary>Reading market data, and calculating with data of one's own.</summary>
    public static readonly Allow ReadMarket = new("readMarket", Scopes.ReadMarket, Role.Admin, Role.Operator, Role.Adviser, Role.Customer);

    /// <summary>Jobs, schedules and decisions about market data.</summary>
    public static readonly Allow OperateMarket = new("operateMarket", Scopes.OperateMarket, Role.Admin, Role.Operator);

    /// <summary>Accounts, keys of others, the audit log. Never by key.</summary>
    public static readonly Allow Administer = new("administer", null, Role.Admin);

    /// <summary>Whether a caller may.</summary>
    public bool Permits(Caller caller) =>
        caller.Role is Role.Service
            ? Scope is not null
                && caller.OwnerRole is { } owner
                && Roles.Contains(owner)
                && (Scope.Length == 0 || caller.Scopes.Contains(Scope))
            : Roles.Contains(caller.Role);
}
