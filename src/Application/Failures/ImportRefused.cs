using CleanPortfolio.Application.Imports;

namespace CleanPortfolio.Application.Failures;

/// <summary>A file has rows that can't be recorded, so that nothing of it was.</summary>
public sealed class ImportRefused(ImportReport report)
    : Exception("Some rows can't be recorded, so nothing was; onError=skip records the others.")
{
    /// <summary>What is wrong with which row.</summary>
    public ImportReport Report { get; } = report;
}
