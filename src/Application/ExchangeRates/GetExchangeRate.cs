using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.ExchangeRates;

/// <summary>The rate in force on a day between two currencies, and which stored rates made it.</summary>
public sealed record GetExchangeRate(Currency From, Currency To, DateOnly? Date) : IRequest<ExchangeRateReport>;

/// <summary>A rate in force.</summary>
/// <param name="From">The currency to convert from.</param>
/// <param name="To">The currency to convert to.</param>
/// <param name="Date">The day asked for.</param>
/// <param name="Rate">What one unit of <c>from</c> is worth in <c>to</c>, half-even to 10 decimals; null when it is not known.</param>
/// <param name="RateDate">Day of the oldest stored rate in it; null when there is none in it.</param>
/// <param name="Reason"><c>fxRateMissing</c>: it is not known. <c>fxRateStale</c>: it is more than 7 days older than the day asked for.</param>
/// <param name="Legs">The steps of the conversion in order; their exact product is what conversions use.</param>
public sealed record ExchangeRateReport(
    Currency From,
    Currency To,
    DateOnly Date,
    decimal? Rate,
    DateOnly? RateDate,
    string? Reason,
    IReadOnlyList<RateLegReport> Legs
);

/// <summary>A step of a conversion.</summary>
/// <param name="Base">The currency of which one unit is priced.</param>
/// <param name="Quote">The currency that it is priced in.</param>
/// <param name="Date">Day of the stored rate; null for the fixed ratio of a minor unit.</param>
/// <param name="Rate">Quote currency per base currency, as stored.</param>
/// <param name="Inverted">Whether the step goes from quote to base: it divides by the rate.</param>
public sealed record RateLegReport(Currency Base, Currency Quote, DateOnly? Date, decimal Rate, bool Inverted);

internal sealed class GetExchangeRateRules : AbstractValidator<GetExchangeRate>
{
    public GetExchangeRateRules(TimeProvider clock) => this.Range(_ => null, request => request.Date, clock, only: "date");
}

internal sealed class GetExchangeRateHandler(IExchangeRates rates, TimeProvider clock)
    : IRequestHandler<GetExchangeRate, ExchangeRateReport>
{
    public async Task<ExchangeRateReport> Handle(GetExchangeRate request, CancellationToken cancellationToken)
    {
        var (from, to, asked) = request;
        var date = asked ?? UsMarketCalendar.DateOf(clock.GetUtcNow());
        var book = await rates.Load([from, to], cancellationToken);
        var rate = book.On(from, to, date);
        var legs = book.Legs(from, to, date) ?? [];
        var isOld = rate?.Date is { } day && date.DayNumber - day.DayNumber > ExchangeRate.StaleAfterDays;
        return new ExchangeRateReport(
            from,
            to,
            date,
            rate?.ToDecimal(),
            rate?.Date,
            rate is null ? ReasonCodes.FxRateMissing
                : isOld ? ReasonCodes.FxRateStale
                : null,
            [.. legs.Select(leg => new RateLegReport(leg.Base, leg.Quote, leg.Date, leg.Value, leg.Inverted))]
        );
    }
}
