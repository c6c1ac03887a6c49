using System.Text.Json;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Auditing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Auditing;

/// <summary>What was done by whom, newest first.</summary>
public sealed record ListAuditEntries(
    string? Caller,
    string? Target,
    string? Request,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Cursor,
    int? Limit
) : IRequest<Page<AuditEntryDetails>>;

/// <summary>What somebody did.</summary>
/// <param name="Sequence">Place in the chain, from 1, without a gap.</param>
/// <param name="At">When.</param>
/// <param name="Caller">Who: <c>user:</c> or <c>key:</c> and an id, <c>oidc:</c> and the subject of another issuer's token, <c>system</c> or <c>anonymous</c>.</param>
/// <param name="CallerName">E-mail address of the caller's account; null when it is no account, or is deleted.</param>
/// <param name="Role">The caller's role.</param>
/// <param name="Address">Where it was asked from; null when that is not known.</param>
/// <param name="Request">The operation; null when it was none.</param>
/// <param name="Action">What was done.</param>
/// <param name="TargetKind">To what.</param>
/// <param name="TargetId">To which one; null when it has no identity.</param>
/// <param name="Before">Values before; personal ones are withheld. Null when there were none.</param>
/// <param name="After">Values after; personal ones are withheld. Null when there are none.</param>
/// <param name="TraceId">Finds the request in the logs.</param>
/// <param name="PreviousHash">Hash of the entry before.</param>
/// <param name="Hash">Hash of this entry.</param>
public sealed record AuditEntryDetails(
    long Sequence,
    DateTimeOffset At,
    string Caller,
    string? CallerName,
    string Role,
    string? Address,
    string? Request,
    string Action,
    string TargetKind,
    string? TargetId,
    IReadOnlyDictionary<string, string>? Before,
    IReadOnlyDictionary<string, string>? After,
    string? TraceId,
    string PreviousHash,
    string Hash
)
{
    internal static AuditEntryDetails Of(AuditEntry entry, string? callerName) =>
        new(
            entry.Sequence,
            entry.At,
            entry.Caller,
            callerName,
            entry.Role,
            entry.Address,
            entry.Request,
            entry.Action,
            entry.TargetKind,
            entry.TargetId,
            Values(entry.Before),
            Values(entry.After),
            entry.TraceId,
            entry.PreviousHash,
            entry.Hash
        );

    private static Dictionary<string, string>? Values(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json);
}

internal sealed class ListAuditEntriesRules : AbstractValidator<ListAuditEntries>
{
    private const int LongestText = 200;

    public ListAuditEntriesRules()
    {
        RuleFor(request => request.Caller).MaximumLength(LongestText);
        RuleFor(request => request.Target).MaximumLength(LongestText);
        RuleFor(request => request.Request).MaximumLength(LongestText);
        RuleFor(request => request.From)
            .Must((request, from) => from is null || request.To is null || from <= request.To)
            .WithMessage("must not be after to.");
        RuleFor(request => request.Limit).Limit();
    }
}

internal sealed class ListAuditEntriesHandler(IDatabase database) : IRequestHandler<ListAuditEntries, Page<AuditEntryDetails>>
{
    public async Task<Page<AuditEntryDetails>> Handle(ListAuditEntries request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var entries = database.AuditEntries.AsNoTracking();
        if (request.Caller is { } caller)
            entries = entries.Where(entry => entry.Caller == caller);
        if (request.Target is { } target)
            entries = entries.Where(entry => entry.TargetId == target);
        if (request.Request is { } name)
            entries = entries.Where(entry => entry.Request == name);
        if (request.From?.ToUniversalTime() is { } from)
            entries = entries.Where(entry => entry.At >= from);
        if (request.To?.ToUniversalTime() is { } to)
            entries = entries.Where(entry => entry.At <= to);
        if (Cursor.Number(request.Cursor) is { } before)
            entries = entries.Where(entry => entry.Sequence < before);
        var page = await entries.OrderByDescending(entry => entry.Sequence).Take(limit + 1).ToListAsync(cancellationToken);
        var names = await CallerNames.Of(database, page, cancellationToken);
        return Cursor.PageOf(
            page.ConvertAll(entry => AuditEntryDetails.Of(entry, names.GetValueOrDefault(entry.Caller))),
            limit,
            entry => [entry.Sequence]
        );
    }
}

/// <summary>Names are looked up when the log is read, because it can't forget any.</summary>
internal static class CallerNames
{
    private const string User = "user:";

    public static async Task<IReadOnlyDictionary<string, string>> Of(
        IDatabase database,
        IEnumerable<AuditEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var ids = entries
            .Select(entry => entry.Caller)
            .Where(caller => caller.StartsWith(User, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Select(caller => Guid.TryParse(caller[User.Length..], out var id) ? id : (Guid?)null)
            .OfType<Guid>()
            .Select(id => new Id<Account>(id))
            .ToList();
        return await database
            .Accounts.AsNoTracking()
            .Where(account => ids.Contains(account.Id))
            .ToDictionaryAsync(account => $"{User}{account.Id}", account => account.Email, StringComparer.Ordinal, cancellationToken);
    }
}
