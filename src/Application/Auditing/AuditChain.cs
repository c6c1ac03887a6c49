using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Domain.Auditing;

namespace CleanPortfolio.Application.Auditing;

/// <summary>Where a chain is broken.</summary>
/// <param name="Sequence">The entry.</param>
/// <param name="Text">What is wrong there, for people.</param>
public sealed record AuditFault(long Sequence, string Text);

/// <summary>Follows a chain of entries from its beginning, one after the other, and finds what was changed, removed, put in or moved.</summary>
/// <param name="mustHold">Hashes that were written down earlier and must still be among the entries.</param>
public sealed class AuditChain(IEnumerable<string> mustHold)
{
    private const int MostFaults = 100;

    private readonly HashSet<string> _missing = [.. mustHold];
    private readonly List<AuditFault> _faults = [];

    /// <summary>Entries that were followed.</summary>
    public long Count { get; private set; }

    /// <summary>Place of the last one; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Hash of the last one.</summary>
    public string Head { get; private set; } = AuditEntry.NoHash;

    /// <summary>The first hundred faults.</summary>
    public IReadOnlyList<AuditFault> Faults => _faults;

    /// <summary>SHA-256 of an entry's canonical text; 64 hexadecimal digits.</summary>
    public static string HashOf(AuditEntry entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.CanonicalText())));

    /// <summary>Follows the next entry, in the order of <see cref="AuditEntry.Sequence"/>.</summary>
    public void Follow(AuditEntry entry)
    {
        if (entry.Sequence > Last + 1)
            Find(Last + 1, entry.Sequence - Last == 2 ? "is missing." : $"and all up to {entry.Sequence - 1} are missing.");
        if (HashOf(entry) != entry.Hash)
            Find(entry.Sequence, "does not have the content of its hash: it was changed, or moved here from another place.");
        // After a gap this is not another fault.
        if (entry.PreviousHash != Head && entry.Sequence == Last + 1)
            Find(entry.Sequence, "does not follow the entry before it: that one was changed or exchanged, or this one was put in.");
        _missing.Remove(entry.Hash);
        (Count, Last, Head) = (Count + 1, entry.Sequence, entry.Hash);
    }

    /// <summary>After the last entry: compares with what the log says of its own end.</summary>
    /// <param name="last">Place of the last entry that was written.</param>
    /// <param name="head">Its hash.</param>
    public void End(long last, string head)
    {
        if (Last < last)
            Find(Last + 1, last - Last == 1 ? "is missing: it was the last one." : $"and all up to {last}, the last one, are missing.");
        else if (Last > last)
            Find(last + 1, "was put in after the last entry that was written.");
        else if (Head != head)
            Find(Last, "is not the last entry that was written.");
        foreach (var hash in _missing)
            Find(Last, $"ends a chain that does not hold {hash}: it was written anew.");
    }

    /// <summary>Tells of entries that are stored, but were never made part of the chain.</summary>
    public void NeverLinked(int count)
    {
        if (count > 0)
            Find(Last, $"ends a chain to which {count} entries were never added: what adds them at the commit was taken away.");
    }

    private void Find(long sequence, string text)
    {
        if (_faults.Count < MostFaults)
            _faults.Add(new AuditFault(sequence, text));
    }
}
