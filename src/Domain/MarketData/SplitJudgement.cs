using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>How a stock opened against its close before.</summary>
/// <param name="Session">The session that opened.</param>
/// <param name="Before">Close of the session before, more than 0.</param>
/// <param name="Open">First price of the session, more than 0.</param>
public readonly record struct OpeningMove(DateOnly Session, decimal Before, decimal Open)
{
    // Further apart than this, a split is not what lies between.
    private const int MostDays = 10;

    /// <summary>The opening on <paramref name="day"/>, or the next one, among <paramref name="bars"/> in any order; null without prices near.</summary>
    public static OpeningMove? At(DateOnly day, IEnumerable<Bar> bars)
    {
        Bar? before = null;
        Bar? after = null;
        foreach (var bar in bars)
        {
            if (bar.Date < day && bar.Date >= day.AddDays(-MostDays) && !(before?.Date >= bar.Date))
                before = bar;
            if (bar.Date >= day && bar.Date <= day.AddDays(MostDays) && !(after?.Date <= bar.Date))
                after = bar;
        }
        return before is { } last && after is { } first ? new OpeningMove(first.Date, last.Close, first.Open) : null;
    }
}

/// <summary>What is to be made of a report.</summary>
public readonly record struct SplitFinding(SplitVerdict Verdict, string? Reason);

/// <summary>
/// Judges what a provider tells of one stock's splits by the prices: at an execution from a to b a price p opens near p x a / b. All is
/// compared as exact rationals, so that no rounding decides. The answer depends on what is known, not on the order in which it came.
/// </summary>
public static class SplitJudgement
{
    /// <summary>Two like splits so many sessions apart are one that was told twice, unless prices moved for both.</summary>
    public const int SessionsApart = 5;

    // Openings move by a few per cent anyway: below 5:4 they tell nothing about a split.
    private static readonly Fraction Least = new(5, 4);

    /// <summary>The finding for each report, which are all of one stock.</summary>
    /// <param name="reports">Reports, in any order.</param>
    /// <param name="moveAt">The opening at an execution date; null when there are no prices around it.</param>
    public static IReadOnlyDictionary<Id<ReportedSplit>, SplitFinding> Of(
        IReadOnlyCollection<ReportedSplit> reports,
        Func<DateOnly, OpeningMove?> moveAt
    )
    {
        var found = new Dictionary<Id<ReportedSplit>, SplitFinding>(reports.Count);
        var applied = new List<Candidate>();
        foreach (var candidate in reports.Select(report => Candidate.Of(report, moveAt(report.ExecutionDate))).Order(Candidate.ByTrust))
        {
            var finding = Judge(candidate, applied, reports);
            found.Add(candidate.Report.Id, finding);
            if (finding.Verdict is SplitVerdict.Applied or SplitVerdict.Pending)
                applied.Add(candidate);
        }
        return found;
    }

    private static SplitFinding Judge(Candidate candidate, List<Candidate> applied, IReadOnlyCollection<ReportedSplit> reports)
    {
        var report = candidate.Report;
        if (report.Decision is SplitDecision.Rejected)
            return new(SplitVerdict.Conflict, SplitReasons.Decided);
        var sameDay = applied.Find(other => other.Report.ExecutionDate == report.ExecutionDate);
        if (report.Decision is SplitDecision.Accepted && sameDay is null)
            return new(SplitVerdict.Applied, SplitReasons.Decided);
        if (sameDay is not null)
            return sameDay.Ratio.Compared(candidate.Ratio) == 0
                ? new(SplitVerdict.Duplicate, SplitReasons.Same)
                : new(SplitVerdict.Conflict, SplitReasons.OtherRatio);
        if (reports.Any(other => other.Decision is SplitDecision.Rejected && Says(other, report)))
            return new(SplitVerdict.Conflict, SplitReasons.Decided);
        if (applied.Exists(other => other.IsTheSameAs(candidate)))
            return new(SplitVerdict.Conflict, SplitReasons.Twice);
        return candidate.Evidence switch
        {
            Evidence.Against => new(SplitVerdict.Conflict, SplitReasons.NotInPrices),
            Evidence.None => new(SplitVerdict.Pending, SplitReasons.NoPrices),
            Evidence.Unclear => new(SplitVerdict.Pending, SplitReasons.OtherMove),
            _ => new(SplitVerdict.Applied, null),
        };
    }

