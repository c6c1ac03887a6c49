namespace CleanPortfolio.PolygonSimulator.Faults;

/// <summary>The kinds of <see cref="Fault"/>, each seen in reports about the real service.</summary>
public enum FaultKind
{
    /// <summary>Status 429.</summary>
    TooManyRequests,

    /// <summary>Status 502 with an HTML body.</summary>
    BadGateway,

    /// <summary>Status 504 with an HTML body.</summary>
    GatewayTimeout,

    /// <summary>Status 403: the endpoint is not in the plan.</summary>
    NotEntitled,

    /// <summary>Status 403: the time is not in the plan.</summary>
    Timeframe,

    /// <summary>Status 403: today's data are not yet to be had.</summary>
    BeforeEndOfDay,

    /// <summary>Status 200, but the body says NOT_AUTHORIZED.</summary>
    NotAuthorizedWith200,

    /// <summary>The connection is reset before a byte is answered.</summary>
    ConnectionReset,

    /// <summary>A gzip body that ends half-way.</summary>
    TruncatedGzip,

    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>Aggregates say DELAYED instead of OK.</summary>
    Delayed,

    /// <summary>Volumes are written like 9.5595226e+07.</summary>
    ExponentNumbers,

    /// <summary>A bar that cannot be; see <see cref="GarbageKind"/>.</summary>
    GarbageRow,

    /// <summary>A bar whose close and volume differ from the truth until a later day.</summary>
    CorrectedBar,

    /// <summary>A bar is left out.</summary>
    MissingDay,

    /// <summary>The symbol belonged to somebody else before a day: other price level, other name, other identifiers.</summary>
    RecycledTicker,

    /// <summary>A split is listed twice, with two identifiers.</summary>
    DuplicateSplit,

    /// <summary>A dividend is not listed until a later day.</summary>
    LateDividend,
}

/// <summary>What is wrong with a garbage row.</summary>
public enum GarbageKind
{
    /// <summary>The high lies below the low.</summary>
    HighBelowLow,

    /// <summary>Open, low and close are negative.</summary>
    NegativePrice,

    /// <summary>A row of control characters as ticker is added to grouped daily bars.</summary>
    UnprintableTicker,
}
