using System.Linq.Expressions;
using FluentValidation;

namespace CleanPortfolio.Application.MarketData;

internal static class RepairDraftRules
{
    private const int MostTickers = 2000;

    /// <summary>What may be repaired, whether that is planned or started.</summary>
    public static void Draft<T>(this AbstractValidator<T> rules, Expression<Func<T, RepairDraft>> draft, TimeProvider clock)
    {
        var of = draft.Compile();
        rules.Range(request => of(request).From, request => of(request).To, clock);
        rules.RuleFor(draft).SetValidator(new Contents());
    }

    private sealed class Contents : AbstractValidator<RepairDraft>
    {
        public Contents()
        {
            RuleFor(draft => draft.Tickers)
                .Must(tickers => tickers is null or { Count: > 0 and <= MostTickers })
                .WithMessage($"must name 1 to {MostTickers} tickers, or be absent for all.");
            RuleForEach(draft => draft.Tickers).NotEmpty().MaximumLength(20);
            RuleFor(draft => draft.Reasons)
                .Must(reasons => reasons is null or { Count: > 0 })
                .WithMessage("must name a reason, or be absent for all that can be repaired.");
            RuleForEach(draft => draft.Reasons)
                .Must(reason => RepairPlan.Fillable.Contains(reason))
                .WithMessage("can't be repaired by asking again; notAsked, noData and quarantined can.");
        }
    }
}
