using FluentValidation;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Who decides, and why; both are kept.</summary>
/// <param name="By">Who decides, 1 to 200 characters, as the caller says it; the audit log tells who called.</param>
/// <param name="Reason">Why, 1 to 1000 characters.</param>
public sealed record DecisionDraft(string By, string Reason);

internal static class DecisionRules
{
    public const int LongestReason = 1000;

    public static void By<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(by => by.Trim().Length > 0 && by.Length <= 200).WithMessage("must have 1 to 200 characters.");

    public static void Why<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(reason => reason.Trim().Length > 0 && reason.Length <= LongestReason)
            .WithMessage($"must have 1 to {LongestReason} characters.");
}
