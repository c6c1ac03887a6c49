using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Who the caller is, and what it may do.</summary>
public sealed record GetCaller : IRequest<CallerDetails>;

/// <summary>A caller.</summary>
public sealed record CallerDetails
{
    /// <summary>Name of the API key, or e-mail address of the account.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of caller it is; service for a program with an API key.</summary>
    public required Role Role { get; init; }

    /// <summary>The account that calls, or for which a program calls; null for somebody of another issuer without an account.</summary>
    public required Id<Account>? AccountId { get; init; }

    /// <summary>The one customer within reach; null when that is none, or not one.</summary>
    public required Id<Customer>? CustomerId { get; init; }

    /// <summary>What the API key may be used for; empty for accounts, whose role says it.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}

internal sealed class GetCallerHandler(ICaller caller) : IRequestHandler<GetCaller, CallerDetails>
{
    public Task<CallerDetails> Handle(GetCaller request, CancellationToken cancellationToken)
    {
        var current = caller.Current;
        return Task.FromResult(
            new CallerDetails
            {
                Name = current.Name,
                Role = current.Role,
                AccountId = current.AccountId,
                CustomerId = current.Reach.CustomerId,
                Scopes = current.Scopes,
            }
        );
    }
}
