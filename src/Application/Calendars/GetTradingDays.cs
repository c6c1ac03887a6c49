using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Calendars;

/// <summary>The trading days of United States equities in a range, at most ten years.</summary>
public sealed record GetTradingDays(DateOnly From, DateOnly To) : IRequest<TradingDaysReport>;

/// <summary>Trading days, oldest first.</summary>
/// <param name="Exchange">Which calendar.</param>
/// <param name="Days">The days.</param>
public sealed record TradingDaysReport(string Exchange, IReadOnlyList<TradingDayReport> Days);

/// <summary>A day with trading.</summary>
/// <param name="Date">The day.</param>
/// <param name="ClosesAt">Its close, in New York.</param>
public sealed record TradingDayReport(DateOnly Date, TimeOnly ClosesAt);

internal sealed class GetTradingDaysRules : AbstractValidator<GetTradingDays>
{
    private const int FirstYear = 1998;

    // The calendar is known for these years only: an empty answer outside of them would look like a closed exchange.
    public GetTradingDaysRules(TimeProvider clock)
    {
        RuleFor(request => request.From).Must(from => from.Year >= FirstYear).WithMessage($"must not be before {FirstYear}.");
        RuleFor(request => request.To)
            .Must(to => to <= UsMarketCalendar.DateOf(clock.GetUtcNow()).AddYears(1))
            .WithMessage("must not be more than a year ahead.");
        RuleFor(request => request.From).LessThanOrEqualTo(request => request.To).WithMessage("must not be after to.");
        RuleFor(request => request.To)
            .Must((request, to) => to.DayNumber - request.From.DayNumber <= 3660)
            .WithMessage("must not be more than ten years after from.");
    }
}

internal sealed class GetTradingDaysHandler(IDatabase database) : IRequestHandler<GetTradingDays, TradingDaysReport>
{
    public async Task<TradingDaysReport> Handle(GetTradingDays request, CancellationToken cancellationToken)
    {
        var days = await database
            .TradingDays.Where(day => day.Exchange == TradingDay.UnitedStates && day.Date >= request.From && day.Date <= request.To)
            .OrderBy(day => day.Date)
            .Select(day => new TradingDayReport(day.Date, day.ClosesAt))
            .ToListAsync(cancellationToken);
        return new TradingDaysReport(TradingDay.UnitedStates, days);
    }
}
