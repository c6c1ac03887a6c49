using System.Numerics;
using CleanPortfolio.Domain.Currencies;

namespace CleanPortfolio.Domain;

/// <summary>How exact decimals are rounded and shown: half to even at 10 decimals where a product or a division forms, never between.</summary>
public static class Exact
{
    /// <summary>Decimals of a figure that a division or a product formed.</summary>
    public const int Decimals = 10;

    private static readonly BigInteger Unit = BigInteger.Pow(10, Decimals);
    private static readonly BigInteger GreatestUnits = new(decimal.MaxValue);

    /// <summary><paramref name="value"/> half-even to 10 decimals.</summary>
    public static decimal Round(decimal value) => decimal.Round(value, Decimals, MidpointRounding.ToEven);

    /// <summary><paramref name="value"/> without trailing zeros: 12.50 is 12.5.</summary>
    public static decimal Trim(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        // Dividing is right for all, and slow: most values end in another digit than zero, which their lowest digits tell.
        return value.Scale == 0 || (bits[2] == 0 && (((ulong)(uint)bits[1] << 32) | (uint)bits[0]) % 10 != 0)
            ? value
            : value / 1.0000000000000000000000000000m;
    }

    /// <summary><paramref name="a"/> x <paramref name="b"/> x <paramref name="c"/>: the true product, rounded once half-even to 10 decimals.</summary>
    public static decimal Product(decimal a, decimal b, decimal c = 1m)
    {
        var near = a * b * c;
        var scale = a.Scale + b.Scale + c.Scale;
        // A decimal holds 28 digits: a product of more has been rounded already, and rounding it again could tip a tie.
        return near.Scale == scale || scale <= Decimals
            ? Round(near)
            : FromUnits(DivideHalfEven(Digits(a).Digits * Digits(b).Digits * Digits(c).Digits, BigInteger.Pow(10, scale - Decimals)));
    }

    /// <summary><paramref name="a"/> x <paramref name="b"/> x <paramref name="rate"/>: the true product, rounded once half-even to 10 decimals.</summary>
    public static decimal Product(decimal a, decimal b, Rate rate)
    {
        if (rate.IsOne)
            return Product(a, b);
        var ((x, xScale), (y, yScale)) = (Digits(a), Digits(b));
        return FromUnits(DivideHalfEven(x * y * rate.Numerator * Unit, BigInteger.Pow(10, xScale + yScale) * rate.Denominator));
    }

    /// <summary><paramref name="a"/> / <paramref name="b"/> as a double, null when <paramref name="b"/> is not positive.</summary>
    public static double? Ratio(decimal a, decimal b) => b > 0 ? ToDouble(a) / ToDouble(b) : null;

    /// <summary>The double nearest to <paramref name="value"/>: the one that its text is read as.</summary>
    public static double ToDouble(decimal value) => Doubles.Of(value);

    /// <summary><paramref name="value"/>, of at most 10 decimals, as a count of 1e-10.</summary>
    internal static BigInteger Units(decimal value) =>
        (new BigInteger(decimal.Truncate(value)) * Unit) + new BigInteger(value % 1m * 1e10m);

    /// <summary>A count of 1e-10 without trailing zeros; beyond 7.9e18, where a decimal has no room for ten of them, without decimals.</summary>
    internal static decimal FromUnits(BigInteger units) =>
        BigInteger.Abs(units) <= GreatestUnits ? Trim((decimal)units / 1e10m) : (decimal)(units / Unit);

    internal static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        var up = twice > denominator || (twice == denominator && !quotient.IsEven);
        return up ? quotient + numerator.Sign : quotient;
    }

    /// <summary><paramref name="value"/> as a whole number of 10 to the minus scale.</summary>
    internal static (BigInteger Digits, int Scale) Digits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (new BigInteger(new decimal(bits[0], bits[1], bits[2], value < 0, scale: 0)), value.Scale);
    }
}
