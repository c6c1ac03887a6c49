using AutoMapper;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Dividends;

/// <summary>Books suggested dividends, chosen ones or all that are open: each once, however often it is accepted.</summary>
public sealed record AcceptDividends(Id<Portfolio> PortfolioId, DividendChoice Draft) : IRequest<AcceptedDividends>;

/// <summary>Which dividends to book, and how.</summary>
/// <param name="DividendIds">These, at most 1000; a possibly recorded one too.</param>
/// <param name="All">Instead: all that are open today.</param>
/// <param name="BookOn">The day on which they enter the ledger.</param>
/// <param name="Taxes">Taxes withheld; of a dividend that is not named nothing was.</param>
public sealed record DividendChoice(
    IReadOnlyList<Id<Dividend>>? DividendIds = null,
    bool? All = null,
    BookOn BookOn = BookOn.ExDate,
    IReadOnlyList<DividendTax>? Taxes = null
);

/// <summary>Tax withheld from a dividend.</summary>
/// <param name="DividendId">The dividend.</param>
/// <param name="Tax">In the dividend's currency, from 0 to 1e12, at most 10 decimals.</param>
public sealed record DividendTax(Id<Dividend> DividendId, decimal Tax);

/// <summary>What became of the choice.</summary>
/// <param name="Booked">The new entries of the ledger, by date.</param>
/// <param name="Skipped">What was not booked; of all, those that are recorded as they should be are not told.</param>
public sealed record AcceptedDividends(IReadOnlyList<TransactionDetails> Booked, IReadOnlyList<SkippedDividend> Skipped);

/// <summary>A dividend that was not booked.</summary>
/// <param name="DividendId">The dividend.</param>
/// <param name="Reason"><c>alreadyRecorded</c>, <c>possiblyRecorded</c>, <c>notEntitled</c>, <c>notYet</c>, <c>payDateUnknown</c>,
/// <c>payDateAfterToday</c>, <c>tooSmall</c>.</param>
/// <param name="Detail">For people.</param>
public sealed record SkippedDividend(Id<Dividend> DividendId, string Reason, string Detail);

internal sealed class AcceptDividendsRules : AbstractValidator<AcceptDividends>
{
    private const int MostIds = 1000;

    public AcceptDividendsRules()
    {
        RuleFor(request => request.Draft.DividendIds)
            .Must(ids => ids is null or { Count: > 0 and <= MostIds })
            .WithMessage($"must name 1 to {MostIds} dividends.");
        RuleFor(request => request.Draft.DividendIds)
            .Must((request, ids) => ids is null != (request.Draft.All is not true))
            .WithMessage("either these or all must be given.");
        RuleForEach(request => request.Draft.Taxes).NotNull();
        RuleFor(request => request.Draft.Taxes)
            .Must(taxes => taxes is null || taxes.DistinctBy(tax => tax?.DividendId).Count() == taxes.Count)
            .WithMessage("must name each dividend once.");
        RuleForEach(request => request.Draft.Taxes)
            .Must(tax =>
                tax is null
                || (
                    tax.Tax >= 0
                    && tax.Tax <= TransactionShape.GreatestAmount
                    && decimal.Round(tax.Tax, TransactionShape.Decimals) == tax.Tax
                )
            )
            .WithMessage($"tax must be from 0 to {TransactionShape.GreatestAmount}, of at most {TransactionShape.Decimals} decimals.");
        RuleForEach(request => request.Draft.Taxes)
            .Must((request, tax) => tax is null || request.Draft.DividendIds is not { } ids || ids.Contains(tax.DividendId))
            .WithMessage("must be of a dividend that is accepted.");
    }
}

