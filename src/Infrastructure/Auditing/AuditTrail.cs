using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Auditing;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.Database.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CleanPortfolio.Infrastructure.Auditing;

/// <summary>Reads from a unit of work what is to be told of it.</summary>
internal sealed class AuditTrail(Caller caller, TimeProvider clock)
{
    private const string Withheld = "(withheld)";

    private readonly DateTimeOffset _now = clock.GetUtcNow();
    private int _made;

    /// <summary>What the changes of entities tell, without looking for changes anew.</summary>
    public List<AuditDraft> Of(ChangeTracker tracker) =>
        [
            .. from entry in tracker.Entries()
            where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            let audited = Audited.Kinds.GetValueOrDefault(entry.Metadata.ClrType)
            where audited is not null && IsTold(entry, audited)
            select Of(entry, audited),
        ];

    /// <summary>What is no change of an entity.</summary>
    public AuditDraft Of(Told told) =>
        New(told.Action, told.TargetKind, told.TargetId, null, Json(told.Facts?.Where(fact => fact.Value is not null).ToDictionary()));

    private static bool IsTold(EntityEntry entry, Audited audited)
    {
        if (audited.Signed.Length > 0 && !audited.Signed.Any(name => entry.Property(name).CurrentValue is not null))
            return false;
        if (entry.State is not EntityState.Modified)
            return audited.Only.Length == 0 || audited.Signed.Length == 0;
        var changed = Changed(entry).Select(property => property.Metadata.Name).ToList();
        return changed.Exists(name => !audited.Quiet.Contains(name))
            && (audited.Only.Length == 0 || changed.Exists(name => audited.Only.Contains(name)));
    }

    private AuditDraft Of(EntityEntry entry, Audited audited)
    {
        var (action, before, after) = entry.State switch
        {
            EntityState.Added => (AuditActions.Created, null, Values(entry.Properties, audited, property => property.CurrentValue)),
            EntityState.Deleted => (AuditActions.Deleted, Values(entry.Properties, audited, property => property.OriginalValue), null),
            _ => (
                AuditActions.Changed,
                Values(Changed(entry), audited, property => property.OriginalValue),
                Values(Changed(entry), audited, property => property.CurrentValue)
            ),
        };
        return New(action, audited.Kind, Identity(entry, audited), Json(before), Json(after));
    }

    private AuditDraft New(string action, string targetKind, string? targetId, string? before, string? after) =>
        new()
        {
            // In the order in which they are told: rows are inserted by their keys.
            Id = Id<AuditDraft>.New(_now, _made++).Value,
            At = _now,
            Caller = caller.Key,
            Role = Conventions.Text(caller.Role),
            Address = caller.Address,
            Request = UseCases.Current,
            Action = action,
            TargetKind = targetKind,
            TargetId = targetId,
            Before = before,
            After = after,
            TraceId = Activity.Current?.TraceId.ToString(),
        };

    private static IEnumerable<PropertyEntry> Changed(EntityEntry entry) =>
        entry.Properties.Where(property => property.IsModified && !Equals(property.OriginalValue, property.CurrentValue));

    private static string Identity(EntityEntry entry, Audited audited)
    {
        var names = audited.Identity.Length > 0 ? audited.Identity : entry.Metadata.FindPrimaryKey()!.Properties.Select(key => key.Name);
        return string.Join('/', names.Select(name => Text(entry.Property(name).CurrentValue!)));
    }

    private static Dictionary<string, string> Values(
        IEnumerable<PropertyEntry> properties,
        Audited audited,
        Func<PropertyEntry, object?> valueOf
    ) =>
        (
            from property in properties
            where !property.Metadata.IsPrimaryKey() && property.Metadata.ValueGenerated is not ValueGenerated.OnAddOrUpdate
            where !audited.Quiet.Contains(property.Metadata.Name)
            let value = valueOf(property)
            where value is not null
            select (property.Metadata.Name, Text: audited.Shown.Contains(property.Metadata.Name) ? Text(value) : Withheld)
        ).ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.Name), value => value.Text, StringComparer.Ordinal);

    private static string Text(object value) =>
        value switch
        {
            bool yes => yes ? "true" : "false",
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
            Enum member => JsonNamingPolicy.CamelCase.ConvertName(member.ToString()),
            IEnumerable<string> words => string.Join(',', words),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            // No text of the database may hold it.
            _ => value.ToString()!.Replace("\0", "", StringComparison.Ordinal),
        };

    private static string? Json<T>(Dictionary<string, T>? values) => values is null ? null : JsonSerializer.Serialize(values);
}

/// <summary>What a use case tells besides the changes of entities.</summary>
internal sealed record Told(string Action, string TargetKind, string? TargetId, IReadOnlyDictionary<string, string?>? Facts);
