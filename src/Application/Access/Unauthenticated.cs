using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using FluentValidation;
using FluentValidation.Results;

namespace CleanPortfolio.Application.Access;

/// <summary>Who calls could not show who it is.</summary>
public sealed class Unauthenticated(string code, string message) : Exception(message)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;

    /// <summary>Wrong, unknown, locked or disabled: the same words for all.</summary>
    public static Unauthenticated Credentials =>
        new("access.credentials", "E-mail address and password don't belong to an account that may sign in now.");

    /// <summary>None of an open session.</summary>
    public static Unauthenticated RefreshToken => new("access.refreshToken", "This is not the newest refresh token of an open session.");
}

internal static class PasswordGiving
{
    /// <summary>Gives an account a password, or refuses the field <c>password</c> with every reason.</summary>
    public static async Task Give(this Account account, string password, IPasswords passwords)
    {
        var wrong = await passwords.Set(account, password);
        if (wrong.Count > 0)
            throw new ValidationException(wrong.Select(text => new ValidationFailure("password", text)));
    }
}
