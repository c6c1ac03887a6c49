using System.Text;
using CleanPortfolio.Domain.Access;
using Microsoft.AspNetCore.Identity;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>
/// Refuses what is guessed first: the most common passwords and words, also repeated, with digits around them or letters written as
/// digits; rows of the keyboard and of the alphabet; the owner's own name.
/// </summary>
internal sealed class CommonPasswords : IPasswordValidator<Account>
{
    private const int Shortest = 12;
    private const int Longest = 128;
    private const int LeastDifferent = 5;
    private const string Rows =
        "abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm 12345678901234567890 qazwsxedcrfvtgbyhnujmikolp 1qaz2wsx3edc4rfv";
    private static readonly Lazy<HashSet<string>> Known = new(Read);

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        IdentityError[] faults = [.. Faults(password ?? "", user.Email).Select(New)];
        return Task.FromResult(faults.Length == 0 ? IdentityResult.Success : IdentityResult.Failed(faults));
    }

    internal static IEnumerable<string> Faults(string password, string email)
    {
        if (password.Length is < Shortest or > Longest)
            yield return $"must have {Shortest} to {Longest} characters.";
        if (password.Any(char.IsControl))
            yield return "must not hold control characters.";
        var plain = password.ToLowerInvariant();
        var name = email.Split('@')[0].ToLowerInvariant();
        if (plain.Contains(email.ToLowerInvariant(), StringComparison.Ordinal) || IsIn(name, plain) || IsIn(Letters(name), Letters(plain)))
            yield return "must not hold the name of the e-mail address.";
        if (IsCommon(plain))
            yield return "is among the passwords that are guessed first.";
    }

    private static bool IsIn(string name, string plain) => name.Length >= 4 && plain.Contains(name, StringComparison.Ordinal);

    private static bool IsCommon(string plain) =>
        plain.Distinct().Count() < LeastDifferent
        || Known.Value.Contains(plain)
        || Forms(plain).Any(form => Known.Value.Contains(Unit(form)) || IsRow(form));

    // As it stands, without what is before and after its letters, and with digits read as the letters that they look like.
    private static IEnumerable<string> Forms(string plain)
    {
        var (bare, letters) = (plain.Trim(" 0123456789!@#$%^&*()-_=+.,?".ToCharArray()), Read(plain));
        return new[] { plain, bare, Read(bare), letters, Letters(letters), Letters(plain) }
            .Where(form => form.Length > 0)
            .Distinct(StringComparer.Ordinal);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));

    private static string Read(string text)
    {
        var read = new StringBuilder(text.Length);
        foreach (var letter in text)
            read.Append(
                letter switch
                {
                    '0' => 'o',
                    '1' or '!' => 'i',
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    _ => letter,
                }
            );
        return read.ToString();
    }

    /// <summary>What a text repeats: "password" of "passwordpassword".</summary>
    private static string Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
            if (text.Length % length == 0 && text.Replace(text[..length], "", StringComparison.Ordinal).Length == 0)
                return text[..length];
        return text;
    }

    private static bool IsRow(string text)
    {
        var unit = Unit(text);
        return unit.Length >= 3
            && Rows.Split(' ')
                .Any(row => row.Contains(unit, StringComparison.Ordinal) || Reversed(row).Contains(unit, StringComparison.Ordinal));
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());

    private static IdentityError New(string text) => new() { Code = "password", Description = text };

    private static HashSet<string> Read()
    {
        var type = typeof(CommonPasswords);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }
}
