using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>The returns of one range that need more than its ends.</summary>
/// <param name="TimeWeighted">Linked daily returns.</param>
/// <param name="MoneyWeighted">Yearly internal rate of return of the opening value, the flows and the closing value.</param>
/// <param name="ModifiedDietz">Gain over average capital.</param>
/// <param name="Days">Calendar days of the range.</param>
public sealed record Measures(Measure TimeWeighted, Measure MoneyWeighted, Measure ModifiedDietz, int Days)
{
    /// <summary>Yearly rate of <see cref="TimeWeighted"/>, for ranges of 365 days or more.</summary>
    public Measure Annualised => Measure.Annualised(TimeWeighted, Days);

    /// <summary><see cref="MoneyWeighted"/> over the range: (1 + r)^(days / 365) - 1.</summary>
    public Measure MoneyWeightedPeriod =>
        MoneyWeighted.Value is not { } rate ? MoneyWeighted
        : Measure.Of(Math.Pow(1 + rate, Days / 365.0) - 1) is { Value: { } period } ? MoneyWeighted with { Value = period }
        : Measure.None(ReasonCodes.OutOfRange);

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
}

/// <summary>The measures of a range for the whole of one or several ledgers, and for each stock in them.</summary>
/// <param name="Total">All ledgers as one.</param>
/// <param name="Stocks">By stock.</param>
public sealed record RangeMeasures(Measures Total, IReadOnlyDictionary<Id<Stock>, Measures> Stocks)
{
    /// <summary>Computes them.</summary>
    /// <param name="ledgers">Ledgers of one currency.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included, not before <paramref name="from"/>.</param>
    /// <param name="timing">When within its day a flow happens.</param>
    public static RangeMeasures Of(IReadOnlyCollection<Ledger> ledgers, DateOnly from, DateOnly to, FlowTiming timing)
    {
        var timeline = new Timeline(from.AddDays(-1), to);
        var (whole, one) = (new DailySeries(timeline), new DailySeries(timeline));
        var stocks = new Dictionary<Id<Stock>, Measures>();
        var known = true;
        foreach (
            var same in ledgers
                .SelectMany(ledger => ledger.Stocks.Select(stock => (Ledger: ledger, Stock: stock)))
                .GroupBy(pair => pair.Stock.Facts.Id)
        )
        {
            one.Clear();
            var complete = same.All(pair => one.TryAdd(pair.Ledger, pair.Stock.Facts, pair.Stock.Position, pair.Stock.Entries));
            stocks.Add(same.Key, complete ? one.Measure(timing) : Measures.None(ReasonCodes.FxRateMissing, timeline.Length - 1));
            whole.AddValues(one);
            known &= complete;
        }
        known = known && ledgers.All(whole.TryAddBorder);
        return new RangeMeasures(known ? whole.Measure(timing) : Measures.None(ReasonCodes.FxRateMissing, timeline.Length - 1), stocks);
    }
}
