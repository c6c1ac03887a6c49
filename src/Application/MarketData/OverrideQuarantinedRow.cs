using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Puts other values in than the provider told: a price that no later row of it replaces, or a split that is applied.</summary>
public sealed record OverrideQuarantinedRow(Id<QuarantinedRow> RowId, OverrideDraft Draft) : IRequest<QuarantinedRowDetails>;

/// <summary>The true values: <c>close</c>, and what is known besides, of a price; <c>from</c> and <c>to</c> of a split.</summary>
/// <param name="Reason">Why, 1 to 1000 characters.</param>
/// <param name="Close">Last price.</param>
/// <param name="Open">First price; the close if absent.</param>
/// <param name="High">Highest price; the greater of open and close if absent.</param>
/// <param name="Low">Lowest price; the lesser of open and close if absent.</param>
/// <param name="Volume">Shares traded; 0 if absent.</param>
/// <param name="From">Old shares.</param>
/// <param name="To">New shares.</param>
public sealed record OverrideDraft(
    string Reason,
    decimal? Close = null,
    decimal? Open = null,
    decimal? High = null,
    decimal? Low = null,
    decimal? Volume = null,
    decimal? From = null,
    decimal? To = null
);

internal sealed class OverrideQuarantinedRowRules : AbstractValidator<OverrideQuarantinedRow>
{
    public OverrideQuarantinedRowRules()
    {
        RuleFor(request => request.Draft.Reason).Why();
        RuleFor(request => request.Draft)
            .Custom(
                (draft, context) =>
                {
                    var isSplit = draft.From is not null || draft.To is not null;
                    if (!isSplit && draft.Close is null)
                        context.AddFailure("close", "is required, or from and to for a split.");
                    foreach (var (name, value) in new[] { ("from", draft.From), ("to", draft.To) })
                        if (isSplit && value is not (> 1e-6m and < 1e9m))
                            context.AddFailure(name, "must be more than 0.000001 and less than 1000000000.");
                    if (isSplit && draft.From == draft.To)
                        context.AddFailure("to", "must not be from: that is no split.");
                    if (draft.Close is { } close)
                        PriceValues.Check(context, PriceValues.Of(close, draft.Open, draft.High, draft.Low, draft.Volume));
                }
            );
    }
}

internal sealed class OverrideQuarantinedRowHandler(
    IDatabase database,
    IMarketDecisions decisions,
    HeldRows held,
    ManualPriceBook book,
    ICaller caller,
    TimeProvider clock
) : IRequestHandler<OverrideQuarantinedRow, QuarantinedRowDetails>
{
    public Task<QuarantinedRowDetails> Handle(OverrideQuarantinedRow request, CancellationToken cancellationToken) =>
        decisions.Decide(
            async changed =>
            {
                var row = await database.RowOf(request.RowId, cancellationToken);
                row.Decide(QuarantineStatus.Overridden, caller.Current.Key, request.Draft.Reason, clock.GetUtcNow());
                await Put(row, request.Draft, changed, cancellationToken);
                await database.SaveChanges(cancellationToken);
                return QuarantinedRowDetails.Of(row);
            },
            cancellationToken
        );

    private async Task Put(QuarantinedRow row, OverrideDraft draft, ChangedStocks changed, CancellationToken cancellationToken)
    {
        var stock = await held.StockOf(row, cancellationToken);
        var date = row.Date ?? throw HeldRows.NotStorable("its day can't be read");
        if (row.Kind is RowKind.Bar && draft.Close is { } close)
        {
            var values = PriceValues.Of(close, draft.Open, draft.High, draft.Low, draft.Volume);
            await book.Set(stock, date, values, draft.Reason, changed, cancellationToken);
        }
        else if (row.Kind is RowKind.Split && draft is { From: { } from, To: { } to })
        {
            var report = new ReportedSplit(stock, date, from, to, null, clock.GetUtcNow());
            report.Decide(SplitDecision.Accepted, caller.Current.Key, draft.Reason, clock.GetUtcNow());
            await held.AddSplit(report, changed, cancellationToken);
        }
        else
        {
            throw HeldRows.NotStorable($"these are not the values of a {Text(row.Kind)}, or it is not overridden here");
        }
    }

    private static string Text(RowKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
