using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Leaves a reported split out, whatever prices say.</summary>
public sealed record RejectSplitReport(Id<ReportedSplit> ReportId, DecisionDraft Draft) : IRequest<SplitConflictDetails>;

internal sealed class RejectSplitReportRules : AbstractValidator<RejectSplitReport>
{
    public RejectSplitReportRules() => RuleFor(request => request.Draft.Reason).Why();
}

internal sealed class RejectSplitReportHandler(SplitDesk desk) : IRequestHandler<RejectSplitReport, SplitConflictDetails>
{
    public Task<SplitConflictDetails> Handle(RejectSplitReport request, CancellationToken cancellationToken) =>
        desk.Decide(request.ReportId, SplitDecision.Rejected, request.Draft.Reason, cancellationToken);
}
