using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Sets a day's price by hand. It wins over whatever the provider says of the day, now and later, until it is withdrawn.</summary>
public sealed record OverrideStockPrice(Id<Stock> StockId, DateOnly Date, PriceOverrideDraft Draft) : IRequest<PriceOverrideDetails>;

/// <summary>A price set by hand; the close alone is enough.</summary>
/// <param name="Close">Last price.</param>
/// <param name="Reason">Why, 1 to 1000 characters.</param>
/// <param name="Open">First price; the close if absent.</param>
/// <param name="High">Highest price; the greater of open and close if absent.</param>
/// <param name="Low">Lowest price; the lesser of open and close if absent.</param>
/// <param name="Volume">Shares traded; 0 if absent.</param>
public sealed record PriceOverrideDraft(
    decimal Close,
    string Reason,
    decimal? Open = null,
    decimal? High = null,
    decimal? Low = null,
    decimal? Volume = null
);

/// <summary>A price set by hand.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Date">The session.</param>
/// <param name="Values">The values that count.</param>
/// <param name="Provider">What the provider says of the day; null when it says nothing.</param>
/// <param name="By">Who set it: the audit log's caller, <c>user:</c> or <c>key:</c> and an id, or <c>oidc:</c> and the subject of another issuer's token.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="Version">Another one after each change: in quotes, what If-Match asks for.</param>
public sealed record PriceOverrideDetails(
    Id<Stock> StockId,
    DateOnly Date,
    DailyValues Values,
    DailyValues? Provider,
    string By,
    string Reason,
    DateTimeOffset At,
    uint Version
) : IVersioned
{
    long? IVersioned.Version => Version;

    internal static PriceOverrideDetails Of(ManualPrice manual, DailyValues values) =>
        new(manual.StockId, manual.Date, values, manual.Provider, manual.By, manual.Reason, manual.At, manual.Version);
}

internal sealed class OverrideStockPriceRules : AbstractValidator<OverrideStockPrice>
{
    public OverrideStockPriceRules(TimeProvider clock)
    {
        RuleFor(request => request.Draft.Reason).Why();
        RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    var draft = request.Draft;
                    PriceValues.Check(context, PriceValues.Of(draft.Close, draft.Open, draft.High, draft.Low, draft.Volume));
                    if (request.Date < CommonRules.Earliest)
                        context.AddFailure("date", $"must not be before {CommonRules.Earliest:yyyy-MM-dd}.");
                    if (request.Date > UsMarketCalendar.DateOf(clock.GetUtcNow()))
                        context.AddFailure("date", "must not be in the future.");
                }
            );
    }
}

internal sealed class OverrideStockPriceHandler(
    IDatabase database,
    IMarketDecisions decisions,
    ManualPriceBook book,
    IPreconditions preconditions
) : IRequestHandler<OverrideStockPrice, PriceOverrideDetails>
{
    public Task<PriceOverrideDetails> Handle(OverrideStockPrice request, CancellationToken cancellationToken) =>
        decisions.Decide(
            async changed =>
            {
                var (stock, date, draft) = request;
                if (!await database.Stocks.AnyAsync(known => known.Id == stock, cancellationToken))
                    throw new NotFound("stock", stock.ToString());
                var former = await database.ManualPrices.FirstOrDefaultAsync(
                    price => price.StockId == stock && price.Date == date,
                    cancellationToken
                );
                preconditions.Require(former?.Version);
                var values = PriceValues.Of(draft.Close, draft.Open, draft.High, draft.Low, draft.Volume);
                await book.Set(stock, date, values, draft.Reason, changed, cancellationToken);
                await database.SaveChanges(cancellationToken);
                var manual = await database.ManualPrices.FirstAsync(
                    price => price.StockId == stock && price.Date == date,
                    cancellationToken
                );
                return PriceOverrideDetails.Of(manual, values);
            },
            cancellationToken
        );
}
