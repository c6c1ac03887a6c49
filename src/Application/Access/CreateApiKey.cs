using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Makes a key by which a program calls for the caller's account. The answer is the only one that shows it.</summary>
public sealed record CreateApiKey(ApiKeyDraft Draft) : IRequest<NewApiKey>;

/// <summary>A new key.</summary>
/// <param name="Name">For people, 1 to 200 characters.</param>
/// <param name="Scopes">What it may be used for: portfolios:read, portfolios:write, market:read, market:operate.</param>
/// <param name="ExpiresAt">Its end, at most 366 days from now; 90 days from now if absent.</param>
public sealed record ApiKeyDraft(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

/// <summary>A key that was just made.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Key">The secret, for the header X-Api-Key or as bearer token. It can't be shown again.</param>
/// <param name="Details">What is kept of it.</param>
public sealed record NewApiKey(Id<ApiKey> Id, string Key, ApiKeyDetails Details);

internal sealed class CreateApiKeyRules : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyRules()
    {
        RuleFor(request => request.Draft.Name).Name();
        RuleFor(request => request.Draft.Scopes).NotEmpty().WithMessage("must name at least one scope.");
        RuleForEach(request => request.Draft.Scopes)
            .Must(scope => Scopes.All.Contains(scope, StringComparer.Ordinal))
            .WithMessage($"must be one of {string.Join(", ", Scopes.All)}.");
    }
}

internal sealed class CreateApiKeyHandler(IDatabase database, ICaller caller, IMapper mapper, TimeProvider clock)
    : IRequestHandler<CreateApiKey, NewApiKey>
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    public async Task<NewApiKey> Handle(CreateApiKey request, CancellationToken cancellationToken)
    {
        var owner = await database.CallingAccount(caller, cancellationToken);
        var (now, secret) = (clock.GetUtcNow(), ApiKeyText.New());
        var key = new ApiKey(
            owner,
            request.Draft.Name.Trim(),
            (secret.Prefix, secret.Hash),
            request.Draft.Scopes,
            request.Draft.ExpiresAt ?? now + Usual,
            now
        );
        database.ApiKeys.Add(key);
        await database.SaveChanges(cancellationToken);
        return new NewApiKey(key.Id, secret.Text, mapper.Map<ApiKeyDetails>(key));
    }
}

internal static class CallerFinding
{
    /// <summary>The caller's own account; somebody of another issuer may have none.</summary>
    public static Task<Account> CallingAccount(this IDatabase database, ICaller caller, CancellationToken cancellationToken) =>
        caller.Current.AccountId is { } id
            ? database.AccountOf(id, cancellationToken)
            : throw new RuleBroken("apiKey.noAccount", "Only somebody with an account here can have keys.");
}
