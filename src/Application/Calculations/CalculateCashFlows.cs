using CleanPortfolio.Application.Returns;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Calculations;

/// <summary>Calculates the rate and the present value of dated flows, and the returns of a period with flows; nothing is stored.</summary>
public sealed record CalculateCashFlows(CashFlowsDraft Draft) : IRequest<CashFlowsReport>;

/// <summary>
/// Flows as the investor sees them, a period with external flows as the portfolio sees them, or both: each part is answered by itself.
/// </summary>
/// <param name="Flows">For XIRR and XNPV, as in a spreadsheet: paid in is negative, received is positive. Any order, at most 10000.</param>
/// <param name="Rate">Yearly rate that <c>netPresentValue</c> discounts the flows by, a fraction above -1.</param>
/// <param name="Period">A range with its values at both ends.</param>
public sealed record CashFlowsDraft(IReadOnlyList<CashFlow>? Flows = null, decimal? Rate = null, PeriodDraft? Period = null);

/// <summary>A range with its values at both ends and what crossed its border; money of one currency.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="OpeningValue">Value at the close of the day before <c>from</c>.</param>
/// <param name="ClosingValue">Value at the close of <c>to</c>.</param>
/// <param name="Flows">External flows: paid into the portfolio is positive, taken out is negative. Any order, at most 10000.</param>
public sealed record PeriodDraft(
    DateOnly From,
    DateOnly To,
    decimal OpeningValue,
    decimal ClosingValue,
    IReadOnlyList<CashFlow>? Flows = null
);

/// <summary>Money on a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Amount">The money; its sign is the direction.</param>
public sealed record CashFlow(DateOnly Date, decimal Amount);

/// <summary>What the flows and the period returned; ratios are fractions (0.05 = 5 %). A figure that was not asked for is null.</summary>
/// <param name="From">Day of the first flow; null without flows.</param>
/// <param name="To">Day of the last flow; null without flows.</param>
/// <param name="MoneyWeighted">Yearly rate at which the present value of the flows is 0 (XIRR).</param>
/// <param name="MoneyWeightedPeriod">The same over the days from the first flow to the last.</param>
/// <param name="Residual">|present value at that rate| / sum of absolute flows: how near to 0 the nearest double comes.</param>
/// <param name="NetPresentValue">Of the flows at <c>rate</c>, on the day of the first flow (XNPV); to 15 digits.</param>
/// <param name="Period">Of the period; null when there was none.</param>
/// <param name="Method">What was done: <c>cashFlows</c>.</param>
/// <param name="Conventions">The choices that the figures follow.</param>
/// <param name="Quality">Why figures are null.</param>
public sealed record CashFlowsReport(
    DateOnly? From,
    DateOnly? To,
    double? MoneyWeighted,
    double? MoneyWeightedPeriod,
    double? Residual,
    decimal? NetPresentValue,
    PeriodReport? Period,
    string Method,
    CashFlowsConventions Conventions,
    QualityReport Quality
);

/// <summary>Of a period. gain = closingValue - openingValue - inflows + outflows.</summary>
/// <param name="Days">Calendar days, both ends included.</param>
/// <param name="Inflows">Sum of what was paid in.</param>
/// <param name="Outflows">Sum of what was taken out.</param>
/// <param name="Gain">What was gained.</param>
/// <param name="SimpleReturn">gain / (openingValue + inflows).</param>
/// <param name="ModifiedDietz">gain / (openingValue + sum of w F), w = (days - D) / days for a flow on the D-th day.</param>
/// <param name="MoneyWeighted">XIRR of -openingValue on the day before <c>from</c>, the flows, and closingValue on <c>to</c>.</param>
/// <param name="MoneyWeightedPeriod">The same over the period.</param>
public sealed record PeriodReport(
    int Days,
    decimal Inflows,
    decimal Outflows,
    decimal Gain,
    double? SimpleReturn,
    double? ModifiedDietz,
    double? MoneyWeighted,
    double? MoneyWeightedPeriod
);

/// <summary>The choices that the figures follow.</summary>
/// <param name="DayCount">How days become years: actual days over 365.</param>
/// <param name="FlowSign">Whose sign <c>flows</c> have: the investor's, paid in is negative.</param>
/// <param name="PeriodFlowSign">Whose sign <c>period.flows</c> have: the portfolio's, paid in is positive.</param>
/// <param name="Roots">Which rate is given when there are several.</param>
/// <param name="Range">Both ends included; the opening value is that of the day before.</param>
/// <param name="FlowTiming">When within its day a flow of the period happens, for Modified Dietz.</param>
public sealed record CashFlowsConventions(
    string DayCount,
    string FlowSign,
    string PeriodFlowSign,
    string Roots,
    string Range,
    string FlowTiming
)
{
    internal static CashFlowsConventions All { get; } = new("ACT/365F", "investor", "portfolio", "nearestToZero", "inclusive", "endOfDay");
}

internal sealed class CalculateCashFlowsRules : AbstractValidator<CalculateCashFlows>
{
    private const int MostFlows = 10_000;
    private const decimal Greatest = 1e18m;
    private const string GreatestText = "must be from -1e18 to 1e18.";

