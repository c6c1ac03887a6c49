using System.Globalization;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Imports;

/// <summary>
/// Decides each row's outcome against the ledger. A row is recognised by the id of an entry (in exports of the same ledger), else by its
/// external id, else by its content and its number among equal rows of the file.
/// </summary>
internal sealed class ImportPlan(Portfolio portfolio, IReadOnlyList<PlannedRow> rows, IReadOnlyList<Transaction> ledger)
{
    // A file made to drop its replacements one after the other must not take forever.
    private const int MostRounds = 20;

    public required Id<Import> ImportId { get; init; }

    public required string Source { get; init; }

    public required bool Replace { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Rows that are to be recorded.</summary>
    public IEnumerable<PlannedRow> Recorded => rows.Where(row => row.Candidate is not null);

    public void Recognise()
    {
        var byId = ledger.ToDictionary(entry => entry.Id);
        var ofSource = ledger.Where(entry => entry.Source == Source).ToList();
        var byExternalId = ofSource.Where(entry => entry.ExternalId is not null).ToDictionary(entry => entry.ExternalId!);
        var byContent = ofSource.Where(entry => entry.ContentKey is not null).ToDictionary(entry => entry.ContentKey!);
        RefuseKeysOfTwo();
        var first = new HashSet<string>(StringComparer.Ordinal);
        var equal = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Outcome is RowOutcome.New))
        {
            if (row.Entry!.ExternalId is null)
                row.ContentKey = NumberedKey(row.Entry, equal);
            if (row.StatedId is { } id && byId.TryGetValue(id, out var known))
                row.Recognise(known);
            else if (row.Entry.ExternalId is { } key && byExternalId.TryGetValue(key, out known))
                row.Recognise(known);
            else if (row.ContentKey is { } content && byContent.TryGetValue(content, out known))
                row.Recognise(known);
            else if (row.Entry.ExternalId is { } again && !first.Add(again))
                row.Repeat();
        }
    }

    /// <summary>Makes the transactions, and drops those that a rule refuses until the rest makes a valid ledger.</summary>
    public void Check(ILookup<Id<Stock>, Split> splits, DateOnly today)
    {
        var position = 0;
        var replaced = new HashSet<Id<Transaction>>();
        var booked = ledger.Select(entry => entry.DividendId).OfType<Id<Dividend>>().ToHashSet();
        var taken = ledger.Where(entry => entry.Source == Source).Select(entry => entry.ExternalId ?? entry.ContentKey).ToHashSet();
        foreach (var row in rows.Where(row => row.Outcome is RowOutcome.New || (Replace && row.Outcome is RowOutcome.Changed)))
        {
            if (row.Known is { } known && !KeyIsFree(row, known, taken, replaced))
                continue;
            var origin = new Origin(ImportId, Source, row.ContentKey, position++);
            var dividend = DividendOf(row);
            row.Candidate = new Transaction(portfolio.Id, row.Entry!, origin, Now, dividend);
            if (dividend is { } id && dividend != row.Known?.DividendId && !booked.Add(id))
                row.Refuse("dividend.alreadyRecorded", $"Another entry books dividend {id}.");
            else if (portfolio.Refusal(row.Candidate, today) is { } refusal)
                row.Refuse(refusal.Code, refusal.Message);
        }
        var ofStock = OfStock(ledger, entry => entry);
        for (var round = 1; !Holds(ofStock, splits); round++)
            if (round == MostRounds)
                foreach (var row in Recorded.Where(MovesOthers).ToList())
                    row.Refuse(
                        "transaction.oversold",
                        "Replacements and mergers of this file undo each other: more would leave than is held."
                    );
    }

    // A row that replaces an entry and is cut to fewer columns books what that entry booked.
    private static Id<Dividend>? DividendOf(PlannedRow row) =>
        row.DividendId
        ?? (row.Entry!.Kind is TransactionKind.Dividend && row.Entry.StockId == row.Known?.StockId ? row.Known?.DividendId : null);

    // Without it another stock may have fewer shares, or an entry that it replaces comes back.
    private static bool MovesOthers(PlannedRow row) => row.Known is not null || row.Entry!.IntoStockId is not null;

    private static ILookup<Id<Stock>, T> OfStock<T>(IEnumerable<T> items, Func<T, Transaction> entryOf) =>
        items
            .SelectMany(item =>
                new[] { entryOf(item).StockId, entryOf(item).IntoStockId }.OfType<Id<Stock>>().Select(stock => (stock, item))
            )
            .ToLookup(pair => pair.stock, pair => pair.item);

    // A row that is known by the id of its entry may have been edited into what another entry is known by.
    private static bool KeyIsFree(PlannedRow row, Transaction known, HashSet<string?> taken, HashSet<Id<Transaction>> replaced)
    {
        if (!replaced.Add(known.Id))
            row.Refuse("row.keyTwice", "Another row of the file changes the same entry.");
        else if (row.Entry!.ExternalId is { } key && key != known.ExternalId && !taken.Add(key))
            row.Refuse("transaction.externalIdTaken", "Another entry of the source has this externalId.");
        else if (row.ContentKey is { } content && content != known.ContentKey)
            row.ContentKey = Free(content, taken);
        return row.Outcome is RowOutcome.Changed;
    }

    private static string Free(string content, HashSet<string?> taken)
    {
        var hash = content[..content.IndexOf('-', StringComparison.Ordinal)];
        for (var number = 1; !taken.Add(content); number++)
            content = string.Create(CultureInfo.InvariantCulture, $"{hash}-{number}");
        return content;
    }

    // True when nothing was dropped that another stock feels.
    private bool Holds(ILookup<Id<Stock>, Transaction> ofStock, ILookup<Id<Stock>, Split> splits)
    {
        var kept = Recorded.ToList();
        var gone = kept.Where(row => row.Known is not null).Select(row => row.Known!.Id).ToHashSet();
        var added = OfStock(kept, row => row.Candidate!);
        var removed = OfStock(kept.Where(row => row.Known is not null), row => row.Known!);
        var holds = true;
        foreach (var stock in added.Concat(removed).Select(group => group.Key).Distinct())
        {
            var candidates = added[stock].Select(row => row.Candidate).OfType<Transaction>().ToList();
            var stays = ofStock[stock].Where(entry => !gone.Contains(entry.Id));
            var walk = Oversales.Among(stock, candidates, stays, splits[stock]);
            holds &= walk.OversoldOn is { } day ? !Blame(removed[stock], added[stock], day) : !Blame(added[stock], walk.Refused);
        }
        return holds;
    }

    private static bool Blame(IEnumerable<PlannedRow> replacing, IEnumerable<PlannedRow> added, DateOnly day)
    {
        var blamed = replacing.Where(row => row.Candidate is not null).ToList();
        if (blamed.Count == 0)
            blamed = [.. added.Where(row => row.Candidate is not null)];
        foreach (var row in blamed)
            Refuse(row, day);
        return blamed.Count > 0;
    }

    private static bool Blame(IEnumerable<PlannedRow> added, IReadOnlyDictionary<Id<Transaction>, DateOnly> refused)
    {
        var blamed = added.Where(row => row.Candidate is { } candidate && refused.ContainsKey(candidate.Id)).ToList();
        foreach (var row in blamed)
            Refuse(row, refused[row.Candidate!.Id]);
        return blamed.Exists(MovesOthers);
    }

    private static void Refuse(PlannedRow row, DateOnly day) =>
        row.Refuse("transaction.oversold", $"More would leave than is held on {day:yyyy-MM-dd}.");

    // Which of them is meant can't be known: none is taken.
    private void RefuseKeysOfTwo()
    {
        var keyed = rows.Where(row => row.Readable && row.Entry!.ExternalId is not null).GroupBy(row => row.Entry!.ExternalId!);
        foreach (var group in keyed.Where(group => group.Skip(1).Any()).Select(group => group.ToList()))
            if (group.Exists(row => Fields.Differences(group[0].Entry!, row.Entry!).Any()))
                foreach (var row in group)
                    row.Refuse(
                        "row.keyTwice",
                        $"Row {group.First(other => other != row).Number} has the same externalId and other content."
                    );
    }

    private static string NumberedKey(Entry entry, Dictionary<string, int> equal)
    {
        var hash = Fields.Hash(entry);
        var number = equal[hash] = equal.GetValueOrDefault(hash) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{hash}-{number}");
    }
}
