using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Applies a reported split, whatever prices and other reports say; others of its day, or like it within five sessions, are not applied then.</summary>
public sealed record AcceptSplitReport(Id<ReportedSplit> ReportId, DecisionDraft Draft) : IRequest<SplitConflictDetails>;

internal sealed class AcceptSplitReportRules : AbstractValidator<AcceptSplitReport>
{
    public AcceptSplitReportRules() => RuleFor(request => request.Draft.Reason).Why();
}

internal sealed class AcceptSplitReportHandler(SplitDesk desk) : IRequestHandler<AcceptSplitReport, SplitConflictDetails>
{
    public Task<SplitConflictDetails> Handle(AcceptSplitReport request, CancellationToken cancellationToken) =>
        desk.Decide(request.ReportId, SplitDecision.Accepted, request.Draft.Reason, cancellationToken);
}
