using FluentValidation;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Why it is decided so; who decides is the caller, and both are kept.</summary>
/// <param name="Reason">Why, 1 to 1000 characters.</param>
public sealed record DecisionDraft(string Reason);

internal static class DecisionRules
{
    public const int LongestReason = 1000;

    public static void Why<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(reason => reason.Trim().Length > 0 && reason.Length <= LongestReason)
            .WithMessage($"must have 1 to {LongestReason} characters.");
}
