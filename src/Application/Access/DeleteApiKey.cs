using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Revokes one of the caller's keys, at once and for good; an admin anybody's. It stays in the list.</summary>
public sealed record DeleteApiKey(Id<ApiKey> KeyId) : IRequest;

internal sealed class DeleteApiKeyHandler(IDatabase database, ICaller caller, IPreconditions preconditions, TimeProvider clock) : IRequestHandler<DeleteApiKey, Unit>
{
    public async Task<Unit> Handle(DeleteApiKey request, CancellationToken cancellationToken)
    {
        var key = await database.KeyOf(caller.Current, request.KeyId, cancellationToken);
        preconditions.Require(key.Version);
        key.Revoke(clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
