using System.Globalization;
using System.Numerics;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>
/// An exact number of shares. Splits such as 3 : 1 leave fractions that no decimal holds, so it is kept as a ratio of whole numbers:
/// 10 shares split 3 : 1 and later 1 : 3 are 10 shares again. What leaves is rounded half to even to 10 decimals.
/// </summary>
public readonly record struct Quantity : IComparable<Quantity>
{
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
    public bool IsZero => _numerator.IsZero || Exact.DivideHalfEven(_numerator, Denominator).IsZero;

    /// <summary>Less than nothing when rounded to 10 decimals.</summary>
    public bool IsNegative => Exact.DivideHalfEven(_numerator, Denominator).Sign < 0;

    private BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    /// <summary>Exactly <paramref name="shares"/>, of at most 10 decimals.</summary>
    public static Quantity Of(decimal shares) => new(Exact.Units(shares), BigInteger.One);

    /// <summary>The same holding after every <paramref name="from"/> shares became <paramref name="to"/>.</summary>
    public Quantity Split(decimal from, decimal to) => new(_numerator * Exact.Units(to), Denominator * Exact.Units(from));

    /// <summary>As many of <paramref name="shares"/> as fall on this part of <paramref name="whole"/>: exact.</summary>
    public Quantity ShareIn(decimal shares, Quantity whole) =>
        new(Exact.Units(shares) * _numerator * whole.Denominator, Denominator * whole._numerator);

    /// <summary>The part of <paramref name="amount"/> that falls on <paramref name="part"/> of <paramref name="whole"/>, half-even to 10 decimals.</summary>
    public static decimal ShareOf(decimal amount, Quantity part, Quantity whole) =>
        Exact.FromUnits(
            Exact.DivideHalfEven(Exact.Units(amount) * part._numerator * whole.Denominator, part.Denominator * whole._numerator)
        );

    /// <summary>Whether <paramref name="a"/> for <paramref name="shares"/> is less, as much or more a share than <paramref name="b"/> for <paramref name="others"/>.</summary>
    public static int ComparePerShare(decimal a, Quantity shares, decimal b, Quantity others) =>
        (Exact.Units(a) * shares.Denominator * others._numerator).CompareTo(Exact.Units(b) * others.Denominator * shares._numerator);

    /// <summary>Shares, half-even to 10 decimals, without trailing zeros.</summary>
    public decimal ToDecimal() => Exact.FromUnits(Exact.DivideHalfEven(_numerator, Denominator));

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
}
