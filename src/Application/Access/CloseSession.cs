using CleanPortfolio.Application.Ports;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Signs out: the session's tokens, access tokens too, are good for nothing from now on.</summary>
public sealed record CloseSession(RefreshDraft Draft) : IRequest;

internal sealed class CloseSessionRules : AbstractValidator<CloseSession>
{
    public CloseSessionRules() => RuleFor(request => request.Draft.RefreshToken).NotEmpty().MaximumLength(200);
}

internal sealed class CloseSessionHandler(ISessions sessions) : IRequestHandler<CloseSession, Unit>
{
    public async Task<Unit> Handle(CloseSession request, CancellationToken cancellationToken)
    {
        await sessions.Close(request.Draft.RefreshToken, cancellationToken);
        return Unit.Value;
    }
}
