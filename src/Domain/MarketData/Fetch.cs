using CleanPortfolio.Domain.Calendars;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>
/// What was asked of the provider, when, and what it gave. It is written in the moment in which the work it belongs to is checked off: from
/// it later work knows what need not be asked again, and reports know why there is nothing. One of a kind, key and range: the latest.
/// </summary>
public sealed class Fetch
{
    private Fetch() { }

    /// <summary>An answer of the provider.</summary>
    /// <param name="kind">What was asked.</param>
    /// <param name="key">Of whom: see <see cref="FetchKind"/>.</param>
    /// <param name="from">First day asked for, included.</param>
    /// <param name="to">Last day asked for, included.</param>
    /// <param name="answer">When it was answered, and how.</param>
    public Fetch(FetchKind kind, string key, DateOnly from, DateOnly to, FetchAnswer answer)
    {
        (Kind, Key, From, To) = (kind, key, from, to);
        Answered(answer);
    }

    /// <summary>What was asked.</summary>
    public FetchKind Kind { get; private set; }

    /// <summary>Of whom: see <see cref="FetchKind"/>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>First day asked for.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day asked for.</summary>
    public DateOnly To { get; private set; }

    /// <summary>When it was answered last.</summary>
    public DateTimeOffset FetchedAt { get; private set; }

    /// <summary>Rows of the answer that can be true.</summary>
    public int Rows { get; private set; }

    /// <summary>How it was answered.</summary>
    public FetchOutcome Outcome { get; private set; }

    /// <summary>Asked and answered anew.</summary>
    public void Answered(FetchAnswer answer) => (FetchedAt, Rows, Outcome) = answer;

    /// <summary>
    /// Last day, at most <see cref="To"/>, that need not be asked again; null when all must. A day is final once it was fetched after the
    /// provider's window of corrections: <see cref="Finality"/> sessions later for bars and rates, days later for corporate actions.
    /// </summary>
    /// <param name="asked">Instant of the new question: what was answered since then is an answer to it, final or not.</param>
    /// <param name="again">Final days are asked again too.</param>
    public DateOnly? CoveredTo(DateTimeOffset asked, bool again)
    {
        if (Outcome is not (FetchOutcome.Stored or FetchOutcome.NoData))
            return null;
        if (FetchedAt >= asked)
            return To;
        if (again)
            return null;
        var final = Finality.LastFinal(Kind, FetchedAt);
        return final < From ? null
            : final < To ? final
            : To;
    }
}

/// <summary>When and how the provider answered.</summary>
/// <param name="At">When.</param>
/// <param name="Rows">Rows that can be true.</param>
/// <param name="Outcome">How.</param>
public readonly record struct FetchAnswer(DateTimeOffset At, int Rows, FetchOutcome Outcome);

/// <summary>What can be asked of the provider.</summary>
public enum FetchKind
{
    /// <summary>Daily bars of one ticker; the key is the ticker.</summary>
    Bars,

    /// <summary>Bars of the whole market on one day; the key is the date, <c>2017-03-31</c>.</summary>
    Session,

    /// <summary>The listing of one ticker; the key is the ticker, the range the day of asking.</summary>
    Listing,

    /// <summary>All listings; the key is <c>active</c> or <c>inactive</c>, the range the day of asking.</summary>
    Universe,

    /// <summary>Splits; the key is a ticker, or <see cref="Finality.Everyone"/>.</summary>
    Splits,

    /// <summary>Dividends; the key is a ticker, or <see cref="Finality.Everyone"/>.</summary>
    Dividends,

    /// <summary>Rates of a pair of currencies; the key is the provider's ticker, <c>C:EURUSD</c>.</summary>
    Rates,
}

/// <summary>How the provider answered.</summary>
public enum FetchOutcome
{
    /// <summary>With rows, which are stored.</summary>
    Stored,

    /// <summary>There is none.</summary>
    NoData,

    /// <summary>The key's plan does not include it.</summary>
    NotEntitled,

    /// <summary>It never heard of the ticker.</summary>
    UnknownSymbol,
}

/// <summary>When what the provider said stands for good.</summary>
public static class Finality
{
    /// <summary>Key of what was asked for the whole market.</summary>
    public const string Everyone = "*";

    /// <summary>Sessions that must lie between a day and the day of asking: bars are corrected on the days after.</summary>
    public const int CorrectedSessions = 5;

    /// <summary>Days that must lie between an action and the day of asking: dividends come late and are changed for weeks.</summary>
    public const int LateDays = 60;

    /// <summary>The last day that is final when it was asked for at <paramref name="fetchedAt"/>.</summary>
    public static DateOnly LastFinal(FetchKind kind, DateTimeOffset fetchedAt)
    {
        var day = UsMarketCalendar.DateOf(fetchedAt);
        if (kind is FetchKind.Splits or FetchKind.Dividends)
            return day.AddDays(-LateDays);
        for (var sessions = 0; sessions < CorrectedSessions; )
        {
            day = day.AddDays(-1);
            if (UsMarketCalendar.IsSession(day))
                sessions++;
        }
        return day.AddDays(-1);
    }
}
