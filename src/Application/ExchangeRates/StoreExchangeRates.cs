using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.ExchangeRates;

/// <summary>Stores exchange rates of one's own, all or none; a rate that is stored already is replaced.</summary>
public sealed record StoreExchangeRates(ExchangeRatesDraft Draft) : IRequest<StoredRates>;

/// <summary>Exchange rates.</summary>
/// <param name="Rates">1 to 10000 of them.</param>
public sealed record ExchangeRatesDraft(IReadOnlyList<ExchangeRateDraft> Rates);

/// <summary>The rate of a pair at the close of a day.</summary>
/// <param name="Base">The currency of which one unit is priced: three letters of ISO 4217, no minor unit.</param>
/// <param name="Quote">The currency that it is priced in: three letters of ISO 4217, no minor unit.</param>
/// <param name="Date">The day; not in the future.</param>
/// <param name="Rate">Quote currency per base currency: more than 0, at most 1e8, at most 10 decimals.</param>
public sealed record ExchangeRateDraft(string Base, string Quote, DateOnly Date, decimal Rate);

/// <summary>What came of it.</summary>
/// <param name="Stored">Rates that are new or replaced another one.</param>
/// <param name="Unchanged">Rates that were stored so already, or were sent twice.</param>
/// <param name="Version">Of all rates from then on: in quotes, what If-Match asks for.</param>
public sealed record StoredRates(long Stored, long Unchanged, long Version) : IVersioned
{
    long? IVersioned.Version => Version;
}

internal sealed class StoreExchangeRatesRules : AbstractValidator<StoreExchangeRates>
{
    private const int MostRates = 10_000;

    public StoreExchangeRatesRules(TimeProvider clock)
    {
        RuleFor(request => request.Draft.Rates)
            .Must(rates => rates is { Count: > 0 and <= MostRates })
            .WithMessage($"must be 1 to {MostRates} rates.");
        RuleFor(request => request.Draft.Rates)
            .Custom(
                (rates, context) =>
                {
                    // A day begins in Auckland before it does in New York.
                    var latest = UsMarketCalendar.DateOf(clock.GetUtcNow()).AddDays(1);
                    var seen = new Dictionary<(string Base, string Quote, DateOnly Date), decimal>();
                    for (var i = 0; i < rates.Count; i++)
                    {
                        if (rates[i] is not { } rate)
                        {
                            context.AddFailure($"rates[{i}]", "is required.");
                            continue;
                        }
                        foreach (var (field, text) in Problems(rate, latest))
                            context.AddFailure($"rates[{i}].{field}", text);
                        var key = (rate.Base.ToUpperInvariant(), rate.Quote.ToUpperInvariant(), rate.Date);
                        if (!seen.TryAdd(key, rate.Rate) && seen[key] != rate.Rate)
                            context.AddFailure($"rates[{i}].rate", "is another one than the same pair and day have before.");
                    }
                }
            )
            .When(request => request.Draft.Rates is { Count: <= MostRates });
    }

    private static IEnumerable<(string Field, string Text)> Problems(ExchangeRateDraft rate, DateOnly latest)
    {
        var (@base, quote) = (Known(rate.Base), Known(rate.Quote));
        foreach (var (field, currency) in new[] { ("base", @base), ("quote", quote) })
            if (currency is null)
                yield return (field, "must be an ISO 4217 currency in use.");
            else if (currency.Value.UnitsPerMajor != 1)
                yield return (field, $"must not be the minor unit {currency}; use {currency.Value.ToMajor()}.");
        if (@base is not null && @base == quote)
            yield return ("quote", "must not be the base currency.");
        if (rate.Date < CommonRules.Earliest)
            yield return ("date", $"must not be before {CommonRules.Earliest:yyyy-MM-dd}.");
        if (rate.Date > latest)
            yield return ("date", "must not be in the future.");
        if (rate.Rate is <= 0 or > ExchangeRate.GreatestRate)
            yield return ("rate", "must be more than 0 and at most 100000000.");
        else if (Exact.Round(rate.Rate) != rate.Rate)
            yield return ("rate", "must have at most 10 decimals.");
    }

    private static Currency? Known(string text) => Currency.TryParse(text, null, out var currency) ? currency : null;
}

internal sealed class StoreExchangeRatesHandler(IMarketStore store, IPreconditions preconditions)
    : IRequestHandler<StoreExchangeRates, StoredRates>
{
    public async Task<StoredRates> Handle(StoreExchangeRates request, CancellationToken cancellationToken)
    {
        var rates = request.Draft.Rates;
        var (stored, version) = await store.StoreRates(
            [.. rates.Select(rate => new ExchangeRate(Currency.Parse(rate.Base), Currency.Parse(rate.Quote), rate.Date, rate.Rate))],
            RateSources.Upload,
            before => preconditions.Require(before),
            cancellationToken
        );
        return new StoredRates(stored, rates.Count - stored, version);
    }
}
