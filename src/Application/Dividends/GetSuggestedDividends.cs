using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Dividends;

/// <summary>
/// The dividends of the market data for which a portfolio held shares at the close before the ex-date, all that are known unless told
/// otherwise: booked or not, and those to come.
/// </summary>
public sealed record GetSuggestedDividends(Id<Portfolio> PortfolioId, DateOnly? From, DateOnly? To, SuggestionStatus? Status)
    : IRequest<SuggestedDividendsReport>;

/// <summary>Suggested dividends by ex-date, then by ticker.</summary>
/// <param name="PortfolioId">The portfolio.</param>
/// <param name="AsOf">Today: ex-dates after it are upcoming.</param>
/// <param name="Dividends">The dividends.</param>
public sealed record SuggestedDividendsReport(Id<Portfolio> PortfolioId, DateOnly AsOf, IReadOnlyList<SuggestedDividendReport> Dividends);

/// <summary>One dividend, as the market data tell it today, and its booking.</summary>
/// <param name="DividendId">The dividend: it stays the same when the provider corrects it.</param>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="ExDate">Who holds shares at the close before this day is paid.</param>
/// <param name="PayDate">Day of payment, if known.</param>
/// <param name="PerShare">Cash per share held at that close.</param>
/// <param name="Currency">Currency of the amounts.</param>
/// <param name="Quantity">Shares held at that close, in shares of that day.</param>
/// <param name="Gross">quantity x perShare.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="TransactionId">The entry that books it, or may do so; null when there is none.</param>
/// <param name="RecordedAmount">Gross amount of that entry.</param>
/// <param name="RecordedCurrency">Currency of that entry.</param>
/// <param name="RecordedOn">Date of that entry.</param>
public sealed record SuggestedDividendReport(
    Id<Dividend> DividendId,
    Id<Stock> StockId,
    string Ticker,
    DateOnly ExDate,
    DateOnly? PayDate,
    decimal PerShare,
    Currency Currency,
    decimal Quantity,
    decimal Gross,
    SuggestionStatus Status,
    Id<Transaction>? TransactionId,
    decimal? RecordedAmount,
    Currency? RecordedCurrency,
    DateOnly? RecordedOn
);

internal sealed class GetSuggestedDividendsRules : AbstractValidator<GetSuggestedDividends>
{
    public GetSuggestedDividendsRules() =>
        RuleFor(request => request.From)
            .Must((request, from) => from is null || request.To is null || from <= request.To)
            .WithMessage("must not be after to.")
            .Must((request, from) => !(request.To?.DayNumber - from?.DayNumber > CommonRules.LongestRangeInDays))
            .WithMessage("must not be more than 100 years before to.");
}

internal sealed class GetSuggestedDividendsHandler(LedgerLoader loader, IDatabase database, TimeProvider clock)
    : IRequestHandler<GetSuggestedDividends, SuggestedDividendsReport>
{
    public async Task<SuggestedDividendsReport> Handle(GetSuggestedDividends request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, reporting: null, cancellationToken);
        var today = UsMarketCalendar.DateOf(clock.GetUtcNow());
        var suggestions = await database.SuggestedDividends(loaded.Ledgers[0], today, cancellationToken);
        var (from, to) = (request.From ?? DateOnly.MinValue, request.To ?? DateOnly.MaxValue);
        return new SuggestedDividendsReport(
            request.PortfolioId,
            today,
            [
                .. suggestions
                    .Where(one => one.Suggestion.Dividend.ExDate >= from && one.Suggestion.Dividend.ExDate <= to)
                    .Where(one => request.Status is null || one.Suggestion.Status == request.Status)
                    .Select(one => Report(one.Stock, one.Suggestion)),
            ]
        );
    }

    private static SuggestedDividendReport Report(StockFacts stock, SuggestedDividend suggestion) =>
        new(
            suggestion.Dividend.Id,
            stock.Id,
            stock.Ticker,
            suggestion.Dividend.ExDate,
            suggestion.Dividend.PayDate,
            suggestion.Dividend.Amount,
            suggestion.Dividend.Currency,
            suggestion.Quantity,
            suggestion.Gross,
            suggestion.Status,
            suggestion.Entry?.Id,
            suggestion.Entry?.Amount,
            suggestion.Entry?.Currency,
            suggestion.Entry?.Date
        );
}

internal static class SuggestionQueries
{
    /// <summary>The dividends of every stock of a ledger, by ex-date, then by ticker.</summary>
    public static async Task<List<(StockFacts Stock, SuggestedDividend Suggestion)>> SuggestedDividends(
        this IDatabase database,
        Ledger ledger,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var stocks = ledger.Stocks.Select(stock => stock.Facts.Id).ToList();
        var dividends = await database
            .Dividends.AsNoTracking()
            .Where(dividend => stocks.Contains(dividend.StockId) && dividend.ExDate >= CommonRules.Earliest)
            .ToListAsync(cancellationToken);
        var byStock = dividends.ToLookup(dividend => dividend.StockId);
        return
        [
            .. ledger
                .Stocks.SelectMany(stock =>
                    Domain
                        .Portfolios.SuggestedDividends.Of(stock.Position, stock.Entries, [.. byStock[stock.Facts.Id]], today)
                        .Select(suggestion => (stock.Facts, suggestion))
                )
                .OrderBy(one => one.suggestion.Dividend.ExDate)
                .ThenBy(one => one.Facts.Ticker, StringComparer.Ordinal)
                .ThenBy(one => one.suggestion.Dividend.Id),
        ];
    }
}
