namespace CleanPortfolio.Domain.Access;

/// <summary>What kind of caller somebody is. One account has one role; routes name the roles that may call them.</summary>
public enum Role
{
    /// <summary>Everything, and the accounts of others.</summary>
    Admin,

    /// <summary>Watches jobs and looks after market data; no customer's data.</summary>
    Operator,

    /// <summary>The customers assigned to the account.</summary>
    Adviser,

    /// <summary>The one customer that the account is of.</summary>
    Customer,

    /// <summary>A program with an API key: what the key's scopes say, within the reach of the key's owner.</summary>
    Service,
}