    public CalculateCashFlowsRules()
    {
        RuleFor(request => request.Draft.Flows)
            .NotNull()
            .When(request => request.Draft.Period is null || request.Draft.Rate is not null)
            .WithMessage("must be given when a period is not, or a rate is.");
        RuleFor(request => request.Draft.Flows)
            .Must(flows => flows is null or { Count: > 0 and <= MostFlows })
            .WithMessage($"must be 1 to {MostFlows} flows.");
        RuleFor(request => request.Draft.Flows).Custom((flows, context) => Shaped(flows, context, "flows"));
        RuleFor(request => request.Draft.Rate).Must(rate => rate is not { } one || Rates.IsYearly(one)).WithMessage(Rates.YearlyText);
        When(
            request => request.Draft.Period is not null,
            () =>
            {
                RuleFor(request => request.Draft.Period!.OpeningValue).InclusiveBetween(-Greatest, Greatest).WithMessage(GreatestText);
                RuleFor(request => request.Draft.Period!.ClosingValue).InclusiveBetween(-Greatest, Greatest).WithMessage(GreatestText);
                RuleFor(request => request.Draft.Period!.From)
                    .Must((request, from) => from <= request.Draft.Period!.To)
                    .WithMessage("must not be after to.")
                    .GreaterThan(DateOnly.MinValue)
                    .WithMessage("must have a day before it.");
                RuleFor(request => request.Draft.Period!.Flows)
                    .Must(flows => flows is null or { Count: <= MostFlows })
                    .WithMessage($"must be at most {MostFlows} flows.")
                    .Custom((flows, context) => Shaped(flows, context, "period.flows"))
                    .Custom((flows, context) => Inside(flows, context));
            }
        );
    }

    private static void Shaped(IReadOnlyList<CashFlow>? flows, ValidationContext<CalculateCashFlows> context, string name)
    {
        for (var i = 0; i < flows?.Count; i++)
            if (flows[i] is null)
                context.AddFailure($"{name}[{i}]", "must not be null.");
            else if (Math.Abs(flows[i].Amount) > Greatest)
                context.AddFailure($"{name}[{i}].amount", GreatestText);
    }

    private static void Inside(IReadOnlyList<CashFlow>? flows, ValidationContext<CalculateCashFlows> context)
    {
        var period = context.InstanceToValidate.Draft.Period!;
        for (var i = 0; i < flows?.Count; i++)
            if (flows[i] is { } flow && (flow.Date < period.From || flow.Date > period.To))
                context.AddFailure($"period.flows[{i}].date", "must be from from to to.");
    }
}

internal sealed class CalculateCashFlowsHandler : IRequestHandler<CalculateCashFlows, CashFlowsReport>
{
    public Task<CashFlowsReport> Handle(CalculateCashFlows request, CancellationToken cancellationToken)
    {
        var (flows, rate, period) = request.Draft;
        var named = new List<(string, Measure)>();
        var (from, to) = (flows?.Min(flow => flow.Date), flows?.Max(flow => flow.Date));
        int[] days = [.. (flows ?? []).Select(flow => flow.Date.DayNumber)];
        double[] amounts = [.. (flows ?? []).Select(flow => Exact.ToDouble(flow.Amount))];
        var yearly = flows is null ? default : Xirr.Of(days, amounts);
        var whole = flows is null ? default : MoneyWeighted.OverDays(yearly, days.Max() - days.Min());
        var value = rate is { } one && flows is not null ? PresentValue(days, amounts, (double)one) : default;
        named.AddRange([("moneyWeighted", yearly), ("moneyWeightedPeriod", whole), ("netPresentValue", value)]);
        var report = new CashFlowsReport(
            from,
            to,
            yearly.Value,
            whole.Value,
            yearly.Value is { } found ? Measure.Of(Xirr.Residual(days, amounts, found)).Value : null,
            (decimal?)value.Value,
            period is null ? null : Report(period, named),
            "cashFlows",
            CashFlowsConventions.All,
            QualityReport.Of(MeasureReasons.Of(named))
        );
        return Task.FromResult(report);
    }

    // An amount of money leaves as a decimal, which holds less than a double.
    private static Measure PresentValue(int[] days, double[] amounts, double rate) =>
        Xirr.NetPresentValue(days, amounts, rate) is var value && Math.Abs(value) < 7.9e28
            ? Measure.Of(value)
            : Measure.None(ReasonCodes.OutOfRange);

    private static PeriodReport Report(PeriodDraft period, List<(string, Measure)> named)
    {
        var length = period.To.DayNumber - period.From.DayNumber + 1;
        var flows = period.Flows ?? [];
        var inflows = flows.Sum(flow => Math.Max(flow.Amount, 0));
        var outflows = flows.Sum(flow => Math.Max(-flow.Amount, 0));
        var gain = period.ClosingValue - period.OpeningValue - inflows + outflows;
        int[] days = [.. flows.Select(flow => flow.Date.DayNumber - period.From.DayNumber + 1)];
        double[] amounts = [.. flows.Select(flow => Exact.ToDouble(flow.Amount))];
        var (opening, closing) = (Exact.ToDouble(period.OpeningValue), Exact.ToDouble(period.ClosingValue));
        var simple = Exact.Ratio(gain, period.OpeningValue + inflows) is { } ratio
            ? Measure.Of(ratio)
            : Measure.None(ReasonCodes.NoCapital);
        var dietz = ModifiedDietz.Of(opening, closing, days, amounts, length);
        var yearly = MoneyWeighted.Of(opening, closing, days, amounts, length);
        var whole = MoneyWeighted.OverDays(yearly, length);
        named.AddRange([
            ("period.simpleReturn", simple),
            ("period.modifiedDietz", dietz),
            ("period.moneyWeighted", yearly),
            ("period.moneyWeightedPeriod", whole),
        ]);
        return new PeriodReport(length, inflows, outflows, gain, simple.Value, dietz.Value, yearly.Value, whole.Value);
    }
}
