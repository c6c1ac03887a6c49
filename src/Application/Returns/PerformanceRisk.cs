using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>Risk of a portfolio, of all portfolios of a customer as one, or of one stock in them, from daily time-weighted returns.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="AsOf">Day that the last return is of, at the latest.</param>
/// <param name="Currency">Currency that the returns are in; null for a customer without portfolios.</param>
/// <param name="StockId">The one stock looked at; null for the whole.</param>
/// <param name="TimeWeighted">Linked returns of the range.</param>
/// <param name="Risk">The figures; places of the drawdown count trading days with capital.</param>
/// <param name="Benchmark">Against the benchmark; null without one.</param>
/// <param name="Method">What the returns are: <c>dailyTimeWeighted</c> on trading days.</param>
/// <param name="Conventions">What the risk figures are measured by.</param>
/// <param name="FlowTiming">When within its day a flow happens.</param>
/// <param name="DataVersion">Changes if and only if an input of the answer may have changed.</param>
/// <param name="Quality">How far the figures can be relied on, and why figures are null.</param>
public sealed record PerformanceRiskReport(
    DateOnly From,
    DateOnly To,
    DateOnly AsOf,
    Currency? Currency,
    Id<Stock>? StockId,
    double? TimeWeighted,
    RiskReport Risk,
    BenchmarkComparison? Benchmark,
    string Method,
    RiskConventions Conventions,
    FlowTiming FlowTiming,
    string DataVersion,
    QualityReport Quality
);

/// <summary>Against a stock that stands for the market.</summary>
/// <param name="StockId">The benchmark.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Basis">What its returns hold: <c>total</c> with dividends reinvested at the close of the ex-date, <c>split</c> prices only.</param>
/// <param name="TimeWeighted">Its return over the range, in the currency of the figures; null when it has no price at an end.</param>
/// <param name="Figures">The figures, of the days for which both have a return.</param>
/// <param name="SameFlows">What the same cash flows into the benchmark had become.</param>
public sealed record BenchmarkComparison(
    Id<Stock> StockId,
    string Ticker,
    PriceBasis Basis,
    double? TimeWeighted,
    BenchmarkReport Figures,
    SameFlowsReport SameFlows
);

/// <summary>The opening value and every flow, put into units of the benchmark at the close of their day.</summary>
/// <param name="ClosingValue">What the units are worth at the end.</param>
/// <param name="Gain">Closing value - opening value - net inflow.</param>
/// <param name="MoneyWeighted">Yearly internal rate of return.</param>
public sealed record SameFlowsReport(decimal? ClosingValue, decimal? Gain, double? MoneyWeighted);

/// <summary>What to measure risk by.</summary>
internal readonly record struct RiskChoices(decimal? RiskFreeRate, decimal? MinimumAcceptableReturn, FlowTiming? FlowTiming)
{
    public RiskOptions Options => new(RiskOptions.TradingDays, (double)(RiskFreeRate ?? 0), (double)(MinimumAcceptableReturn ?? 0));
}

/// <summary>A benchmark with everything that its levels need.</summary>
internal sealed record LoadedBenchmark(StockFacts Facts, IReadOnlyList<Dividend> Dividends, PriceBasis Basis, RateBook Rates)
{
    /// <summary>Levels in <paramref name="currency"/> on each day; 0 where there is no price or no rate.</summary>
    public double[] Levels(Currency currency, Timeline timeline)
    {
        var levels = new double[timeline.Length];
        var paid = Basis is PriceBasis.Total ? Dividends.Select(dividend => dividend.In(Facts.Currency)).OfType<Dividend>().ToList() : [];
        TotalReturn.Levels(Facts.Prices, Facts.Splits, paid, timeline, levels);
        for (var i = 0; i < levels.Length && Facts.Currency != currency; i++)
            levels[i] *= Rates.On(Facts.Currency, currency, timeline[i]) is { } rate ? rate.ToDouble() : 0;
        return levels;
    }

    /// <summary>Growth from the first of <paramref name="levels"/> to the last.</summary>
    public Measure OverAll(double[] levels, Timeline timeline) =>
        levels[0] > 0 && levels[^1] > 0 ? Measure.Of((levels[^1] / levels[0]) - 1)
        : Facts.Prices.On(timeline.First, Facts.Splits) is null ? Measure.None(ReasonCodes.PriceMissing)
        : Measure.None(ReasonCodes.FxRateMissing);

    /// <summary>Changes if and only if a price, a split, a dividend or a rate of it does.</summary>
    public string Version
    {
        get
        {
            var text = string.Join(
                '\n',
                Dividends.OrderBy(one => one.Id).Select(one => $"{one.ExDate.DayNumber} {one.Amount} {one.Currency}")
            );
            var all = Encoding.UTF8.GetBytes($"{Facts.Id} {Facts.Version} {Rates.Version} {Basis}\n{text}");
            return Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, 8));
        }
    }

    /// <summary>Dividends in another currency than the prices', which a total return leaves out.</summary>
    public int Skipped => Basis is PriceBasis.Total ? Dividends.Count(dividend => dividend.In(Facts.Currency) is null) : 0;
}

