using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.ExchangeRates;

/// <summary>The stored rates of a pair by day, oldest first; those of the other direction and crossed ones are not among them.</summary>
public sealed record ListExchangeRates(Currency Base, Currency Quote, DateOnly? From, DateOnly? To, string? Cursor, int? Limit)
    : IRequest<Page<ExchangeRateDetails>>;

/// <summary>A stored rate.</summary>
/// <param name="Base">The currency of which one unit is priced.</param>
/// <param name="Quote">The currency that it is priced in.</param>
/// <param name="Date">The day.</param>
/// <param name="Rate">Quote currency per base currency.</param>
/// <param name="Source"><c>provider</c> or <c>upload</c>.</param>
public sealed record ExchangeRateDetails(Currency Base, Currency Quote, DateOnly Date, decimal Rate, string Source);

internal sealed class ListExchangeRatesRules : AbstractValidator<ListExchangeRates>
{
    public ListExchangeRatesRules(TimeProvider clock)
    {
        RuleFor(request => request.Base).Major();
        RuleFor(request => request.Quote).Major();
        RuleFor(request => request.Quote).NotEqual(request => request.Base).WithMessage("must not be the base currency.");
        RuleFor(request => request.Limit).Limit();
        this.Range(request => request.From, request => request.To, clock);
    }
}

internal sealed class ListExchangeRatesHandler(IDatabase database) : IRequestHandler<ListExchangeRates, Page<ExchangeRateDetails>>
{
    public async Task<Page<ExchangeRateDetails>> Handle(ListExchangeRates request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rates = database.ExchangeRates.Where(rate => rate.Base == request.Base && rate.Quote == request.Quote);
        if (request.From is { } from)
            rates = rates.Where(rate => rate.Date >= from);
        if (request.To is { } to)
            rates = rates.Where(rate => rate.Date <= to);
        if (Cursor.Date(request.Cursor) is { } after)
            rates = rates.Where(rate => rate.Date > after);
        var page = await rates
            .OrderBy(rate => rate.Date)
            .Take(limit + 1)
            .Select(rate => new ExchangeRateDetails(rate.Base, rate.Quote, rate.Date, rate.Rate, rate.Source!))
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, rate => [rate.Date]);
    }
}
