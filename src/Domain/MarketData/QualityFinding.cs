namespace CleanPortfolio.Domain.MarketData;

/// <summary>Something about stored data that is not as it should be.</summary>
/// <param name="Finding">What.</param>
/// <param name="From">First day concerned.</param>
/// <param name="To">Last day concerned.</param>
/// <param name="Sessions">Trading days concerned; of a pair of currencies, weekdays.</param>
/// <param name="Reason">Why data are missing; null when none are.</param>
/// <param name="Detail">For people.</param>
public sealed record QualityFinding(FindingKind Finding, DateOnly From, DateOnly To, int Sessions, FindingReason? Reason, string Detail);

/// <summary>What can be found.</summary>
public enum FindingKind
{
    /// <summary>Sessions without a price, all for one reason.</summary>
    MissingDays,

    /// <summary>The last price of a stock that should have newer ones is more than five sessions old.</summary>
    Stale,

    /// <summary>A session opened at more than fifty times the close before, or at less than a fiftieth.</summary>
    Outlier,

    /// <summary>A session opened as after a split, and no split of that day is applied.</summary>
    UnexplainedJump,

    /// <summary>A split that the provider told and that is not applied, for something contradicts it.</summary>
    SplitConflict,

    /// <summary>A split that the provider told more than once.</summary>
    DuplicateSplit,

    /// <summary>More than four days without a rate of a pair, between two rates.</summary>
    FxGap,
}

/// <summary>Why data are missing.</summary>
public enum FindingReason
{
    /// <summary>Nobody asked the provider for them.</summary>
    NotAsked,

    /// <summary>The provider was asked and had none: a halt, thin trading, or its own loss.</summary>
    NoData,

    /// <summary>A job that is not over will ask for them.</summary>
    RateLimited,

    /// <summary>The key's plan does not include them.</summary>
    NotEntitled,

    /// <summary>The provider does not know the ticker.</summary>
    UnknownSymbol,

    /// <summary>The stock is no longer listed.</summary>
    Delisted,

    /// <summary>The provider told something that can't be true; it is held until it is decided upon.</summary>
    Quarantined,
}
