using System.Globalization;
using System.Numerics;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>
/// An exact number of shares. Splits such as 3 : 1 leave fractions that no decimal holds, so it is kept as a ratio of whole numbers:
/// 10 shares split 3 : 1 and later 1 : 3 are 10 shares again. What leaves is rounded half to even to 10 decimals.
/// </summary>
public readonly record struct Quantity : IComparable<Quantity>
{
    private const int Decimals = TransactionShape.Decimals;
    private static readonly BigInteger Unit = BigInteger.Pow(10, Decimals);

    private readonly BigInteger _numerator; // in units of 1e-10 shares
    private readonly BigInteger _denominator; // 0 only in default, which stands for 1

    private Quantity(BigInteger numerator, BigInteger denominator)
    {
        var divisor = denominator.IsOne ? denominator : BigInteger.GreatestCommonDivisor(numerator, denominator);
        (_numerator, _denominator) = (numerator / divisor, denominator / divisor);
    }

    /// <summary>No shares.</summary>
    public static Quantity Zero => default;

    /// <summary>Holds nothing when rounded to 10 decimals.</summary>
    public bool IsZero => _numerator.IsZero || RoundHalfEven(_numerator, Denominator).IsZero;

    /// <summary>Less than nothing when rounded to 10 decimals.</summary>
    public bool IsNegative => RoundHalfEven(_numerator, Denominator).Sign < 0;

    private BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    /// <summary>Exactly <paramref name="shares"/>, of at most 10 decimals.</summary>
    public static Quantity Of(decimal shares) => new(Units(shares), BigInteger.One);

    /// <summary>The same holding after every <paramref name="from"/> shares became <paramref name="to"/>.</summary>
    public Quantity Split(decimal from, decimal to) => new(_numerator * Units(to), Denominator * Units(from));

    /// <summary>The part of <paramref name="amount"/> that falls on <paramref name="part"/> of <paramref name="whole"/>, half-even to 10 decimals.</summary>
    public static decimal ShareOf(decimal amount, Quantity part, Quantity whole) =>
        FromUnits(
            RoundHalfEven(Units(amount) * part._numerator * whole.Denominator, part.Denominator * whole._numerator)
        );

    /// <summary>The lesser of two.</summary>
    public static Quantity Min(Quantity a, Quantity b) => a.CompareTo(b) <= 0 ? a : b;

    /// <summary>Shares, half-even to 10 decimals, without trailing zeros.</summary>
    public decimal ToDecimal() => FromUnits(RoundHalfEven(_numerator, Denominator));

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => (_numerator * other.Denominator).CompareTo(other._numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Quantity other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_numerator, Denominator);

    /// <inheritdoc/>
    public override string ToString() => ToDecimal().ToString(CultureInfo.InvariantCulture);

    /// <summary>Sum.</summary>
    public static Quantity operator +(Quantity a, Quantity b) =>
        new((a._numerator * b.Denominator) + (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>Difference.</summary>
    public static Quantity operator -(Quantity a, Quantity b) =>
        new((a._numerator * b.Denominator) - (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>Fewer.</summary>
    public static bool operator <(Quantity a, Quantity b) => a.CompareTo(b) < 0;

    /// <summary>More.</summary>
    public static bool operator >(Quantity a, Quantity b) => a.CompareTo(b) > 0;

    /// <summary>No more.</summary>
    public static bool operator <=(Quantity a, Quantity b) => a.CompareTo(b) <= 0;

    /// <summary>No fewer.</summary>
    public static bool operator >=(Quantity a, Quantity b) => a.CompareTo(b) >= 0;

    private static BigInteger Units(decimal value) => new BigInteger(decimal.Truncate(value)) * Unit + new BigInteger(value % 1m * 1e10m);

    private static decimal FromUnits(BigInteger units) => Exact.Trim((decimal)units / 1e10m);

    private static BigInteger RoundHalfEven(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        var up = twice > denominator || (twice == denominator && !quotient.IsEven);
        return up ? quotient + numerator.Sign : quotient;
    }
}
