using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>One of the caller's keys, without its secret; for an admin anybody's.</summary>
public sealed record GetApiKey(Id<ApiKey> KeyId) : IRequest<ApiKeyDetails>;

internal sealed class GetApiKeyHandler(IDatabase database, ICaller caller, IMapper mapper) : IRequestHandler<GetApiKey, ApiKeyDetails>
{
    public async Task<ApiKeyDetails> Handle(GetApiKey request, CancellationToken cancellationToken) =>
        mapper.Map<ApiKeyDetails>(await database.KeyOf(caller.Current, request.KeyId, cancellationToken));
}
