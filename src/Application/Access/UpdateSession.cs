using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>New tokens for a refresh token, which is used up by it. One that comes a second time was copied, and ends the session.</summary>
public sealed record UpdateSession(RefreshDraft Draft) : IRequest<SessionTokens>;

/// <summary>A refresh token.</summary>
/// <param name="RefreshToken">The newest of the session.</param>
public sealed record RefreshDraft(string RefreshToken);

internal sealed class UpdateSessionRules : AbstractValidator<UpdateSession>
{
    public UpdateSessionRules() => RuleFor(request => request.Draft.RefreshToken).NotEmpty().MaximumLength(200);
}

internal sealed class UpdateSessionHandler(ISessions sessions) : IRequestHandler<UpdateSession, SessionTokens>
{
    public async Task<SessionTokens> Handle(UpdateSession request, CancellationToken cancellationToken)
    {
        sessions.RequireLocalAccounts();
        return await sessions.Renew(request.Draft.RefreshToken, cancellationToken) ?? throw Unauthenticated.RefreshToken;
    }
}
