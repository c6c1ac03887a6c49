using System.Runtime.InteropServices;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Domain.Returns;

/// <summary>Values and flows of each day of a range, the day before it first. Made once and filled again for every stock.</summary>
internal sealed class DailySeries(Timeline timeline)
{
    private readonly long[] _closes = new long[timeline.Length];
    private readonly Int128[] _values = new Int128[timeline.Length];
    private readonly decimal[] _in = new decimal[timeline.Length];
    private readonly decimal[] _out = new decimal[timeline.Length];
    private readonly double[] _asDouble = new double[3 * timeline.Length];

    public void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_in);
        Array.Clear(_out);
    }

    /// <summary>Adds one stock of one ledger; false, and nothing to rely on, when an exchange rate is missing.</summary>
    public bool TryAdd(Ledger ledger, StockFacts facts, Position position, IReadOnlyList<Transaction> entries)
    {
        // What was sold before the range, or is bought after it, has no value in it that could need a rate.
        if (position.IsHeld(timeline.First, timeline.Last))
        {
            if (facts.Currency != ledger.Portfolio.Currency || position.RateMissingOn <= timeline.Last)
                return false;
            facts.Prices.FillForward(timeline, facts.Splits, _closes);
            Valuation.Add(position.Steps, timeline, _closes, _values);
        }
        foreach (var entry in entries)
        {
            var day = timeline.IndexOf(entry.Date);
            if (day < 1 || day >= timeline.Length)
                continue;
            if (StockEffect.Of(entry, facts, position, ledger.Portfolio.Currency) is not { } effect)
                return false;
            (_in[day], _out[day]) = (_in[day] + effect.In, _out[day] + effect.Out);
        }
        return true;
    }

    /// <summary>Adds the values of <paramref name="other"/>, not its flows: within a portfolio they cross no border.</summary>
    public void AddValues(DailySeries other)
    {
        for (var i = 0; i < _values.Length; i++)
            _values[i] += other._values[i];
    }

    /// <summary>Adds a ledger's tracked cash and what crossed its border; false when an exchange rate is missing.</summary>
    public bool TryAddBorder(Ledger ledger)
    {
        var from = timeline.First.AddDays(1);
        if (ledger.RatesMissing(from, timeline.Last).Any())
            return false;
        History.AddCash(ledger, timeline, _values);
        foreach (var (date, amount) in ledger.ExternalFlows(from, timeline.Last))
        {
            var flows = amount > 0 ? _in : _out;
            flows[timeline.IndexOf(date)] += Math.Abs(amount);
        }
        return true;
    }

    public Measures Measure(FlowTiming timing)
    {
        var count = timeline.Length;
        var values = _asDouble.AsSpan(0, count);
        var inflows = _asDouble.AsSpan(count, count);
        var outflows = _asDouble.AsSpan(2 * count, count);
        var (days, flows) = (new List<int>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            (values[i], inflows[i], outflows[i]) = ((double)Valuation.ToDecimal(_values[i]), (double)_in[i], (double)_out[i]);
            if (_in[i] == _out[i])
                continue;
            days.Add(i);
            flows.Add((double)(_in[i] - _out[i]));
        }
        return new Measures(
            TimeWeighted.Of(values, inflows[1..], outflows[1..], timing),
            MoneyWeighted(values[0], values[^1], days, flows),
            ModifiedDietz.Of(values[0], values[^1], CollectionsMarshal.AsSpan(days), CollectionsMarshal.AsSpan(flows), count - 1),
            count - 1
        );
    }

    private Measure MoneyWeighted(double opening, double closing, List<int> days, List<double> flows)
    {
        // As the investor sees it: the opening value is paid in, the closing value comes back.
        double[] amounts = [-opening, .. flows.Select(flow => -flow), closing];
        var lost = closing == 0 && amounts.All(amount => amount <= 0) && amounts.Any(amount => amount < 0);
        return lost ? Returns.Measure.Of(-1) : Xirr.Of([0, .. days, timeline.Length - 1], amounts);
    }
}
