namespace CleanPortfolio.Domain.MarketData;

/// <summary>Which days the provider need not be asked for again.</summary>
public sealed class Coverage
{
    private readonly ILookup<(FetchKind, string), Answered> _answers;

    /// <summary>What earlier answers cover.</summary>
    /// <param name="fetches">The answers, in any order.</param>
    /// <param name="asked">Instant of the new question: see <see cref="Fetch.CoveredTo"/>.</param>
    /// <param name="again">Final days are asked again too.</param>
    public Coverage(IEnumerable<Fetch> fetches, DateTimeOffset asked, bool again) =>
        _answers = (
            from fetch in fetches
            let to = fetch.CoveredTo(asked, again)
            where to is not null
            select (Key: (fetch.Kind, fetch.Key), Answer: new Answered(new DayRange(fetch.From, to.Value), fetch.FetchedAt))
        ).ToLookup(one => one.Key, one => one.Answer);

    /// <summary>Whether a day is covered.</summary>
    public bool Covers(FetchKind kind, string key, DateOnly day) => _answers[(kind, key)].Any(answer => answer.Days.Has(day));

    /// <summary>Those of <paramref name="days"/> that are not covered, in the same order.</summary>
    public IReadOnlyList<DateOnly> Missing(FetchKind kind, string key, IReadOnlyList<DateOnly> days)
    {
        var ranges = _answers[(kind, key)].Select(answer => answer.Days).ToArray();
        return ranges.Length == 0 ? days : [.. days.Where(day => !Array.Exists(ranges, range => range.Has(day)))];
    }

    /// <summary>
    /// The shortest range with every day of <paramref name="from"/> to <paramref name="to"/> that is not covered: one call asks for one
    /// range. Null when all are covered.
    /// </summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="key">Of whom.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="knownSince">
    /// What was asked for everyone covers too, when it was asked after this instant: before, nobody knew whose a row was. Null: never.
    /// </param>
    public DayRange? MissingRange(FetchKind kind, string key, DateOnly from, DateOnly to, DateTimeOffset? knownSince = null)
    {
        var answers = _answers[(kind, key)].Concat(_answers[(kind, Finality.Everyone)].Where(answer => answer.At >= knownSince));
        var ranges = answers.Select(answer => answer.Days).ToList();
        for (int at; (at = ranges.FindIndex(range => range.Has(from))) >= 0; from = ranges[at].To.AddDays(1))
            if (ranges[at].To >= to)
                return null;
        for (int at; (at = ranges.FindIndex(range => range.Has(to))) >= 0; )
            to = ranges[at].From.AddDays(-1);
        return from <= to ? new DayRange(from, to) : null;
    }

    private readonly record struct Answered(DayRange Days, DateTimeOffset At);
}

/// <summary>Days of a range.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public readonly record struct DayRange(DateOnly From, DateOnly To)
{
    /// <summary>Whether the day is one of them.</summary>
    public bool Has(DateOnly day) => From <= day && day <= To;
}
