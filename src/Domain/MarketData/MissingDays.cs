using CleanPortfolio.Domain.Calendars;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>Days that the provider was asked for at once.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="At">When it answered.</param>
/// <param name="Outcome">How.</param>
public readonly record struct AskedDays(DateOnly From, DateOnly To, DateTimeOffset At, FetchOutcome Outcome);

/// <summary>What is known about days of one ticker that have no price.</summary>
public sealed record DayEvidence
{
    /// <summary>Answers about the ticker's bars.</summary>
    public IReadOnlyList<AskedDays> Asked { get; init; } = [];

    /// <summary>Answers about the whole market, by session.</summary>
    public IReadOnlyDictionary<DateOnly, AskedDays> Market { get; init; } = new Dictionary<DateOnly, AskedDays>();

    /// <summary>Days of which a row is held in quarantine.</summary>
    public IReadOnlySet<DateOnly> Held { get; init; } = new HashSet<DateOnly>();

    /// <summary>Ranges that a job that is not over will ask for.</summary>
    public IReadOnlyList<(DateOnly From, DateOnly To)> Underway { get; init; } = [];

    /// <summary>Sessions that a job that is not over will ask for, for the whole market.</summary>
    public IReadOnlySet<DateOnly> MarketUnderway { get; init; } = new HashSet<DateOnly>();

    /// <summary>The provider said of the ticker, when asked for its listing, that it knows none such.</summary>
    public bool UnknownListing { get; init; }

    /// <summary>Day of the delisting, if there was one.</summary>
    public DateOnly? DelistedOn { get; init; }

    /// <summary>
    /// Why there is no price on <paramref name="day"/>. What is held or on its way is said first; else the latest answer counts.
    /// </summary>
    public FindingReason ReasonOf(DateOnly day)
    {
        if (Held.Contains(day))
            return FindingReason.Quarantined;
        if (MarketUnderway.Contains(day) || Underway.Any(range => range.From <= day && day <= range.To))
            return FindingReason.RateLimited;
        return LatestAnswer(day) switch
        {
            null => UnknownListing ? FindingReason.UnknownSymbol : FindingReason.NotAsked,
            FetchOutcome.NotEntitled => FindingReason.NotEntitled,
            FetchOutcome.UnknownSymbol => FindingReason.UnknownSymbol,
            _ => day >= DelistedOn ? FindingReason.Delisted : FindingReason.NoData,
        };
    }

    private FetchOutcome? LatestAnswer(DateOnly day)
    {
        AskedDays? latest = Market.TryGetValue(day, out var session) ? session : null;
        foreach (var asked in Asked)
            if (asked.From <= day && day <= asked.To && !(latest?.At > asked.At))
                latest = asked;
        return latest?.Outcome;
    }
}

/// <summary>Finds sessions without a price, and tells why.</summary>
public static class MissingDays
{
    /// <summary>Sessions that the last price may be old before a stock counts as stale.</summary>
    public const int StaleAfter = 5;

    /// <summary>The missing sessions as ranges of one reason each, ascending; a range goes on over days without trading only.</summary>
    /// <param name="missing">Missing sessions, ascending.</param>
    /// <param name="sessions">The calendar.</param>
    /// <param name="evidence">What is known about them.</param>
    public static IReadOnlyList<QualityFinding> Explain(IReadOnlyList<DateOnly> missing, SessionList sessions, DayEvidence evidence)
    {
        var ranges = new List<QualityFinding>();
        foreach (var day in missing)
        {
            var reason = evidence.ReasonOf(day);
            if (ranges.Count > 0 && ranges[^1] is var last && last.Reason == reason && sessions.AreNeighbours(last.To, day))
                ranges[^1] = last with { To = day, Sessions = last.Sessions + 1 };
            else
                ranges.Add(new QualityFinding(FindingKind.MissingDays, day, day, 1, reason, Words(reason)));
        }
        return ranges;
    }

    /// <summary>That a stock's last price is too old; null when it is not.</summary>
    /// <param name="lastBar">Day of its last price.</param>
    /// <param name="lastSession">The last session that the provider has given out.</param>
    /// <param name="sessions">The calendar.</param>
    /// <param name="evidence">What is known about the days since then.</param>
    /// <param name="active">Whether it is still listed; if not, and the day of delisting is unknown, that is the reason.</param>
    public static QualityFinding? Stale(DateOnly lastBar, DateOnly lastSession, SessionList sessions, DayEvidence evidence, bool active)
    {
        var since = sessions.Between(lastBar.AddDays(1), lastSession);
        if (since.Length <= StaleAfter || evidence.DelistedOn is not null)
            return null;
        var reason = active ? evidence.ReasonOf(since[^1]) : FindingReason.Delisted;
        var detail = $"The last price is of {lastBar:yyyy-MM-dd}.";
        return new QualityFinding(FindingKind.Stale, since[0], since[^1], since.Length, reason, detail);
    }

    /// <summary>A reason for people.</summary>
    public static string Words(FindingReason reason) =>
        reason switch
        {
            FindingReason.NotAsked => "The provider was not asked for these days.",
            FindingReason.NoData => "The provider was asked and has no price: a halt, thin trading or its own loss.",
            FindingReason.RateLimited => "A job that is not over will ask for these days.",
            FindingReason.NotEntitled => "The key's plan does not include these days.",
            FindingReason.UnknownSymbol => "The provider does not know the ticker.",
            FindingReason.Delisted => "The stock is no longer listed.",
            _ => "What the provider told can't be true and is held in quarantine.",
        };
}