internal static class PerformanceRisk
{
    public static PerformanceRiskReport Of(
        LoadedLedgers loaded,
        Id<Stock>? stock,
        DateRange range,
        RiskChoices choices,
        LoadedBenchmark? benchmark
    )
    {
        var ((from, to), timing, options) = (range, choices.FlowTiming ?? FlowTiming.InAtStartOutAtEnd, choices.Options);
        var daily = DailyReturns.Of(loaded.Ledgers, stock, from, to, timing);
        var annualised = Measure.Annualised(daily.TimeWeighted, to.DayNumber - from.DayNumber + 1);
        var risk =
            daily.TimeWeighted is { Value: null, Reason: { } none } ? RiskFigures.None(none)
            : daily.Returns.Length == 0 ? RiskFigures.None(ReasonCodes.TooFewReturns)
            : Risk.Of(daily.Returns, options, annualised) with { Annualised = annualised };
        var named = risk.Named.ToList();
        var comparison = benchmark is null ? null : Compare(loaded, stock, range, daily, benchmark, options, named);
        var missing = benchmark is { Skipped: > 0 and var skipped }
            ? new[]
            {
                new Reason(
                    ReasonCodes.DividendSkipped,
                    benchmark.Facts.Id,
                    null,
                    $"{skipped} dividends of the benchmark are in another currency and left out."
                ),
            }
            : [];
        return new PerformanceRiskReport(
            from,
            to,
            to,
            loaded.Currency,
            stock,
            daily.TimeWeighted.Value,
            RiskReport.Of(risk, place => place == 0 ? daily.Starts.Cast<DateOnly?>().FirstOrDefault() : daily.Days[place - 1]),
            comparison,
            "dailyTimeWeighted",
            RiskConventions.Of(options),
            timing,
            loaded.DataVersion,
            QualityReport.Of(
                loaded
                    .MarksThrough(stock, range)
                    .Concat(MeasureReasons.Of(named.Append(("timeWeighted", daily.TimeWeighted))))
                    .Concat(missing)
            )
        );
    }

    private static BenchmarkComparison Compare(
        LoadedLedgers loaded,
        Id<Stock>? stock,
        DateRange range,
        DailyReturns daily,
        LoadedBenchmark benchmark,
        RiskOptions options,
        List<(string, Measure)> named
    )
    {
        var timeline = new Timeline(range.From.AddDays(-1), range.To);
        var levels = benchmark.Levels(loaded.Currency ?? benchmark.Facts.Currency, timeline);
        double LevelOn(DateOnly day) => levels[timeline.IndexOf(day)];
        var (own, other) = (new List<double>(), new List<double>());
        for (var i = 0; i < daily.Returns.Length; i++)
            if (LevelOn(daily.Starts[i]) is > 0 and var start && LevelOn(daily.Days[i]) is > 0 and var end)
            {
                own.Add(daily.Returns[i]);
                other.Add((end / start) - 1);
            }
        var figures = Benchmark.Of([.. own], [.. other], options);
        var same = SameFlows(loaded, stock, range, LevelOn);
        named.AddRange(figures.Named);
        named.Add(("sameFlows", same.Reason is { } reason ? Measure.None(reason) : same.MoneyWeighted));
        var whole = benchmark.OverAll(levels, timeline);
        named.Add(("benchmark.timeWeighted", whole));
        return new BenchmarkComparison(
            benchmark.Facts.Id,
            benchmark.Facts.Ticker,
            benchmark.Basis,
            whole.Value,
            BenchmarkReport.Of(figures),
            new SameFlowsReport(same.ClosingValue, same.Gain, same.MoneyWeighted.Value)
        );
    }

    private static BenchmarkFlows SameFlows(LoadedLedgers loaded, Id<Stock>? stock, DateRange range, Func<DateOnly, double> levelOn)
    {
        if (History.Days(loaded.Ledgers, stock, range.From, range.To) is not { } days)
            return new BenchmarkFlows(null, null, Measure.None(ReasonCodes.FxRateMissing), ReasonCodes.FxRateMissing);
        BenchmarkFlow flow(DateOnly day, decimal amount) => new(day.DayNumber, amount, (decimal)levelOn(day));
        var flows = days.Skip(1).Where(day => day.Inflow != day.Outflow).Select(day => flow(day.Date, day.Inflow - day.Outflow));
        return BenchmarkFlows.Of(flow(days[0].Date, days[0].Value), [.. flows], range.To.DayNumber, (decimal)levelOn(range.To));
    }
}
