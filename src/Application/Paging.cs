using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CleanPortfolio.Domain;
using FluentValidation;
using FluentValidation.Results;

namespace CleanPortfolio.Application;

/// <summary>One page of a list in a stable order.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">To be sent back as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Where a page ended. Opaque to clients, so that the order of a list can change without a new contract.</summary>
internal static class Cursor
{
    public const int DefaultLimit = 50;
    public const int GreatestLimit = 500;

    /// <summary>The page made of one item more than was asked for: the extra one tells that there is a next page.</summary>
    public static Page<T> PageOf<T>(List<T> oneMore, int limit, Func<T, object[]> keyOf)
    {
        if (oneMore.Count <= limit)
            return new Page<T>(oneMore, null);
        oneMore.RemoveRange(limit, oneMore.Count - limit);
        return new Page<T>(oneMore, Encode(keyOf(oneMore[^1])));
    }

    public static Guid? Guid(string? cursor) => cursor is null ? null : Read(cursor, parts => System.Guid.ParseExact(parts[0], "D"));

    public static (string Text, Guid Id)? TextAndGuid(string? cursor) =>
        cursor is null ? null : Read(cursor, parts => (parts[0], System.Guid.ParseExact(parts[1], "D")));

    public static (int Rank, string Text, Guid Id)? RankTextAndGuid(string? cursor) =>
        cursor is null
            ? null
            : Read(cursor, parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], System.Guid.ParseExact(parts[2], "D")));

    public static DateOnly? Date(string? cursor) =>
        cursor is null ? null : Read(cursor, parts => DateOnly.ParseExact(parts[0], "O", CultureInfo.InvariantCulture));

    public static (DateOnly Date, Guid Id)? DateAndGuid(string? cursor) =>
        cursor is null
            ? null
            : Read(
                cursor,
                parts => (DateOnly.ParseExact(parts[0], "O", CultureInfo.InvariantCulture), System.Guid.ParseExact(parts[1], "D"))
            );

    public static long? Number(string? cursor) =>
        cursor is null ? null : Read(cursor, parts => long.Parse(parts[0], CultureInfo.InvariantCulture));

    private static string Encode(object[] key) =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    key.Select(part => part is DateOnly date ? date.ToString("O", CultureInfo.InvariantCulture) : part.ToString())
                )
            )
        );

    private static T Read<T>(string cursor, Func<string[], T> parse)
    {
        try
        {
            return parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n'));
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new ValidationException([new ValidationFailure("cursor", "is not a cursor of this list.") { ErrorCode = "cursor" }]);
        }
    }
}

/// <summary>Rules shared by lists and ranges.</summary>
internal static class CommonRules
{
    public static readonly DateOnly Earliest = new(1900, 1, 1);
    public const int LongestRangeInDays = 36_525;

    public static void Limit<T>(this IRuleBuilder<T, int?> rule) =>
        rule.InclusiveBetween(1, Cursor.GreatestLimit).WithMessage($"must be from 1 to {Cursor.GreatestLimit}.");

    public static IRuleBuilderOptions<T, string?> Name<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || (name.Trim().Length > 0 && name.Length <= 200))
            .WithMessage("must have 1 to 200 characters.")
            .Must(name => name is null || !name.Any(char.IsControl))
            .WithMessage("must not hold control characters.");

    public static void YearlyRate<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.Must(rate => rate is null or (> -1 and <= 1000)).WithMessage("must be a yearly fraction above -1 and at most 1000.");

    public static void Major<T>(this IRuleBuilder<T, Currency> rule) =>
        rule.Must(currency => currency.UnitsPerMajor == 1)
            .WithMessage((_, currency) => $"must not be the minor unit {currency}; use {currency.ToMajor()}.");

    /// <summary>Figures are in a major currency.</summary>
    public static void MajorCurrency<T>(this AbstractValidator<T> rules, Func<T, Currency?> currency) =>
        rules
            .RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    if (currency(request) is { UnitsPerMajor: not 1 } minor)
                        context.AddFailure("currency", $"must not be the minor unit {minor}; use {minor.ToMajor()}.");
                }
            );

    /// <summary>Both ends in the years that the service knows, in order, and not further apart than 100 years.</summary>
    public static void Range<T>(
        this AbstractValidator<T> rules,
        Func<T, DateOnly?> from,
        Func<T, DateOnly?> to,
        TimeProvider clock,
        string? only = null
    ) =>
        rules
            .RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    var (first, last) = (from(request), to(request));
                    var latest = Domain.Calendars.UsMarketCalendar.DateOf(clock.GetUtcNow()).AddDays(1);
                    foreach (var (day, name) in only is null ? [(first, "from"), (last, "to")] : new[] { (last, only) })
                    {
                        if (day < Earliest)
                            context.AddFailure(name, $"must not be before {Earliest:yyyy-MM-dd}.");
                        if (day > latest)
                            context.AddFailure(name, "must not be in the future.");
                    }
                    if (first > last)
                        context.AddFailure(only ?? "from", "must not be after to.");
                    if (last?.DayNumber - first?.DayNumber > LongestRangeInDays)
                        context.AddFailure(only ?? "to", "must not be more than 100 years after from.");
                }
            );
}
