using CleanPortfolio.Domain.Auditing;

namespace CleanPortfolio.Application.Ports;

/// <summary>
/// Tells the audit log what is no change of an entity: signing in, handing out data. Changes of entities tell themselves. Who, when, from
/// where and by which request is added here.
/// </summary>
public interface IAuditLog
{
    /// <summary>Adds an entry that is committed with the next <see cref="IDatabase.SaveChanges"/> of the scope, or not at all.</summary>
    /// <param name="action">What is done, one of <see cref="AuditActions"/>.</param>
    /// <param name="targetKind">To what, in one word, for instance <c>account</c>.</param>
    /// <param name="targetId">To which one; null when it has no identity.</param>
    /// <param name="facts">More about it. The log can't be erased: neither names nor addresses of mail, and no secrets.</param>
    void Add(string action, string targetKind, string? targetId, IReadOnlyDictionary<string, string?>? facts = null);

    /// <summary>Adds an entry and commits it at once: what follows is outside of our transactions.</summary>
    /// <param name="action">As of <see cref="Add"/>.</param>
    /// <param name="targetKind">As of <see cref="Add"/>.</param>
    /// <param name="targetId">As of <see cref="Add"/>.</param>
    /// <param name="facts">As of <see cref="Add"/>.</param>
    /// <param name="cancellationToken">Stops it; then nothing is written.</param>
    Task Write(
        string action,
        string targetKind,
        string? targetId,
        IReadOnlyDictionary<string, string?>? facts,
        CancellationToken cancellationToken
    );
}
