namespace CleanPortfolio.Domain.Portfolios;

/// <summary>Where an imported transaction comes from.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Source">Origin of the file, for instance the name of a broker.</param>
/// <param name="ContentKey">Recognises a row without a key of its own; null if it has one.</param>
/// <param name="Position">Place in the file, from 0: entries of one day keep the order of the file.</param>
public sealed record Origin(Id<Import> ImportId, string Source, string? ContentKey, int Position);

/// <summary>A file of transactions that was imported into one ledger, and what became of its rows.</summary>
public sealed class Import
{
    private Import() { }

    /// <summary>An import into <paramref name="portfolioId"/> at <paramref name="now"/>.</summary>
    /// <param name="id">Identity, which its transactions bear too.</param>
    /// <param name="portfolioId">The ledger.</param>
    /// <param name="source">Origin of the file.</param>
    /// <param name="counts">What became of its rows.</param>
    /// <param name="now">The instant.</param>
    public Import(Id<Import> id, Id<Portfolio> portfolioId, string source, RowCounts counts, DateTimeOffset now)
    {
        (Id, PortfolioId, Source, ImportedAt) = (id, portfolioId, source, now);
        (New, Same, Changed, Replaced, Conflicting, Unreadable) = (
            counts.New,
            counts.Same,
            counts.Changed,
            counts.Replaced,
            counts.Conflict,
            counts.Error
        );
    }

    /// <summary>Identity.</summary>
    public Id<Import> Id { get; private set; }

    /// <summary>The ledger.</summary>
    public Id<Portfolio> PortfolioId { get; private set; }

    /// <summary>Origin of the file: keys of rows are unique within it.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Instant of the import.</summary>
    public DateTimeOffset ImportedAt { get; private set; }

    /// <summary>Rows that were recorded.</summary>
    public int New { get; private set; }

    /// <summary>Rows that the ledger held already.</summary>
    public int Same { get; private set; }

    /// <summary>Rows that the ledger held with other content.</summary>
    public int Changed { get; private set; }

    /// <summary>Those of <see cref="Changed"/> that took the place of the old entry; the others were left as they were.</summary>
    public int Replaced { get; private set; }

    /// <summary>Rows that a rule refused.</summary>
    public int Conflicting { get; private set; }

    /// <summary>Rows that could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Instant of undoing; null while it counts.</summary>
    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>Another one after each change; the database gives it.</summary>
    public uint Version { get; private set; }

    /// <summary>Marks it undone; the portfolio voids its entries.</summary>
    /// <exception cref="RuleBroken"><c>import.alreadyUndone</c>.</exception>
    public void Undo(DateTimeOffset now) =>
        UndoneAt = UndoneAt is null ? now : throw new RuleBroken("import.alreadyUndone", "This import is undone already.");
}

/// <summary>How many rows of a file had each outcome.</summary>
/// <param name="New">Not in the ledger yet.</param>
/// <param name="Same">In the ledger already, nothing to do.</param>
/// <param name="Changed">In the ledger with other content.</param>
/// <param name="Replaced">Those of the changed rows that take the place of the old entry.</param>
/// <param name="Conflict">Refused by a rule.</param>
/// <param name="Error">Not readable.</param>
public sealed record RowCounts(int New, int Same, int Changed, int Replaced, int Conflict, int Error);

/// <summary>One row of an imported file.</summary>
public sealed class ImportRow
{
    private ImportRow() { }

    /// <summary>The row <paramref name="number"/> of a file.</summary>
    public ImportRow(
        Id<Import> importId,
        int number,
        RowOutcome outcome,
        Id<Transaction>? transactionId,
        IReadOnlyList<RowFinding> findings
    ) => (ImportId, Number, Outcome, TransactionId, Findings) = (importId, number, outcome, transactionId, findings);

    /// <summary>The import.</summary>
    public Id<Import> ImportId { get; private set; }

    /// <summary>Line of a CSV file on which the row begins, the header being 1; of a JSON file the place in the array, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>What became of it.</summary>
    public RowOutcome Outcome { get; private set; }

    /// <summary>The entry that it became, or that was there already; null if there is none.</summary>
    public Id<Transaction>? TransactionId { get; private set; }

    /// <summary>What is wrong or different, empty if nothing is.</summary>
    public IReadOnlyList<RowFinding> Findings { get; private set; } = [];
}

/// <summary>What is wrong with a row, or different from the ledger.</summary>
/// <param name="Column">The field concerned; null for the row as a whole.</param>
/// <param name="Value">What the file has there, shortened to 200 characters.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Text">For people.</param>
/// <param name="Hint">What would help, if that is known.</param>
public sealed record RowFinding(string? Column, string? Value, string Code, string Text, string? Hint = null);

/// <summary>What becomes of a row of a file.</summary>
public enum RowOutcome
{
    /// <summary>Not in the ledger yet.</summary>
    New,

    /// <summary>In the ledger already, nothing to do.</summary>
    Same,

    /// <summary>In the ledger with the same key and other content.</summary>
    Changed,

    /// <summary>A rule refuses it.</summary>
    Conflict,

    /// <summary>Not readable.</summary>
    Error,
}
