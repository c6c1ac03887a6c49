using CleanPortfolio.Application.Stocks;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Imports;

/// <summary>A row on its way from the file to its outcome.</summary>
internal sealed class PlannedRow(int number)
{
    private readonly List<RowFinding> _findings = [];

    public int Number { get; } = number;

    public RowOutcome Outcome { get; private set; } = RowOutcome.New;

    public IReadOnlyList<RowFinding> Findings => _findings;

    /// <summary>The file's own words for the stock.</summary>
    public StockName Stock { get; set; }

    /// <summary>The file's own words for the stock whose shares a spin-off or merger brings.</summary>
    public StockName Into { get; set; }

    /// <summary>The dividend of the market data that the row says to book; null once that is not known to be one of the stock.</summary>
    public Id<Dividend>? DividendId { get; set; }

    /// <summary>Id of the entry that the row is, if it comes from an export of this ledger.</summary>
    public Id<Transaction>? StatedId { get; set; }

    public TransactionDraft? Draft { get; set; }

    /// <summary>What it states, once it can be read; null until then.</summary>
    public Entry? Entry { get; set; }

    /// <summary>Recognises it when it has no external id.</summary>
    public string? ContentKey { get; set; }

    /// <summary>The entry of the ledger that has its key.</summary>
    public Transaction? Known { get; private set; }

    /// <summary>What is to be recorded for it.</summary>
    public Transaction? Candidate { get; set; }

    public bool Readable => Outcome is not RowOutcome.Error;

    public void Spoil(RowFinding finding) => Settle(RowOutcome.Error, finding);

    public void Refuse(string code, string text) => Settle(RowOutcome.Conflict, new RowFinding(null, null, code, text));

    /// <summary>The ledger has its key: with the same content, or with another one.</summary>
    public void Recognise(Transaction known)
    {
        Known = known;
        Outcome = RowOutcome.Same;
        foreach (var (field, stored, stated) in Fields.Differences(known.ToEntry(), Entry!))
            Change(field, stored, stated);
        if (known.ExternalId != Entry!.ExternalId)
            Change(Field.ExternalId, known.ExternalId, Entry.ExternalId);
    }

    /// <summary>An earlier row of the file is the same.</summary>
    public void Repeat() => Outcome = RowOutcome.Same;

    private void Change(Field field, string? stored, string? stated) =>
        Settle(RowOutcome.Changed, new RowFinding(field.Name(), stated, "row.changed", $"The ledger has '{stored}'."));

    private void Settle(RowOutcome outcome, RowFinding finding)
    {
        (Outcome, Candidate) = (outcome, null);
        _findings.Add(finding);
    }
}
