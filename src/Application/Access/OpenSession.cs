using CleanPortfolio.Application.Customers;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Signs in: an access token for some minutes, and a refresh token for the next one.</summary>
public sealed record OpenSession(SessionDraft Draft) : IRequest<SessionTokens>;

/// <summary>Who signs in. Whatever is wrong with them is answered alike.</summary>
/// <param name="Email">E-mail address of the account.</param>
/// <param name="Password">Its password.</param>
public sealed record SessionDraft(string Email, string Password);

internal sealed class OpenSessionRules : AbstractValidator<OpenSession>
{
    public OpenSessionRules()
    {
        RuleFor(request => request.Draft.Email).NotEmpty().Email();
        RuleFor(request => request.Draft.Password).NotEmpty().MaximumLength(1024);
    }
}

internal sealed class OpenSessionHandler(IPasswords passwords, ISessions sessions) : IRequestHandler<OpenSession, SessionTokens>
{
    public async Task<SessionTokens> Handle(OpenSession request, CancellationToken cancellationToken)
    {
        sessions.RequireLocalAccounts();
        var account = await passwords.Check(request.Draft.Email, request.Draft.Password, cancellationToken);
        try
        {
            return await sessions.Open(account ?? throw Unauthenticated.Credentials, cancellationToken);
        }
        catch (Conflict e) when (e.Code == Conflict.AccountDeleted)
        {
            throw Unauthenticated.Credentials;
        }
    }
}

internal static class LocalAccounts
{
    public static void RequireLocalAccounts(this ISessions sessions)
    {
        if (!sessions.AreLocal)
            throw new RuleBroken("access.noLocalAccounts", "Accounts don't sign in here, but at the configured issuer of tokens.");
    }
}
