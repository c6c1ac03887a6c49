using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.Application.Access;

/// <summary>A key of a program. Its secret is shown when it is made, and never again.</summary>
public sealed record ApiKeyDetails : IVersioned
{
    /// <summary>Identity.</summary>
    public required Id<ApiKey> Id { get; init; }

    /// <summary>The account that it calls for.</summary>
    public required Id<Account> AccountId { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The eight characters after cp_, by which a key is told from others; no secret.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it may be used for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Instant of its making.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Instant of its last use, to the minute; null for one that was never used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Instant of its revocation; null for one that is good until its end.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Another one after each change; the ETag says the same.</summary>
    public required uint Version { get; init; }

    long? IVersioned.Version => Version;
}

internal sealed class ApiKeyDetailsMap : Profile
{
    public ApiKeyDetailsMap() => CreateMap<ApiKey, ApiKeyDetails>();
}
