using System.Runtime.InteropServices;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Values and flows of each day of a range, the day before it first: of whole ledgers as one, or of one stock in them. Made once and filled
/// again for every stock.
/// </summary>
internal sealed class DailySeries(Timeline timeline)
{
    private readonly long[] _closes = new long[timeline.Length];
    private readonly Int128[] _values = new Int128[timeline.Length];
    private readonly decimal[] _in = new decimal[timeline.Length];
    private readonly decimal[] _out = new decimal[timeline.Length];
    private readonly bool[] _sessions = new bool[timeline.Length];
    private readonly double[] _asDouble = new double[3 * timeline.Length];
    private readonly bool[] _flows = new bool[timeline.Length];
    private readonly List<int> _flowDays = [];
    private readonly Dictionary<(Currency, Currency), DayRate[]?> _rates = [];

    public Timeline Timeline => timeline;

    /// <summary>Value at the close of each day, in units of 1e-10.</summary>
    public ReadOnlySpan<Int128> Values => _values;

    /// <summary>What came in on each day.</summary>
    public ReadOnlySpan<decimal> In => _in;

    /// <summary>What went out on each day.</summary>
    public ReadOnlySpan<decimal> Out => _out;

    /// <summary>Days of the range on which something came in or went out, ascending.</summary>
    public IReadOnlyList<int> FlowDays => _flowDays;

    /// <summary>Days on which a stock that was held had a price of its own.</summary>
    public ReadOnlySpan<bool> Sessions => _sessions;

    /// <summary>Fills in <paramref name="ledgers"/> as one, or one stock in them; false, and nothing to rely on, when an exchange rate is missing.</summary>
    public bool TryFill(IEnumerable<Ledger> ledgers, Id<Stock>? stock)
    {
        Array.Clear(_values);
        Array.Clear(_sessions);
        foreach (var day in _flowDays)
            (_in[day], _out[day], _flows[day]) = (0, 0, false);
        _flowDays.Clear();
        var known = ledgers.All(ledger =>
            stock is { } id ? ledger.Find(id) is not { } held || TryAddStock(ledger, held) : TryAddWhole(ledger)
        );
        _flowDays.Sort();
        if (known)
            FillDoubles();
        return known;
    }

    /// <summary>Values, inflows and outflows as doubles, one after the other in one span each.</summary>
    public void AsDoubles(out ReadOnlySpan<double> values, out ReadOnlySpan<double> inflows, out ReadOnlySpan<double> outflows)
    {
        var count = timeline.Length;
        values = _asDouble.AsSpan(0, count);
        inflows = _asDouble.AsSpan(count + 1, count - 1);
        outflows = _asDouble.AsSpan((2 * count) + 1);
    }

    private void FillDoubles()
    {
        var count = timeline.Length;
        for (var i = 0; i < count; i++)
            _asDouble[i] = Doubles.OfUnits(_values[i]);
        Array.Clear(_asDouble, count, 2 * count);
        foreach (var day in _flowDays)
            (_asDouble[count + day], _asDouble[(2 * count) + day]) = (Doubles.Of(_in[day]), Doubles.Of(_out[day]));
    }

    private void Touch(int day)
    {
        if (!_flows[day])
            _flowDays.Add(day);
        _flows[day] = true;
    }

    private bool TryAddWhole(Ledger ledger)
    {
        var from = timeline.First.AddDays(1);
        if (ledger.RatesMissing(from, timeline.Last).Any() || !TryAddCash(ledger))
            return false;
        foreach (var stock in ledger.Stocks)
            if (!TryAddValues(ledger, stock))
                return false;
        foreach (var (entry, amount) in ledger.ExternalFlows(from, timeline.Last))
        {
            var flows = amount > 0 ? _in : _out;
            var day = timeline.IndexOf(entry.Date);
            Touch(day);
            flows[day] += Math.Abs(amount);
        }
        return true;
    }

    private bool TryAddStock(Ledger ledger, LedgerStock stock)
    {
        foreach (var entry in stock.Entries)
        {
            var day = timeline.IndexOf(entry.Date);
            if (day < 1 || day >= timeline.Length)
                continue;
            if (StockEffect.Of(ledger, stock, entry) is not { } effect)
                return false;
            Touch(day);
            (_in[day], _out[day]) = (_in[day] + effect.In, _out[day] + effect.Out);
        }
        return TryAddValues(ledger, stock);
    }

    private bool TryAddValues(Ledger ledger, LedgerStock stock)
    {
        var (facts, position, _) = stock;
        // What was sold before the range, or is bought after it, has no value in it that could need a rate.
        if (!position.IsHeld(timeline.First, timeline.Last))
            return true;
        facts.Prices.FillForward(timeline, facts.Splits, _closes);
        if (position.RateMissingOn is { } missing && NeedsCost(position, missing))
            return false;
        MarkSessions(facts.Prices, stock);
        return Valuation.Add(position.Steps, timeline, _closes, RatesFrom(ledger, facts.Currency), _values);
    }

    // Before the first close a position stands at its cost.
    private bool NeedsCost(Position position, DateOnly from)
    {
        var priced = _closes.AsSpan().IndexOfAnyExcept(0L);
        var (start, end) = (Math.Max(0, timeline.IndexOf(from)), (priced < 0 ? timeline.Length : priced) - 1);
        return start <= end && position.IsHeld(timeline[start], timeline[end]);
    }

    // The cash balance is in the portfolio's currency; what came before the first day is the balance that the first day starts with.
    private bool TryAddCash(Ledger ledger)
    {
        if (!ledger.TracksCash)
            return true;
        var changes = new decimal[timeline.Length];
        foreach (var entry in ledger.Entries.TakeWhile(entry => entry.Date <= timeline.Last))
            changes[Math.Max(0, timeline.IndexOf(entry.Date))] += ledger.CashInPortfolio(entry)!.Value;
        return Valuation.AddRunningSum(changes, RatesFrom(ledger, ledger.Portfolio.Currency), _values);
    }

    private ReadOnlySpan<DayRate> RatesFrom(Ledger ledger, Currency currency)
    {
        ref var rates = ref CollectionsMarshal.GetValueRefOrAddDefault(_rates, (currency, ledger.Currency), out var known);
        if (!known)
            rates = DayRate.Fill(ledger.Conversion.Rates, currency, ledger.Currency, timeline);
        return rates;
    }

    private void MarkSessions(PriceSeries prices, LedgerStock stock)
    {
        var steps = stock.Position.Steps;
        for (var i = 0; i < steps.Count; i++)
        {
            // A day on which the last share is sold is one too.
            var start = Math.Max(0, timeline.IndexOf(steps[i].From));
            var end = i + 1 < steps.Count ? Math.Min(timeline.IndexOf(steps[i + 1].From) + 1, timeline.Length) : timeline.Length;
            if (start < end && steps[i].Quantity != 0)
                prices.MarkSessions(timeline, start, end, _sessions);
        }
    }
}
