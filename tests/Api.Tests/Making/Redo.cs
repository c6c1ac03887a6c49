using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Testing;
using Xunit.Sdk;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>
/// Makes every figure of an answer of <c>explain</c> again, from its JSON alone and without any type of the project: values from
/// quantities, closes and rates, cash from entries, gains from flows and sales, the days from all of them, the measures from the days.
/// </summary>
internal sealed class Redo
{
    private readonly JsonElement _json;
    private readonly Dictionary<string, List<(DateOnly From, Ratio? Rate)>> _rates;
    private readonly List<RedoPortfolio> _portfolios;
    private readonly string? _currency;

    private Redo(JsonElement json)
    {
        (_json, _currency) = (json, json.Text("currency"));
        (From, To) = (json.Day("from"), json.Day("to"));
        _rates = json.At("rates")
            .EnumerateArray()
            .GroupBy(rate => rate.Text("currency")!)
            .ToDictionary(
                rates => rates.Key,
                rates => rates.Select(rate => (rate.Day("from"), RedoNumbers.Rate(rate.At("rate")))).ToList()
            );
        _portfolios = [.. json.At("portfolios").EnumerateArray().Select(portfolio => new RedoPortfolio(this, portfolio))];
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    /// <summary>Number of days, with the one before the range.</summary>
    public int Length => To.DayNumber - From.DayNumber + 2;

    /// <summary>Redoes an answer; throws where a figure told is another than the one made.</summary>
    public static void Check(JsonElement explain) => new Redo(explain).Check();

    public static void Same<T>(T told, T made, string what)
    {
        if (!Equals(told, made))
            throw new XunitException(string.Create(CultureInfo.InvariantCulture, $"{what}: told {told}, made {made}"));
    }

    public static void Near(double told, double made, double tolerance, string what)
    {
        if (!(Math.Abs(told - made) <= tolerance * Math.Max(1, Math.Max(Math.Abs(told), Math.Abs(made)))))
            throw new XunitException(string.Create(CultureInfo.InvariantCulture, $"{what}: told {told}, made {made}"));
    }

    public bool Covers(DateOnly day) => day >= From && day <= To;

    /// <summary>Pence and pounds are one currency.</summary>
    public bool SameMajor(string currency) => currency == _currency || (currency, _currency) is ("GBX", "GBP") or ("GBP", "GBX");

    public bool IsOwn(string currency) => currency == _currency;

    public Ratio? RateOn(string currency, DateOnly day) =>
        currency == _currency ? Ratio.One
        : _rates.TryGetValue(currency, out var rates) ? rates.FindLast(rate => rate.From <= day).Rate
        : null;

    private void Check()
    {
        foreach (var portfolio in _portfolios)
            portfolio.Check();
        var returns = _json.At("returns");
        CheckFigures(returns);
        var days = _json.At("days").EnumerateArray().ToList();
        if (days.Count == 0)
        {
            Same(returns.Text("measures.timeWeighted"), null, "no days, no measures");
            return;
        }
        var whole = new RedoSeries(Length);
        foreach (var portfolio in _portfolios)
            portfolio.AddTo(whole);
        Same(days.Count, Length, "every day is told");
        for (var i = 0; i < days.Count; i++)
        {
            Same(days[i].Day("date"), From.AddDays(i - 1), "days in order");
            Same(days[i].Exact("value"), whole.Values[i], "value of a day");
            Same((days[i].Exact("inflow"), days[i].Exact("outflow")), (whole.In[i], whole.Out[i]), "flows of a day");
        }
        CheckMeasures(returns.At("measures"), whole, "the whole");
        foreach (var stock in returns.At("stocks").EnumerateArray())
        {
            var series = new RedoSeries(Length);
            foreach (var portfolio in _portfolios)
                portfolio.AddStockTo(series, stock.Text("stockId")!);
            CheckMeasures(stock.At("measures"), series, "a stock");
        }
    }

    private void CheckFigures(JsonElement returns)
    {
        var stocks = returns.At("stocks").EnumerateArray().ToList();
        foreach (var stock in stocks)
        {
            var same = _portfolios.SelectMany(portfolio => portfolio.Stocks).Where(one => one.Id == stock.Text("stockId")).ToList();
            if (same.TrueForAll(one => one.Known))
                same.Select(one => RedoFigures.Of(one.Json.At("figures"))!)
                    .Aggregate((a, b) => a + b)
                    .Check(stock.At("figures"), "a stock of all portfolios");
        }
        var cash = returns.At("cash");
        if (cash.Exact("gain") is not null)
            _portfolios.Select(portfolio => portfolio.Cash()).Aggregate(RedoFigures.None, (a, b) => a + b).Check(cash, "cash");
        if (returns.Exact("total.gain") is not { } gain)
            return;
        var total = stocks.Select(stock => RedoFigures.Of(stock.At("figures"))!).Aggregate(RedoFigures.Of(cash)!, (a, b) => a + b);
        var flows = _portfolios.SelectMany(portfolio => portfolio.Flows).Select(flow => flow.Exact("amount")!.Value).ToList();
        total = total with { In = flows.Sum(flow => Math.Max(flow, 0)), Out = flows.Sum(flow => Math.Max(-flow, 0)) };
        total.Check(returns.At("total"), "total");
        Same(gain, total.Closing - total.Opening - total.In + total.Out, "gain of the total");
        CheckContributions(returns, stocks, total);
    }

    private static void CheckContributions(JsonElement returns, List<JsonElement> stocks, RedoFigures total)
    {
        var parts = stocks.Select(stock => (stock.At("figures"), stock.At("contribution")));
        foreach (var (figures, contribution) in parts.Append((returns.At("cash"), returns.At("cashContribution"))))
            Same(contribution.Number("simple"), RedoFigures.Of(figures)!.Over(total), "contribution to the simple return");
        if (returns.Number("measures.timeWeighted") is { } linked)
            Near(
                linked,
                stocks.Sum(stock => stock.Number("contribution.timeWeighted") ?? double.NaN)
                    + (returns.Number("cashContribution.timeWeighted") ?? double.NaN),
                1e-9,
                "contributions add up"
            );
    }

    private void CheckMeasures(JsonElement told, RedoSeries series, string what)
    {
        var startOfDay = _json.Text("returns.conventions.flowTiming") is "startOfDay";
        if (told.Number("timeWeighted") is { } linked)
            Same(linked, series.TimeWeighted(startOfDay) ?? double.NaN, $"time-weighted return of {what}");
        if (told.Number("modifiedDietz") is { } dietz)
            Same(dietz, series.ModifiedDietz() ?? double.NaN, $"Modified Dietz of {what}");
        if (told.Number("moneyWeighted") is { } rate && rate > -1)
            CheckRate(series, rate, what);
        var days = Length - 1;
        if (told.Number("timeWeightedAnnualised") is { } annualised)
            Same(annualised, Math.Pow(1 + told.Number("timeWeighted")!.Value, 365.0 / days) - 1, "yearly time-weighted return");
        if (told.Number("moneyWeightedPeriod") is { } period)
            Same(period, Math.Pow(1 + told.Number("moneyWeighted")!.Value, days / 365.0) - 1, "money-weighted return of the range");
    }

    // Near -1 a digit of the rate may be worth more than 1e-9: then the present value changes its sign there. The doubles next to -1 have no
    // neighbour below at which there is a present value.
    private static void CheckRate(RedoSeries series, double rate, string what)
    {
        if (rate < -1 + 3e-16)
            return;
        var (residual, digits) = (Math.Abs(series.PresentValue(rate)), rate < -0.999 ? 4e-16 : 0);
        var (below, above) = (Math.BitDecrement(rate) - digits, Math.BitIncrement(rate) + digits);
        var between = Math.Sign(series.PresentValue(Math.Max(-1, below))) != Math.Sign(series.PresentValue(above));
        if (!(residual <= 1e-9) && !between)
            throw new XunitException(string.Create(CultureInfo.InvariantCulture, $"present value of {what} at {rate}: {residual}"));
    }
}

/// <summary>Values at both ends, flows, and the parts of the gain in their order.</summary>
internal sealed record RedoFigures(decimal Opening, decimal Closing, decimal In, decimal Out, decimal[] Parts)
{
    private static readonly string[] Names = ["realisedPrice", "unrealisedPrice", "dividends", "interest", "fees", "taxes", "fx"];

