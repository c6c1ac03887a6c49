using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>Changes one's own password. All sessions end, this one too; keys stay good.</summary>
public sealed record UpdatePassword(PasswordDraft Draft) : IRequest;

/// <summary>The old password and the new one.</summary>
/// <param name="CurrentPassword">The one of now.</param>
/// <param name="Password">The next one: 12 to 128 characters, not easily guessed.</param>
public sealed record PasswordDraft(string CurrentPassword, string Password);

internal sealed class UpdatePasswordRules : AbstractValidator<UpdatePassword>
{
    public UpdatePasswordRules()
    {
        RuleFor(request => request.Draft.CurrentPassword).NotEmpty().MaximumLength(1024);
        RuleFor(request => request.Draft.Password).NotEmpty().MaximumLength(1024);
    }
}

internal sealed class UpdatePasswordHandler(IDatabase database, ICaller caller, IPasswords passwords, ISessions sessions)
    : IRequestHandler<UpdatePassword, Unit>
{
    public async Task<Unit> Handle(UpdatePassword request, CancellationToken cancellationToken)
    {
        sessions.RequireLocalAccounts();
        var id = caller.Current.AccountId;
        var self = await database.Accounts.FirstOrDefaultAsync(account => account.Id == id, cancellationToken);
        var email = NotFound.Unless(self, "account", caller.Current.Key).Email;
        var account = await passwords.Check(email, request.Draft.CurrentPassword, cancellationToken);
        await (account ?? throw Unauthenticated.Credentials).Give(request.Draft.Password, passwords);
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
