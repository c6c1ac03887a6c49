using System.Runtime.InteropServices;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>The returns of one range that need more than its ends.</summary>
/// <param name="TimeWeighted">Linked daily returns.</param>
/// <param name="MoneyWeighted">Yearly internal rate of return of the opening value, the flows and the closing value.</param>
/// <param name="ModifiedDietz">Gain over average capital.</param>
/// <param name="Days">Calendar days of the range.</param>
/// <param name="Contribution">
/// What this part of the whole contributed to the whole's time-weighted return; those of all stocks and of cash add up to it. Null when the
/// whole has none, or this part no values.
/// </param>
public sealed record Measures(Measure TimeWeighted, Measure MoneyWeighted, Measure ModifiedDietz, int Days, double? Contribution = null)
{
    /// <summary>Yearly rate of <see cref="TimeWeighted"/>, for ranges of 365 days or more.</summary>
    public Measure Annualised => Measure.Annualised(TimeWeighted, Days);

    /// <summary><see cref="MoneyWeighted"/> over the range: (1 + r)^(days / 365) - 1.</summary>
    public Measure MoneyWeightedPeriod => Returns.MoneyWeighted.OverDays(MoneyWeighted, Days);

    /// <summary>Each with its name; those that follow from another only where they have a reason of their own.</summary>
    public IEnumerable<(string Name, Measure Measure)> Named =>
        new[]
        {
            ("timeWeighted", TimeWeighted),
            ("moneyWeighted", MoneyWeighted),
            ("modifiedDietz", ModifiedDietz),
            ("moneyWeightedPeriod", MoneyWeightedPeriod.Reason == MoneyWeighted.Reason ? default : MoneyWeightedPeriod),
            ("timeWeightedAnnualised", Annualised.Reason is ReasonCodes.OutOfRange ? Annualised : default),
        };

    /// <summary>None of them, for one reason.</summary>
    public static Measures None(string reason, int days) => new(Measure.None(reason), Measure.None(reason), Measure.None(reason), days);

    /// <summary>The measures of a filled series.</summary>
    internal static Measures Of(DailySeries series, FlowTiming timing, Span<double> weights = default)
    {
        series.AsDoubles(out var values, out var inflows, out var outflows);
        var (days, flows) = (new List<int>(series.FlowDays.Count), new List<double>(series.FlowDays.Count));
        foreach (var day in series.FlowDays)
        {
            if (series.In[day] == series.Out[day])
                continue;
            days.Add(day);
            flows.Add(Exact.ToDouble(series.In[day] - series.Out[day]));
        }
        var count = inflows.Length;
        return new Measures(
            Returns.TimeWeighted.Of(values, inflows, outflows, timing, default, weights),
            Returns.MoneyWeighted.Of(values[0], values[^1], CollectionsMarshal.AsSpan(days), CollectionsMarshal.AsSpan(flows), count),
            Returns.ModifiedDietz.Of(values[0], values[^1], CollectionsMarshal.AsSpan(days), CollectionsMarshal.AsSpan(flows), count),
            count
        );
    }
}

/// <summary>The measures of a range for the whole of one or several ledgers, and for each stock in them.</summary>
/// <param name="Total">All ledgers as one.</param>
/// <param name="Stocks">By stock.</param>
/// <param name="CashContribution">What cash contributed to the whole's time-weighted return: interest, charges of no stock, exchange rates.</param>
public sealed record RangeMeasures(Measures Total, IReadOnlyDictionary<Id<Stock>, Measures> Stocks, double? CashContribution)
{
    /// <summary>Computes them.</summary>
    /// <param name="ledgers">Ledgers of one reporting currency.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included, not before <paramref name="from"/>.</param>
    /// <param name="timing">When within its day a flow happens.</param>
    public static RangeMeasures Of(IReadOnlyCollection<Ledger> ledgers, DateOnly from, DateOnly to, FlowTiming timing)
    {
        var series = new DailySeries(new Timeline(from.AddDays(-1), to));
        var days = series.Timeline.Length - 1;
        var weights = new double[days];
        var total = series.TryFill(ledgers, stock: null)
            ? Measures.Of(series, timing, weights)
            : Measures.None(ReasonCodes.FxRateMissing, days);
        var stocks = new Dictionary<Id<Stock>, Measures>();
        var cash = total.TimeWeighted.Value;
        foreach (var id in ledgers.SelectMany(ledger => ledger.Stocks).Select(stock => stock.Facts.Id).Distinct())
        {
            var known = series.TryFill(ledgers, id);
            var measures = known ? Measures.Of(series, timing) : Measures.None(ReasonCodes.FxRateMissing, days);
            double? contribution = known && total.TimeWeighted.Value is not null ? Contribution(series, weights) : null;
            stocks.Add(id, measures with { Contribution = contribution });
            cash -= contribution;
        }
        return new RangeMeasures(total, stocks, cash);
    }

    // The gain of each day as a share of the whole's capital of that day, grown to the end of the days before.
    private static double Contribution(DailySeries series, ReadOnlySpan<double> weights)
    {
        series.AsDoubles(out var values, out var inflows, out var outflows);
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            sum += (values[i + 1] - values[i] - inflows[i] + outflows[i]) * weights[i];
        return sum;
    }
}