    private static bool Says(ReportedSplit a, ReportedSplit b) => a.ExecutionDate == b.ExecutionDate && a.From * b.To == b.From * a.To;

    private enum Evidence
    {
        For,
        TooSmall,
        Unclear,
        None,
        Against,
    }

    // The order is that of trust: who comes first is applied, who contradicts it then is not.
    private sealed record Candidate(ReportedSplit Report, Fraction Ratio, Evidence Evidence, DateOnly? Session, Fraction Miss)
    {
        public static Comparer<Candidate> ByTrust { get; } = Comparer<Candidate>.Create((a, b) => a.Compared(b));

        public static Candidate Of(ReportedSplit report, OpeningMove? move)
        {
            var ratio = Fraction.Of(report.From, report.To);
            if (move is not { } seen)
                return new(report, ratio, Evidence.None, null, Fraction.One);
            var moved = Fraction.Of(seen.Open, seen.Before);
            return new(report, ratio, Weigh(ratio, moved), seen.Session, (moved / ratio).Size);
        }

        public bool IsTheSameAs(Candidate other) =>
            !((Ratio / other.Ratio).Size > Least)
            && !(Evidence is Evidence.For && other.Evidence is Evidence.For && Session != other.Session)
            && AreNear(Report.ExecutionDate, other.Report.ExecutionDate);

        private int Compared(Candidate other) =>
            Trust(Report).CompareTo(Trust(other.Report)) is not 0 and var byDecision ? byDecision
            : Evidence.CompareTo(other.Evidence) is not 0 and var byEvidence ? byEvidence
            : Report.ExecutionDate == other.Report.ExecutionDate && Miss.Compared(other.Miss) is not 0 and var byMiss ? byMiss
            : ByReport(Report, other.Report);

        private static int Trust(ReportedSplit report) =>
            report.Decision switch
            {
                SplitDecision.Accepted => 0,
                null => 1,
                _ => 2,
            };

        private static int ByReport(ReportedSplit a, ReportedSplit b) =>
            b.LastSeenAt.CompareTo(a.LastSeenAt) is not 0 and var bySeen ? bySeen
            : a.ExecutionDate.CompareTo(b.ExecutionDate) is not 0 and var byDate ? byDate
            : Fraction.Of(a.From, a.To).Size.Compared(Fraction.Of(b.From, b.To).Size) is not 0 and var bySize ? bySize
            : string.CompareOrdinal(a.ProviderId, b.ProviderId) is not 0 and var byProvider ? byProvider
            : a.Id.CompareTo(b.Id);

        // With r > 1: for it when the move lies nearer to r than to 1 or to r x r, by proportion, so between the roots r^(1/2) and
        // r^(3/2); against it below r^(1/3). What lies between tells nothing.
        private static Evidence Weigh(Fraction ratio, Fraction moved)
        {
            var (r, m) = ratio > Fraction.One ? (ratio, moved) : (ratio.Inverse, moved.Inverse);
            return !(r > Least) ? Evidence.TooSmall
                : m.Power(3) < r ? Evidence.Against
                : m.Power(2) > r && m.Power(2) < r.Power(3) ? Evidence.For
                : Evidence.Unclear;
        }

        private static bool AreNear(DateOnly a, DateOnly b)
        {
            var (first, last) = a < b ? (a, b) : (b, a);
            return last.DayNumber - first.DayNumber < 20 && UsMarketCalendar.Sessions(first.AddDays(1), last).Count() <= SessionsApart;
        }
    }
}