internal sealed class AcceptDividendsHandler(
    LedgerLoader loader,
    IDatabase database,
    IMapper mapper,
    IPreconditions preconditions,
    TimeProvider clock
) : IRequestHandler<AcceptDividends, AcceptedDividends>
{
    public async Task<AcceptedDividends> Handle(AcceptDividends request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = UsMarketCalendar.DateOf(now);
        // Before the ledger: whoever changes it meanwhile raises the version, and this save fails.
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        preconditions.Require(portfolio.Version);
        var loaded = await loader.OfPortfolio(request.PortfolioId, reporting: null, cancellationToken);
        var suggestions = (await database.SuggestedDividends(loaded.Ledgers[0], today, cancellationToken)).ConvertAll(one =>
            one.Suggestion
        );
        var choice = request.Draft;
        var chosen = choice.DividendIds is { } ids ? await Chosen(ids, suggestions, cancellationToken) : AllOf(suggestions, choice);
        var (booked, skipped) = (new List<Transaction>(), new List<SkippedDividend>());
        foreach (var (id, suggestion) in chosen)
        {
            if (WhyNot(suggestion, choice, today) is { } why)
                skipped.Add(new SkippedDividend(id, why.Reason, why.Detail));
            else
                booked.Add(Book(portfolio, suggestion!, choice, today, now));
        }
        database.Transactions.AddRange(booked);
        await database.SaveChanges(cancellationToken);
        return new AcceptedDividends(booked.OrderBy(entry => entry.Date).Select(mapper.Map<TransactionDetails>).ToList(), skipped);
    }

    private async Task<List<(Id<Dividend>, SuggestedDividend?)>> Chosen(
        IReadOnlyList<Id<Dividend>> ids,
        List<SuggestedDividend> suggestions,
        CancellationToken cancellationToken
    )
    {
        var known = await database.Dividends.Where(d => ids.Contains(d.Id)).Select(d => d.Id).ToListAsync(cancellationToken);
        foreach (var id in ids.Except(known))
            throw new NotFound("dividend", id.ToString());
        var byId = suggestions.ToDictionary(suggestion => suggestion.Dividend.Id);
        var chosen = ids.Distinct().Select(id => (id, byId.GetValueOrDefault(id))).ToList();
        if (chosen.Find(one => one.Item2?.Status is SuggestionStatus.Upcoming).Item2 is { } upcoming)
            throw new RuleBroken(
                "dividend.notYet",
                $"The ex-date of dividend {upcoming.Dividend.Id} is {upcoming.Dividend.ExDate:yyyy-MM-dd}, after today."
            );
        return chosen;
    }

    private static List<(Id<Dividend>, SuggestedDividend?)> AllOf(List<SuggestedDividend> suggestions, DividendChoice choice)
    {
        var taxed = (choice.Taxes ?? []).Select(tax => tax.DividendId).ToList();
        return
        [
            .. suggestions
                .Where(one => one.Status is not SuggestionStatus.Recorded || taxed.Contains(one.Dividend.Id))
                .Select(one => (one.Dividend.Id, (SuggestedDividend?)one)),
            .. taxed.Except(suggestions.Select(one => one.Dividend.Id)).Select(id => (id, (SuggestedDividend?)null)),
        ];
    }

    private static (string Reason, string Detail)? WhyNot(SuggestedDividend? suggestion, DividendChoice choice, DateOnly today) =>
        suggestion switch
        {
            null => ("notEntitled", "No share was held at the close before the ex-date."),
            { Status: SuggestionStatus.Recorded or SuggestionStatus.Changed, Entry: { } entry } => (
                "alreadyRecorded",
                $"Transaction {entry.Id} books it."
            ),
            { Status: SuggestionStatus.PossiblyRecorded, Entry: { } entry } when choice.All is true => (
                "possiblyRecorded",
                $"Transaction {entry.Id} may be it; accept it by its id if it is not."
            ),
            { Status: SuggestionStatus.Upcoming } => ("notYet", $"Its ex-date is {suggestion.Dividend.ExDate:yyyy-MM-dd}, after today."),
            { Gross: 0 } => ("tooSmall", $"{suggestion.Quantity} x {suggestion.Dividend.Amount} is nothing to {Exact.Decimals} decimals."),
            _ => suggestion.DayOf(choice.BookOn) switch
            {
                null => ("payDateUnknown", "The market data do not tell the day of payment."),
                { } day when day > today => ("payDateAfterToday", $"It is paid on {day:yyyy-MM-dd}."),
                _ => null,
            },
        };

    private static Transaction Book(
        Portfolio portfolio,
        SuggestedDividend suggestion,
        DividendChoice choice,
        DateOnly today,
        DateTimeOffset now
    )
    {
        var dividend = suggestion.Dividend;
        var tax = choice.Taxes?.FirstOrDefault(tax => tax.DividendId == dividend.Id)?.Tax ?? 0m;
        var entry = new Entry(
            TransactionKind.Dividend,
            suggestion.DayOf(choice.BookOn)!.Value,
            dividend.StockId,
            Quantity: null,
            UnitPrice: null,
            suggestion.Gross,
            Fee: 0,
            tax,
            dividend.Currency,
            FxRate: null,
            AcquiredOn: null,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{suggestion.Quantity} shares x {dividend.Amount} {dividend.Currency}, ex {dividend.ExDate:yyyy-MM-dd}"
            ),
            ExternalId: null
        );
        var transaction = new Transaction(portfolio.Id, entry, now, dividend.Id);
        // It moves no shares, so nothing of the stock's history can refuse it.
        portfolio.Record(transaction, [], [], today);
        return transaction;
    }
}