    public static RedoFigures None { get; } = new(0, 0, 0, 0, new decimal[7]);

    public decimal Gain => Parts.Sum();

    public static RedoFigures? Of(JsonElement told) =>
        told.Exact("gain") is null
            ? null
            : new(
                told.Exact("openingValue")!.Value,
                told.Exact("closingValue")!.Value,
                told.Exact("inflows")!.Value,
                told.Exact("outflows")!.Value,
                [.. Names.Select(name => told.Exact($"parts.{name}")!.Value)]
            );

    public static RedoFigures operator +(RedoFigures a, RedoFigures b) =>
        new(a.Opening + b.Opening, a.Closing + b.Closing, a.In + b.In, a.Out + b.Out, [.. a.Parts.Zip(b.Parts, (x, y) => x + y)]);

    /// <summary>The gain over the capital of another.</summary>
    public double? Over(RedoFigures whole) =>
        whole.Opening + whole.In is > 0 and var capital ? RedoNumbers.Double(Gain) / RedoNumbers.Double(capital) : null;

    public void Check(JsonElement told, string what)
    {
        Redo.Same(
            (told.Exact("openingValue"), told.Exact("closingValue"), told.Exact("inflows"), told.Exact("outflows")),
            (Opening, Closing, In, Out),
            $"ends and flows of {what}"
        );
        Redo.Same(told.Exact("netInflow"), In - Out, $"net inflow of {what}");
        for (var i = 0; i < Names.Length; i++)
            Redo.Same(told.Exact($"parts.{Names[i]}"), Parts[i], $"{Names[i]} of {what}");
        Redo.Same(told.Exact("gain"), Gain, $"gain of {what}");
        Redo.Same(told.Number("simpleReturn"), Over(this), $"simple return of {what}");
    }
}
