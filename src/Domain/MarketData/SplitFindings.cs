using System.Globalization;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>Reported splits that are not applied, as findings.</summary>
public static class SplitFindings
{
    /// <summary>The finding about a report that is a duplicate or a conflict.</summary>
    public static QualityFinding Of(ReportedSplit split) =>
        new(
            split.Verdict is SplitVerdict.Duplicate ? FindingKind.DuplicateSplit : FindingKind.SplitConflict,
            split.ExecutionDate,
            split.ExecutionDate,
            1,
            null,
            string.Create(CultureInfo.InvariantCulture, $"{split.From} to {split.To} is not applied: {Words(split.Reason)}.")
        );

    private static string Words(string? reason) =>
        reason switch
        {
            SplitReasons.Same => "the same day and ratio were told before",
            SplitReasons.OtherRatio => "another ratio of the same day is",
            SplitReasons.Twice => "a like ratio within five sessions is, one split told twice",
            SplitReasons.NotInPrices => "the day's prices stayed where they were",
            _ => "something contradicts it",
        };
}
