using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>
/// Puts a refused row in after all, as it was told. A price that is let through is not held again; a row whose ticker was unknown goes to
/// the stock that is known to have borne it by now.
/// </summary>
public sealed record ReleaseQuarantinedRow(Id<QuarantinedRow> RowId, DecisionDraft Draft) : IRequest<QuarantinedRowDetails>;

internal sealed class ReleaseQuarantinedRowRules : AbstractValidator<ReleaseQuarantinedRow>
{
    public ReleaseQuarantinedRowRules() => RuleFor(request => request.Draft.Reason).Why();
}

internal sealed class ReleaseQuarantinedRowHandler(
    IDatabase database,
    IMarketDecisions decisions,
    HeldRows held,
    ICaller caller,
    TimeProvider clock
) : IRequestHandler<ReleaseQuarantinedRow, QuarantinedRowDetails>
{
    public Task<QuarantinedRowDetails> Handle(ReleaseQuarantinedRow request, CancellationToken cancellationToken) =>
        decisions.Decide(
            async changed =>
            {
                var row = await database.RowOf(request.RowId, cancellationToken);
                row.Decide(QuarantineStatus.Released, caller.Current.Key, request.Draft.Reason, clock.GetUtcNow());
                await held.PutIn(row, changed, cancellationToken);
                await database.SaveChanges(cancellationToken);
                return QuarantinedRowDetails.Of(row);
            },
            cancellationToken
        );
}
