namespace CleanPortfolio.Domain;

/// <summary>
/// A business rule refused what was asked. <see cref="Code"/> is stable and part of the API's contract
/// (for instance <c>transaction.oversold</c>); the message is for people and may change.
/// </summary>
public sealed class RuleBroken(string code, string message) : Exception(message)
{
    /// <summary>Stable code of the rule, <c>thing.rule</c> in camel case.</summary>
    public string Code { get; } = code;
}
