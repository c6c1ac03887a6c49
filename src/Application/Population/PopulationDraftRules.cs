using System.Linq.Expressions;
using FluentValidation;

namespace CleanPortfolio.Application.Population;

internal static class PopulationDraftRules
{
    private const int MostTickers = 2000;

    /// <summary>What a population may be of, whether it is planned or started.</summary>
    public static void Draft<T>(this AbstractValidator<T> rules, Expression<Func<T, PopulationDraft>> draft, TimeProvider clock)
    {
        var of = draft.Compile();
        rules.Range(request => of(request).From, request => of(request).To, clock);
        rules.RuleFor(draft).SetValidator(new Tickers());
    }

    private sealed class Tickers : AbstractValidator<PopulationDraft>
    {
        public Tickers()
        {
            RuleFor(draft => draft.Tickers)
                .Must(tickers => tickers is null or { Count: > 0 and <= MostTickers })
                .WithMessage($"must name 1 to {MostTickers} tickers, or be absent for the whole market.");
            RuleForEach(draft => draft.Tickers)
                .Must(ticker =>
                    ticker is { Length: > 0 and <= 20 } && ticker.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/' or ':')
                )
                .WithMessage("must be 1 to 20 letters, digits, dots or dashes.");
        }
    }
}
