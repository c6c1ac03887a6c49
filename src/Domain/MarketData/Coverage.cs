namespace CleanPortfolio.Domain.MarketData;

/// <summary>Which days the provider need not be asked for again.</summary>
public sealed class Coverage
{
    private readonly ILookup<(FetchKind, string), DayRange> _ranges;

    /// <summary>What earlier answers cover.</summary>
    /// <param name="fetches">The answers, in any order.</param>
    /// <param name="asked">Instant of the new question: see <see cref="Fetch.CoveredTo"/>.</param>
    /// <param name="again">Final days are asked again too.</param>
    public Coverage(IEnumerable<Fetch> fetches, DateTimeOffset asked, bool again) =>
        _ranges = (
            from fetch in fetches
            let to = fetch.CoveredTo(asked, again)
            where to is not null
            select (Key: (fetch.Kind, fetch.Key), Range: new DayRange(fetch.From, to.Value))
        ).ToLookup(one => one.Key, one => one.Range);

    /// <summary>Whether a day is covered.</summary>
    public bool Covers(FetchKind kind, string key, DateOnly day) => _ranges[(kind, key)].Any(range => range.Has(day));

    /// <summary>Those of <paramref name="days"/> that are not covered, in the same order.</summary>
    public IReadOnlyList<DateOnly> Missing(FetchKind kind, string key, IReadOnlyList<DateOnly> days)
    {
        var ranges = _ranges[(kind, key)].ToArray();
        return ranges.Length == 0 ? days : [.. days.Where(day => !Array.Exists(ranges, range => range.Has(day)))];
    }

    /// <summary>The shortest range with every day of <paramref name="from"/> to <paramref name="to"/> that is not covered; null when all are.</summary>
    public DayRange? Missing(FetchKind kind, string key, DateOnly from, DateOnly to)
    {
        var ranges = _ranges[(kind, key)].ToList();
        // Only the ends can be left out: one call asks for one range.
        for (var before = from.AddDays(-1); before != from; )
        {
            before = from;
            foreach (var range in ranges)
            {
                if (range.Has(from) && range.To >= to)
                    return null;
                from = range.Has(from) ? range.To.AddDays(1) : from;
                to = range.Has(to) ? range.From.AddDays(-1) : to;
                if (from > to)
                    return null;
            }
        }
        for (var after = to.AddDays(1); after != to; )
        {
            after = to;
            foreach (var range in ranges)
                to = range.Has(to) ? range.From.AddDays(-1) : to;
        }
        return new DayRange(from, to);
    }
}

/// <summary>Days of a range.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public readonly record struct DayRange(DateOnly From, DateOnly To)
{
    /// <summary>Whether the day is one of them.</summary>
    public bool Has(DateOnly day) => From <= day && day <= To;
}
