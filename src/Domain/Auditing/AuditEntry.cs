using System.Globalization;
using System.Text;

namespace CleanPortfolio.Domain.Auditing;

/// <summary>
/// What somebody did: one link of a chain in which every entry bears the hash of the one before. It can't be taken back, so it holds no
/// name, no address of mail and no free text of a customer: of such values it says only that they were there, or changed.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Hash before the first entry.</summary>
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Place in the chain, from 1, without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <see cref="Access.Caller.Key"/>.</summary>
    public required string Caller { get; init; }

    /// <summary>The caller's role.</summary>
    public required string Role { get; init; }

    /// <summary>Where it was asked from; null when that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>The request by which it was done; null outside of one.</summary>
    public string? Request { get; init; }

    /// <summary>What was done, one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, in one word.</summary>
    public required string TargetKind { get; init; }

    /// <summary>Which one; null when it has no identity.</summary>
    public string? TargetId { get; init; }

    /// <summary>Values before, as a JSON object of texts; null when there were none.</summary>
    public string? Before { get; init; }

    /// <summary>Values after, as a JSON object of texts; null when there are none.</summary>
    public string? After { get; init; }

    /// <summary>Finds the request in the logs.</summary>
    public string? TraceId { get; init; }

    /// <summary>Hash of the entry before, <see cref="NoHash"/> of the first; 64 hexadecimal digits.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 of <see cref="CanonicalText"/> in UTF-8; 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// All of it but the hash: each value behind the number of its bytes in UTF-8 and a colon, <c>-</c> for none, so that no two entries have
    /// the same text. The database writes the same one: see AuditSql.
    /// </summary>
    public string CanonicalText()
    {
        string?[] values =
        [
            PreviousHash,
            Sequence.ToString(CultureInfo.InvariantCulture),
            At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            Caller,
            Role,
            Address,
            Request,
            Action,
            TargetKind,
            TargetId,
            Before,
            After,
            TraceId,
        ];
        return string.Concat(values.Select(Measured));
    }

    private static string Measured(string? value) =>
        value is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:{value}");
}

/// <summary>The words for what was done; others may be added.</summary>
public static class AuditActions
{
    /// <summary>Something is there that was not.</summary>
    public const string Created = "created";

    /// <summary>It has other values.</summary>
    public const string Changed = "changed";

    /// <summary>It is gone.</summary>
    public const string Deleted = "deleted";

    /// <summary>Somebody tried to sign in and was not let in.</summary>
    public const string Refused = "refused";

    /// <summary>A page was told to do something; what came of it, the thing itself tells.</summary>
    public const string Asked = "asked";

    /// <summary>Personal data were handed out.</summary>
    public const string Exported = "exported";

    /// <summary>Personal data were erased.</summary>
    public const string Erased = "erased";
}
