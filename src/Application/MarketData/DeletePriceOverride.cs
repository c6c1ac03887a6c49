using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Withdraws a price that was set by hand: the provider's value returns, or no price if it has none.</summary>
public sealed record DeletePriceOverride(Id<Stock> StockId, DateOnly Date, string Reason) : IRequest;

internal sealed class DeletePriceOverrideRules : AbstractValidator<DeletePriceOverride>
{
    public DeletePriceOverrideRules() => RuleFor(request => request.Reason).Why();
}

internal sealed class DeletePriceOverrideHandler(
    IDatabase database,
    IMarketDecisions decisions,
    ManualPriceBook book,
    IPreconditions preconditions
) : IRequestHandler<DeletePriceOverride, Unit>
{
    public Task<Unit> Handle(DeletePriceOverride request, CancellationToken cancellationToken) =>
        decisions.Decide(
            async changed =>
            {
                var found = await database.ManualPrices.FirstOrDefaultAsync(
                    price => price.StockId == request.StockId && price.Date == request.Date,
                    cancellationToken
                );
                var manual = NotFound.Unless(found, "priceOverride", $"of {request.StockId} on {request.Date:yyyy-MM-dd}");
                preconditions.Require(manual.Version);
                var present = await book.Present(request.StockId, request.Date, cancellationToken);
                book.Withdraw(manual, present, request.Reason, changed);
                await database.SaveChanges(cancellationToken);
                return Unit.Value;
            },
            cancellationToken
        );
}
