namespace CleanPortfolio.Domain.MarketData;

/// <summary>What bounds the days on which a stock should have prices.</summary>
/// <param name="Active">Still listed.</param>
/// <param name="ListedOn">First trading day, if known.</param>
/// <param name="DelistedOn">Day of delisting, if known.</param>
/// <param name="FirstBar">Day of the first stored price; null without any.</param>
/// <param name="LastBar">Day of the last stored price.</param>
public sealed record TradingLife(bool Active, DateOnly? ListedOn, DateOnly? DelistedOn, DateOnly? FirstBar, DateOnly? LastBar)
{
    /// <summary>
    /// The part of a range in which every session should have a price; null when there is none. It begins at the listing, or at the first
    /// price when that is earlier or the listing is unknown, and ends at the delisting, or at the last price of a stock whose delisting has
    /// no known day. Nothing is expected of a stock without any price: it was never populated.
    /// </summary>
    /// <param name="from">First day of the range; null: the first price.</param>
    /// <param name="to">Last day of the range.</param>
    public (DateOnly From, DateOnly To)? Expected(DateOnly? from, DateOnly to)
    {
        if (FirstBar is not { } firstBar || LastBar is not { } lastBar)
            return null;
        var begin = ListedOn < firstBar && from is not null ? ListedOn.Value : firstBar;
        var end = DelistedOn ?? (Active ? DateOnly.MaxValue : lastBar);
        end = end < lastBar ? lastBar : end;
        var (first, last) = (from > begin ? from.Value : begin, end < to ? end : to);
        return first <= last ? (first, last) : null;
    }
}
