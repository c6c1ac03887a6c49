using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>The arithmetic that the documentation of <c>explain</c> tells, on texts alone: whole numbers of any length, rounded once.</summary>
internal static class RedoNumbers
{
    /// <summary>a x b x numerator / denominator, half-even.</summary>
    public static decimal Product(decimal a, decimal b, Ratio rate, int decimals = 10)
    {
        var ((x, xScale), (y, yScale)) = (Digits(a), Digits(b));
        var numerator = x * y * rate.Numerator * BigInteger.Pow(10, decimals);
        var denominator = BigInteger.Pow(10, xScale + yScale) * rate.Denominator;
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        if (twice > denominator || (twice == denominator && !whole.IsEven))
            whole += numerator.Sign;
        return (decimal)whole / (decimal)BigInteger.Pow(10, decimals);
    }

    /// <summary>1 / divisor.</summary>
    public static Ratio One(decimal divisor) =>
        Digits(divisor) is var (digits, scale) ? new Ratio(BigInteger.Pow(10, scale), digits) : default;

    /// <summary>A rate, which must be the product of its legs.</summary>
    public static Ratio? Rate(JsonElement rate)
    {
        if (rate.ValueKind is JsonValueKind.Null)
            return null;
        var told = new Ratio(Whole(rate.Text("numerator")!), Whole(rate.Text("denominator")!));
        var (numerator, denominator) = (BigInteger.One, BigInteger.One);
        foreach (var leg in rate.At("legs").EnumerateArray())
        {
            var (digits, scale) = Digits(leg.Exact("rate")!.Value);
            var (up, down) = leg.At("inverted").GetBoolean() ? (BigInteger.Pow(10, scale), digits) : (digits, BigInteger.Pow(10, scale));
            (numerator, denominator) = (numerator * up, denominator * down);
        }
        if (rate.At("legs").GetArrayLength() > 0)
            Redo.Same(told.Numerator * denominator, numerator * told.Denominator, "a rate is the product of its legs");
        return told;
    }

    /// <summary>What every language makes of a decimal text.</summary>
    public static double Double(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A day.</summary>
    public static DateOnly Day(this JsonElement json, string path) => DateOnly.Parse(json.Text(path)!, CultureInfo.InvariantCulture);

    private static BigInteger Whole(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    private static (BigInteger Digits, int Scale) Digits(decimal value)
    {
        var bits = decimal.GetBits(value);
        return (new BigInteger(new decimal(bits[0], bits[1], bits[2], value < 0, scale: 0)), value.Scale);
    }
}

/// <summary>A rate as whole numbers.</summary>
internal readonly record struct Ratio(BigInteger Numerator, BigInteger Denominator)
{
    public static Ratio One { get; } = new(1, 1);
}

/// <summary>Values and flows of each day, the day before the range first.</summary>
internal sealed class RedoSeries(int length)
{
    public decimal[] Values { get; } = new decimal[length];

    public decimal[] In { get; } = new decimal[length];

    public decimal[] Out { get; } = new decimal[length];

    /// <summary>Linked daily returns; null when a day has a capital that is not positive.</summary>
    public double? TimeWeighted(bool startOfDay)
    {
        var linked = 1.0;
        for (var i = 1; i < length; i++)
        {
            var (value, inflow, outflow) = (RedoNumbers.Double(Values[i - 1]), RedoNumbers.Double(In[i]), RedoNumbers.Double(Out[i]));
            var capital = value + inflow - (startOfDay ? outflow : 0);
            if (value == 0 && capital == 0)
                continue;
            if (capital <= 0)
                return null;
            linked *= (RedoNumbers.Double(Values[i]) + (startOfDay ? 0 : outflow)) / capital;
        }
        return double.IsFinite(linked) ? linked - 1 : null;
    }

    /// <summary>Gain over average capital; null when that is not positive.</summary>
    public double? ModifiedDietz()
    {
        var (net, weighted, days) = (0.0, 0.0, length - 1);
        for (var i = 1; i < length; i++)
            if (In[i] != Out[i])
            {
                var flow = RedoNumbers.Double(In[i] - Out[i]);
                net += flow;
                weighted += flow * (days - i) / days;
            }
        var (opening, closing) = (RedoNumbers.Double(Values[0]), RedoNumbers.Double(Values[^1]));
        var capital = opening + weighted;
        return capital > 0 && (closing - opening - net) / capital is var ratio && double.IsFinite(ratio) ? ratio : null;
    }

    /// <summary>Value at a yearly rate, as a share of all flows: as seen from the first day, or where no double holds that from the last.</summary>
    public double PresentValue(double rate) =>
        ValueSeen(rate, 0) is var value && double.IsFinite(value) ? value : ValueSeen(rate, length - 1);

    private double ValueSeen(double rate, int seen)
    {
        var (sum, all) = (0.0, 0.0);
        for (var i = 0; i < length; i++)
        {
            var amount = RedoNumbers.Double(Out[i] - In[i] - (i == 0 ? Values[0] : 0) + (i == length - 1 ? Values[^1] : 0));
            sum += amount == 0 ? 0 : amount * Math.Pow(1 + rate, (seen - i) / 365.0);
            all += Math.Abs(amount);
        }
        return all == 0 ? 0 : sum / all;
    }
}
