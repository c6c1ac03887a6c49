namespace CleanPortfolio.Domain.Access;

/// <summary>What an API key may be used for; a closed list.</summary>
public static class Scopes
{
    /// <summary>Read customers, portfolios and what is computed of them.</summary>
    public const string ReadPortfolios = "portfolios:read";

    /// <summary>Change customers, portfolios and ledgers.</summary>
    public const string WritePortfolios = "portfolios:write";

    /// <summary>Read stocks, prices, rates and calendars; calculate with data of one's own.</summary>
    public const string ReadMarket = "market:read";

    /// <summary>Start jobs, decide about market data, watch jobs, schedules and metrics.</summary>
    public const string OperateMarket = "market:operate";

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> All { get; } = [ReadPortfolios, WritePortfolios, ReadMarket, OperateMarket];

    /// <summary>Those that a key of an account of this role may have.</summary>
    public static IReadOnlyList<string> Of(Role role) =>
        role switch
        {
            Role.Admin => All,
            Role.Operator => [ReadMarket, OperateMarket],
            Role.Adviser or Role.Customer => [ReadPortfolios, WritePortfolios, ReadMarket],
            _ => [],
        };
}
