using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>
/// Records the rows of a file in a ledger, all at once; rows that it holds already are recognised and passed over. A row whose entry was
/// voided by itself is new to the next file that has it.
/// </summary>
public sealed record ImportTransactions(
    Id<Portfolio> PortfolioId,
    Stream File,
    FileFormat? Format,
    string? Source,
    bool? DryRun,
    RowErrorChoice? OnError,
    RowChangeChoice? OnChanged,
    string? Columns,
    string? Kinds,
    string? DateFormat,
    string? DecimalSeparator,
    string? Delimiter
) : IRequest<ImportReport>;

internal sealed class ImportTransactionsRules : AbstractValidator<ImportTransactions>
{
    public ImportTransactionsRules()
    {
        RuleFor(request => request.Source)
            .Must(source => source is null || (source.Trim().Length > 0 && source.Length <= 100 && !source.Any(char.IsControl)))
            .WithMessage("must have 1 to 100 characters, none of them control characters.");
        RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    foreach (var (parameter, text) in new FileLayout(request).Problems)
                        context.AddFailure(parameter, text);
                }
            );
    }
}

internal sealed class ImportTransactionsHandler(IDatabase database, IImportStore store, IPreconditions preconditions, TimeProvider clock)
    : IRequestHandler<ImportTransactions, ImportReport>
{
    private const string DefaultSource = "file";
    private const int MostProblems = 1000;

    public async Task<ImportReport> Handle(ImportTransactions request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        preconditions.Require(portfolio.Version);
        var ignored = new SortedSet<string>(StringComparer.Ordinal);
        var rows = await Read(request, portfolio, ignored, cancellationToken);
        var ledger = await database
            .Transactions.AsNoTracking()
            .Where(entry => entry.PortfolioId == portfolio.Id && entry.VoidedAt == null)
            .ToListAsync(cancellationToken);
        var plan = new ImportPlan(portfolio, rows, ledger)
        {
            ImportId = Id<Import>.New(now),
            Source = request.Source ?? DefaultSource,
            Replace = request.OnChanged is RowChangeChoice.Replace,
            Now = now,
        };
        plan.Recognise();
        var splits = await Splits(rows, ledger, cancellationToken);
        var today = UsMarketCalendar.DateOf(now);
        plan.Check(splits, today);
        var report = Report(plan, rows, portfolio.Id, ignored);
        if (request.DryRun is true)
            return report;
        if (request.OnError is not RowErrorChoice.Skip && report.Counts is not { Conflict: 0, Error: 0 })
            throw new ImportRefused(report);

        var recorded = plan.Recorded.Select(row => row.Candidate!).ToList();
        var replaced = plan.Recorded.Where(row => row.Known is not null).Select(row => row.Known!).ToList();
        if (recorded.Count > 0)
            portfolio.Record(
                recorded,
                replaced,
                PositionBook.Concerned(ledger, [.. recorded, .. replaced]),
                [.. splits.SelectMany(ofStock => ofStock)],
                today,
                now
            );
        var import = new Import(plan.ImportId, portfolio.Id, plan.Source, report.Counts, now);
        await store.Store(import, recorded, replaced, [.. rows.Select(row => Stored(row, import.Id))], cancellationToken);
        return report with { ImportId = import.Id, Version = import.Version };
    }

    private async Task<IReadOnlyList<PlannedRow>> Read(
        ImportTransactions request,
        Portfolio portfolio,
        ISet<string> ignored,
        CancellationToken cancellationToken
    )
    {
        var layout = new FileLayout(request);
        var reader = new RowReader(layout);
        var read = await FileRows.Read(request.File, request.Format ?? FileFormat.Csv, layout, ignored, cancellationToken);
        var rows = read.Select(reader.Read).ToList();
        await RowStocks.Find(database, [.. rows.Where(row => row.Readable)], portfolio.Currency, cancellationToken);
        return rows;
    }

    private async Task<ILookup<Id<Stock>, Split>> Splits(
        IReadOnlyList<PlannedRow> rows,
        IReadOnlyList<Transaction> ledger,
        CancellationToken cancellationToken
    )
    {
        var stocks = rows.SelectMany(row => new[] { row.Entry?.StockId, row.Entry?.IntoStockId })
            .Concat(ledger.SelectMany(entry => new[] { entry.StockId, entry.IntoStockId }))
            .OfType<Id<Stock>>()
            .Distinct()
            .ToList();
        var splits = await database.Splits.AsNoTracking().Where(split => stocks.Contains(split.StockId)).ToListAsync(cancellationToken);
        return splits.ToLookup(split => split.StockId);
    }

    private static ImportReport Report(
        ImportPlan plan,
        IReadOnlyList<PlannedRow> rows,
        Id<Portfolio> portfolioId,
        ICollection<string> ignored
    )
    {
        var count = rows.CountBy(row => row.Outcome).ToDictionary();
        var counts = new RowCounts(
            count.GetValueOrDefault(RowOutcome.New),
            count.GetValueOrDefault(RowOutcome.Same),
            count.GetValueOrDefault(RowOutcome.Changed),
            plan.Recorded.Count(row => row.Known is not null),
            count.GetValueOrDefault(RowOutcome.Conflict),
            count.GetValueOrDefault(RowOutcome.Error)
        );
        var problems = rows.Where(row => row.Outcome is not (RowOutcome.New or RowOutcome.Same)).Take(MostProblems + 1).ToList();
        return new ImportReport(
            null,
            portfolioId,
            plan.Source,
            counts,
            [.. ignored],
            [.. problems.Take(MostProblems).Select(Details)],
            problems.Count > MostProblems
        );
    }

    private static ImportRowDetails Details(PlannedRow row) =>
        new()
        {
            Number = row.Number,
            Outcome = row.Outcome,
            TransactionId = row.Known?.Id,
            Findings = row.Findings,
        };

    private static ImportRow Stored(PlannedRow row, Id<Import> importId) =>
        new(importId, row.Number, row.Outcome, row.Candidate?.Id ?? row.Known?.Id, row.Findings);
}
