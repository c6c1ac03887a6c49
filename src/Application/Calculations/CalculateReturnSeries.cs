using CleanPortfolio.Application.Returns;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Calculations;

/// <summary>Calculates growth, risk and benchmark figures of a series of periodic returns; nothing is stored.</summary>
public sealed record CalculateReturnSeries(ReturnSeriesDraft Draft) : IRequest<ReturnSeriesReport>;

/// <summary>Returns of consecutive periods, as fractions (0.05 = 5 %), and what to measure them by.</summary>
/// <param name="Returns">The returns in order, 1 to 50000.</param>
/// <param name="Benchmark">Returns of a benchmark: as many, of the same periods, unless both have dates.</param>
/// <param name="Dates">Date of each return, ascending.</param>
/// <param name="BenchmarkDates">Date of each return of the benchmark, ascending: only dates that both have are compared.</param>
/// <param name="PeriodsPerYear">How many returns make a year: 252 for daily, 52 for weekly, 12 for monthly ones.</param>
/// <param name="RiskFreeRate">Yearly, a fraction; of a period it is (1 + rate)^(1 / periods per year) - 1.</param>
/// <param name="MinimumAcceptableReturn">Yearly, a fraction; of a period it is (1 + return)^(1 / periods per year) - 1.</param>
public sealed record ReturnSeriesDraft(
    IReadOnlyList<double> Returns,
    IReadOnlyList<double>? Benchmark = null,
    IReadOnlyList<DateOnly>? Dates = null,
    IReadOnlyList<DateOnly>? BenchmarkDates = null,
    double PeriodsPerYear = RiskOptions.TradingDays,
    decimal RiskFreeRate = 0,
    decimal MinimumAcceptableReturn = 0
);

/// <summary>Figures of a series of returns.</summary>
/// <param name="From">First date; null without dates.</param>
/// <param name="To">Last date; null without dates.</param>
/// <param name="Risk">Of the series alone.</param>
/// <param name="Benchmark">Against the benchmark; null without one.</param>
/// <param name="Method">What was done: <c>periodicReturns</c>.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="Quality">Why figures are null.</param>
public sealed record ReturnSeriesReport(
    DateOnly? From,
    DateOnly? To,
    RiskReport Risk,
    BenchmarkReport? Benchmark,
    string Method,
    RiskConventions Conventions,
    QualityReport Quality
);

internal sealed class CalculateReturnSeriesRules : AbstractValidator<CalculateReturnSeries>
{
    private const int MostReturns = 50_000;

    public CalculateReturnSeriesRules()
    {
        RuleFor(request => request.Draft.Returns)
            .Must(returns => returns is { Count: > 0 and <= MostReturns })
            .WithMessage($"must have 1 to {MostReturns} returns.");
        RuleFor(request => request.Draft.Returns).Custom((returns, context) => Finite(returns, context, "returns"));
        RuleFor(request => request.Draft.Benchmark).Custom((returns, context) => Finite(returns ?? [], context, "benchmark"));
        RuleFor(request => request.Draft.Benchmark)
            .Must((request, benchmark) => benchmark is null or { Count: <= MostReturns })
            .WithMessage($"must have at most {MostReturns} returns.")
            .Must((request, benchmark) => benchmark?.Count == request.Draft.Returns.Count)
            .When(request => request.Draft is { Benchmark: not null, BenchmarkDates: null }, ApplyConditionTo.CurrentValidator)
            .WithMessage("must have as many returns as returns, unless both have dates.");
        RuleFor(request => request.Draft.Dates)
            .Custom((dates, context) => Dated(dates, context.InstanceToValidate.Draft.Returns, context, "dates"));
        RuleFor(request => request.Draft.BenchmarkDates)
            .Custom((dates, context) => Dated(dates, context.InstanceToValidate.Draft.Benchmark ?? [], context, "benchmarkDates"));
        RuleFor(request => request.Draft.Dates)
            .NotNull()
            .When(request => request.Draft.BenchmarkDates is not null)
            .WithMessage("must be given when benchmarkDates are.");
        RuleFor(request => request.Draft.PeriodsPerYear).InclusiveBetween(0.01, 1_000_000).WithMessage("must be from 0.01 to 1000000.");
        RuleFor(request => request.Draft.RiskFreeRate).Must(Rates.IsYearly).WithMessage(Rates.YearlyText);
        RuleFor(request => request.Draft.MinimumAcceptableReturn).Must(Rates.IsYearly).WithMessage(Rates.YearlyText);
    }

    private static void Finite(IReadOnlyList<double> returns, ValidationContext<CalculateReturnSeries> context, string name)
    {
        for (var i = 0; i < returns.Count; i++)
            if (!double.IsFinite(returns[i]))
                context.AddFailure($"{name}[{i}]", "must be a number that a double holds.");
    }

    private static void Dated(
        IReadOnlyList<DateOnly>? dates,
        IReadOnlyList<double> returns,
        ValidationContext<CalculateReturnSeries> context,
        string name
    )
    {
        if (dates is null)
            return;
        if (dates.Count != returns.Count)
            context.AddFailure(name, "must be as many as the returns they date.");
        for (var i = 1; i < dates.Count; i++)
            if (dates[i] <= dates[i - 1])
            {
                context.AddFailure($"{name}[{i}]", "must be after the date before it.");
                return;
            }
    }
}

internal sealed class CalculateReturnSeriesHandler : IRequestHandler<CalculateReturnSeries, ReturnSeriesReport>
{
    public Task<ReturnSeriesReport> Handle(CalculateReturnSeries request, CancellationToken cancellationToken)
    {
        var draft = request.Draft;
        var dates = draft.Dates;
        var options = new RiskOptions(draft.PeriodsPerYear, (double)draft.RiskFreeRate, (double)draft.MinimumAcceptableReturn);
        var risk = Risk.Of([.. draft.Returns], options);
        var benchmark = Compare(draft, options);
        return Task.FromResult(
            new ReturnSeriesReport(
                dates?[0],
                dates?[^1],
                RiskReport.Of(risk, place => place == 0 ? null : dates?[place - 1]),
                benchmark is { } figures ? BenchmarkReport.Of(figures) : null,
                "periodicReturns",
                RiskConventions.Of(options),
                QualityReport.Of(MeasureReasons.Of(risk.Named.Concat(benchmark?.Named ?? [])))
            )
        );
    }

    private static BenchmarkFigures? Compare(ReturnSeriesDraft draft, RiskOptions options)
    {
        if (draft.Benchmark is not { } benchmark)
            return null;
        if (draft is not { Dates: { } dates, BenchmarkDates: { } benchmarkDates })
            return Benchmark.Of([.. draft.Returns], [.. benchmark], options);
        var byDate = benchmarkDates.Zip(benchmark).ToDictionary(pair => pair.First, pair => pair.Second);
        var common = dates.Zip(draft.Returns).Where(pair => byDate.ContainsKey(pair.First)).ToList();
        return Benchmark.Of([.. common.Select(pair => pair.Second)], [.. common.Select(pair => byDate[pair.First])], options);
    }
}

/// <summary>Bounds of yearly rates that clients state.</summary>
internal static class Rates
{
    public const string YearlyText = "must be a fraction above -1 and at most 1000000.";

    public static bool IsYearly(decimal rate) => rate is > -1 and <= 1_000_000;
}
