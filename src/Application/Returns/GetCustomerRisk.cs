using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>Risk of all portfolios of a customer as one, or of one stock in them, alone and against a benchmark; from the first transaction until today unless told otherwise.</summary>
public sealed record GetCustomerRisk(
    Id<Customer> CustomerId,
    DateOnly? From,
    DateOnly? To,
    Id<Stock>? StockId,
    Id<Stock>? BenchmarkId,
    PriceBasis? BenchmarkBasis,
    decimal? RiskFreeRate,
    decimal? MinimumAcceptableReturn,
    FlowTiming? FlowTiming,
    Currency? Currency
) : IRequest<PerformanceRiskReport>;

internal sealed class GetCustomerRiskRules : AbstractValidator<GetCustomerRisk>
{
    public GetCustomerRiskRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
        RuleFor(request => request.RiskFreeRate).YearlyRate();
        RuleFor(request => request.MinimumAcceptableReturn).YearlyRate();
        RuleFor(request => request.BenchmarkBasis).NotEqual(PriceBasis.Raw).WithMessage("must be split or total.");
    }
}

internal sealed class GetCustomerRiskHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetCustomerRisk, PerformanceRiskReport>
{
    public async Task<PerformanceRiskReport> Handle(GetCustomerRisk request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfCustomer(request.CustomerId, request.Currency, cancellationToken);
        await loader.EnsureStock(request.StockId, cancellationToken);
        var benchmark = await loader.Benchmark(request.BenchmarkId, request.BenchmarkBasis, loaded.Currency, cancellationToken);
        var range = DateRange.Of(loaded, request.From, request.To, clock);
        var choices = new RiskChoices(request.RiskFreeRate, request.MinimumAcceptableReturn, request.FlowTiming);
        return PerformanceRisk.Of(loaded.With(benchmark), request.StockId, range, choices, benchmark);
    }
}
