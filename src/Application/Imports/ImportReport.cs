using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Imports;

/// <summary>What became, or would become, of a file's rows.</summary>
/// <param name="ImportId">The import; null if nothing was written: after a dry run, or when it was refused.</param>
/// <param name="PortfolioId">The ledger.</param>
/// <param name="Source">Origin of the file.</param>
/// <param name="Counts">Rows by outcome.</param>
/// <param name="IgnoredColumns">Columns of the file that no field was found for.</param>
/// <param name="Problems">The first 1000 rows that are changed, in conflict or not readable, in the order of the file.</param>
/// <param name="MoreProblems">Whether there are more of them.</param>
/// <param name="Version">The import's: in quotes, what If-Match asks for; null if nothing was written.</param>
public sealed record ImportReport(
    Id<Import>? ImportId,
    Id<Portfolio> PortfolioId,
    string Source,
    RowCounts Counts,
    IReadOnlyList<string> IgnoredColumns,
    IReadOnlyList<ImportRowDetails> Problems,
    bool MoreProblems,
    uint? Version = null
) : IVersioned
{
    long? IVersioned.Version => Version;
}

/// <summary>One row of an imported file.</summary>
public sealed record ImportRowDetails
{
    /// <summary>Line of a CSV file on which the row begins, the header being 1; of a JSON file the place in the array, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What becomes of it.</summary>
    public required RowOutcome Outcome { get; init; }

    /// <summary>The entry that it became, or that was there already; null if there is none.</summary>
    public required Id<Transaction>? TransactionId { get; init; }

    /// <summary>What is wrong or different, empty if nothing is.</summary>
    public required IReadOnlyList<RowFinding> Findings { get; init; }
}

/// <summary>A file that was imported.</summary>
public sealed record ImportDetails : IVersioned
{
    /// <summary>Identity.</summary>
    public required Id<Import> Id { get; init; }

    /// <summary>The ledger.</summary>
    public required Id<Portfolio> PortfolioId { get; init; }

    /// <summary>Origin of the file.</summary>
    public required string Source { get; init; }

    /// <summary>Instant of the import.</summary>
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>Rows by outcome.</summary>
    public required RowCounts Counts { get; init; }

    /// <summary>Instant of undoing; null while it counts.</summary>
    public required DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Another one after each change: in quotes, what If-Match asks for.</summary>
    public required uint Version { get; init; }

    long? IVersioned.Version => Version;
}

internal sealed class ImportDetailsMap : Profile
{
    public ImportDetailsMap()
    {
        CreateProjection<Import, ImportDetails>()
            .ForMember(
                details => details.Counts,
                member =>
                    member.MapFrom(import => new RowCounts(
                        import.New,
                        import.Same,
                        import.Changed,
                        import.Replaced,
                        import.Conflicting,
                        import.Unreadable
                    ))
            );
        CreateProjection<ImportRow, ImportRowDetails>();
    }
}
