using System.Security.Cryptography;
using System.Text.Json;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Stocks;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Returns;

/// <summary>What a portfolio would return with further transactions, or without some that it has; nothing is stored.</summary>
public sealed record EvaluateTransactions(Id<Portfolio> PortfolioId, WhatIf Draft) : IRequest<WhatIfReport>;

/// <summary>Changes of a ledger that are only thought of, and the range to look at.</summary>
/// <param name="Transactions">Entries to add, by the rules for those that are recorded; with those to leave out 1 to 500.</param>
/// <param name="Voided">Entries of the ledger to leave out.</param>
/// <param name="From">First day, included; that of the first entry, before or after the changes, when absent.</param>
/// <param name="To">Last day, included; today when absent.</param>
/// <param name="FlowTiming">When within its day a flow happens; <c>inAtStartOutAtEnd</c> when absent.</param>
/// <param name="Currency">Currency of the figures; the portfolio's when absent.</param>
public sealed record WhatIf(
    IReadOnlyList<TransactionDraft> Transactions,
    IReadOnlyList<Id<Transaction>>? Voided = null,
    DateOnly? From = null,
    DateOnly? To = null,
    FlowTiming? FlowTiming = null,
    Currency? Currency = null
);

/// <summary>A portfolio as it is and as it would be, over one range.</summary>
/// <param name="Before">Returns of the stored ledger.</param>
/// <param name="After">Returns of the changed one.</param>
/// <param name="Holdings">Holdings of the changed one at the close of the last day.</param>
public sealed record WhatIfReport(ReturnsReport Before, ReturnsReport After, HoldingsReport Holdings);

internal sealed class EvaluateTransactionsRules : AbstractValidator<EvaluateTransactions>
{
    private const int Most = 500;

    public EvaluateTransactionsRules(TimeProvider clock)
    {
        this.Range(request => request.Draft.From, request => request.Draft.To, clock);
        this.MajorCurrency(request => request.Draft.Currency);
        RuleFor(request => request.Draft.Transactions)
            .Must((request, entries) => entries is { Count: <= Most } && entries.Count + (request.Draft.Voided?.Count ?? 0) > 0)
            .WithMessage($"must be 1 to {Most} transactions; with voided ones none suffices.");
        RuleFor(request => request.Draft.Voided)
            .Must(ids => ids is null || (ids.Count <= Most && ids.Distinct().Count() == ids.Count))
            .WithMessage($"must name at most {Most} transactions, each once.");
        RuleForEach(request => request.Draft.Transactions)
            .NotNull()
            .SetValidator(new TransactionDraftRules())
            .When(request => request.Draft.Transactions is { Count: <= Most });
    }
}

internal sealed class EvaluateTransactionsHandler(LedgerLoader loader, IDatabase database, TimeProvider clock)
    : IRequestHandler<EvaluateTransactions, WhatIfReport>
{
    public async Task<WhatIfReport> Handle(EvaluateTransactions request, CancellationToken cancellationToken)
    {
        var draft = request.Draft;
        var found = await loader.Stored(portfolio => portfolio.Id == request.PortfolioId, cancellationToken);
        var stored = NotFound.Unless(found.SingleOrDefault(), "portfolio", request.PortfolioId);
        await EnsureTheyCount(draft.Voided ?? [], stored, cancellationToken);
        var changed = await Change(stored, draft, cancellationToken);
        var facts = await loader.Facts([stored, changed], cancellationToken);
        List<Transaction> differing = [.. changed.Entries.Except(stored.Entries), .. stored.Entries.Except(changed.Entries)];
        PositionBook.EnsureNeverOversold(
            PositionBook.Concerned(changed.Entries, differing),
            [.. facts.Values.SelectMany(stock => stock.Splits)]
        );

        var before = await loader.Fold([stored], facts, draft.Currency, cancellationToken);
        var folded = await loader.Fold([changed], facts, draft.Currency, cancellationToken);
        var after = folded with { DataVersion = $"{folded.DataVersion}-{VersionOf(draft)}" };
        var both = before with { Ledgers = [.. before.Ledgers, .. after.Ledgers] };
        var range = DateRange.Of(both, draft.From, draft.To, clock);
        return new WhatIfReport(
            Reporting.Returns(before, range, draft.FlowTiming),
            Reporting.Returns(after, range, draft.FlowTiming),
            HoldingsReport.Of(after, range.To)
        );
    }

    private async Task EnsureTheyCount(IReadOnlyList<Id<Transaction>> ids, StoredLedger stored, CancellationToken cancellationToken)
    {
        var others = ids.Except(stored.Entries.Select(entry => entry.Id)).ToList();
        if (others.Count == 0)
            return;
        var known = await database
            .Transactions.Where(entry => entry.PortfolioId == stored.Portfolio.Id && others.Contains(entry.Id))
            .Select(entry => entry.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in others.Except(known))
            throw new NotFound("transaction", id.ToString());
        throw new RuleBroken("transaction.alreadyVoid", $"Transaction {others[0]} is void already.");
    }

    private async Task<StoredLedger> Change(StoredLedger stored, WhatIf draft, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var portfolio = stored.Portfolio;
        var names = await StockNames.Of(database, draft.Transactions.SelectMany(entry => entry.Names()), cancellationToken);
        // Ids a millisecond apart: of one day and kind they follow each other as they are given, after the stored ones.
        var added = draft
            .Transactions.Select(
                (entry, i) => new Transaction(portfolio.Id, entry.ToEntry(names, portfolio.Currency), now.AddMilliseconds(i + 1))
            )
            .ToList();
        foreach (var entry in added)
            if (portfolio.Refusal(entry, UsMarketCalendar.DateOf(now)) is { } refusal)
                throw refusal;
        var voided = (draft.Voided ?? []).ToHashSet();
        return new StoredLedger(portfolio, [.. stored.Entries.Where(entry => !voided.Contains(entry.Id)), .. added]);
    }

    private static string VersionOf(WhatIf draft) =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { draft.Transactions, draft.Voided })).AsSpan(0, 12)
        );
}
