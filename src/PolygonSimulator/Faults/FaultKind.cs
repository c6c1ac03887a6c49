namespace CleanPortfolio.PolygonSimulator.Faults;

/// <summary>The kinds of <see cref="Fault"/>, each seen in reports about the real service.</summary>
public enum FaultKind
{
    /// <summary>Status 429.</summary>
    TooManyRequests,

    /// <summary>Status 500 with an HTML body.</summary>
    InternalError,

    /// <summary>Status 499 with an HTML body.</summary>
    ClientClosedRequest,

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

    /// <summary>The address of the next page has its port twice.</summary>
    DoubledPort,

    /// <summary>Status 400 for every page but the first: the cursor cannot be read.</summary>
    CursorRefused,

    /// <summary>The address of the next page is that of the page itself, for ever.</summary>
    EndlessPaging,

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

    /// <summary>A split is listed a second time, with another ratio.</summary>
    ConflictingSplit,

    /// <summary>A split is listed a day early.</summary>
    ShiftedSplit,

    /// <summary>A dividend is a quarter of the true amount until a later day.</summary>
    ChangedDividend,

    /// <summary>A crawl of the tickers lists one twice; the row that was updated earlier has a former name.</summary>
    TickerTwice,

    /// <summary>A crawl of the tickers lacks a third of them.</summary>
    PartialCrawl,
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

    /// <summary>Low and close are zero.</summary>
    ZeroPrice,

    /// <summary>The close is the text NaN.</summary>
    NotANumber,

    /// <summary>The volume is negative.</summary>
    NegativeVolume,

    /// <summary>All prices are a hundred times the truth.</summary>
    HundredfoldJump,

    /// <summary>The bar's day lies in the future.</summary>
    FutureDate,

    /// <summary>The ticker is there twice in grouped daily bars, the second time at half the price.</summary>
    TickerTwice,
}
