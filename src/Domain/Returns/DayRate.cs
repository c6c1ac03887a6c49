using System.Numerics;
using CleanPortfolio.Domain.Currencies;

namespace CleanPortfolio.Domain.Returns;

/// <summary>The exchange rate of one day, ready for a fold over whole counts: numerator / denominator. <c>default</c> is missing.</summary>
public readonly struct DayRate
{
    private readonly Int128 _numerator;
    private readonly Int128 _denominator;

    private DayRate(Int128 numerator, Int128 denominator) => (_numerator, _denominator) = (numerator, denominator);

    /// <summary>Not known.</summary>
    public bool IsMissing => _denominator == 0;

    /// <summary>The rates from one currency to another on each day; null within one currency.</summary>
    /// <param name="rates">All rates.</param>
    /// <param name="from">Converted from.</param>
    /// <param name="to">Converted to.</param>
    /// <param name="timeline">The days.</param>
    public static DayRate[]? Fill(RateBook rates, Currency from, Currency to, Timeline timeline)
    {
        if (from == to)
            return null;
        var days = new DayRate[timeline.Length];
        for (var i = 0; i < days.Length; i++)
            if (rates.On(from, to, timeline[i]) is { } rate)
                days[i] = new DayRate((Int128)rate.Numerator, (Int128)rate.Denominator);
        return days;
    }

    /// <summary><paramref name="amount"/> / <paramref name="scale"/> x rate, half-even to a whole number.</summary>
    public Int128 Convert(Int128 amount, Int128 scale)
    {
        var (size, limit) = (Int128.Abs(amount), Int128.MaxValue / 4 / _numerator);
        if (size > limit || _denominator > Int128.MaxValue / 4 / scale) // a fortune: too large for 128 bits on the way
            return (Int128)Exact.DivideHalfEven((BigInteger)amount * _numerator, (BigInteger)_denominator * scale);
        var divisor = _denominator * scale;
        var (quotient, remainder) = Int128.DivRem(size * _numerator, divisor);
        if (remainder * 2 > divisor || (remainder * 2 == divisor && Int128.IsOddInteger(quotient)))
            quotient++;
        return amount < 0 ? -quotient : quotient;
    }
}
