using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Keeps a refused row out for good: the same one, told again, changes nothing.</summary>
public sealed record DismissQuarantinedRow(Id<QuarantinedRow> RowId, DecisionDraft Draft) : IRequest<QuarantinedRowDetails>;

internal sealed class DismissQuarantinedRowRules : AbstractValidator<DismissQuarantinedRow>
{
    public DismissQuarantinedRowRules() => RuleFor(request => request.Draft.Reason).Why();
}

internal sealed class DismissQuarantinedRowHandler(IDatabase database, IMarketDecisions decisions, ICaller caller, TimeProvider clock)
    : IRequestHandler<DismissQuarantinedRow, QuarantinedRowDetails>
{
    public Task<QuarantinedRowDetails> Handle(DismissQuarantinedRow request, CancellationToken cancellationToken) =>
        decisions.Decide(
            async _ =>
            {
                var row = await database.RowOf(request.RowId, cancellationToken);
                row.Decide(QuarantineStatus.Dismissed, caller.Current.Key, request.Draft.Reason, clock.GetUtcNow());
                await database.SaveChanges(cancellationToken);
                return QuarantinedRowDetails.Of(row);
            },
            cancellationToken
        );
}
