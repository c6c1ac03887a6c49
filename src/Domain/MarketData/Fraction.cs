using System.Numerics;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>A positive rational number, never rounded. Judgements compare powers of it instead of logarithms.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>1.</summary>
    public static Fraction One { get; } = new(1, 1);

    /// <summary>The greater of itself and its inverse: how far from 1, whatever the direction.</summary>
    public Fraction Size => Numerator >= Denominator ? this : Inverse;

    /// <summary>1 through itself.</summary>
    public Fraction Inverse => new(Denominator, Numerator);

    /// <summary><paramref name="a"/> / <paramref name="b"/>, both positive.</summary>
    public static Fraction Of(decimal a, decimal b)
    {
        var ((x, xScale), (y, yScale)) = (Exact.Digits(a), Exact.Digits(b));
        return new Fraction(x * BigInteger.Pow(10, yScale), y * BigInteger.Pow(10, xScale));
    }

    /// <summary>Product.</summary>
    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>Quotient.</summary>
    public static Fraction operator /(Fraction a, Fraction b) => a * b.Inverse;

    /// <summary>Less.</summary>
    public static bool operator <(Fraction a, Fraction b) => a.Compared(b) < 0;

    /// <summary>Greater.</summary>
    public static bool operator >(Fraction a, Fraction b) => a.Compared(b) > 0;

    /// <summary>Negative when less, 0 when equal, positive when greater.</summary>
    public int Compared(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Power.</summary>
    public Fraction Power(int exponent) => new(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent));
}
