using System.Globalization;
using System.Numerics;

namespace CleanPortfolio.Domain.Currencies;

/// <summary>
/// An exact exchange rate: how much of one currency a unit of another is worth, as a ratio of whole numbers, so that an inverted or crossed
/// rate loses no digit and only the money that it converts is rounded. <c>default</c> is 1 : 1.
/// </summary>
public readonly record struct Rate
{
    private readonly BigInteger _numerator; // 0 / 0 stands for 1 / 1, so that every one equals default
    private readonly BigInteger _denominator;

    private Rate(BigInteger numerator, BigInteger denominator, DateOnly? date)
    {
        Date = date;
        if (numerator == denominator)
            return;
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (_numerator, _denominator) = (numerator / divisor, denominator / divisor);
    }

    /// <summary>1 : 1, within one currency.</summary>
    public static Rate One => default;

    /// <summary>Day of the oldest stored rate in it; null when none is, as within one currency or when it was stated.</summary>
    public DateOnly? Date { get; }

    /// <summary>Converts without changing anything.</summary>
    public bool IsOne => Numerator == Denominator;

    /// <summary>The digits of the ratio's numerator.</summary>
    public string NumeratorText => Numerator.ToString(CultureInfo.InvariantCulture);

    /// <summary>The digits of the ratio's denominator.</summary>
    public string DenominatorText => Denominator.ToString(CultureInfo.InvariantCulture);

    internal BigInteger Numerator => _numerator.IsZero ? BigInteger.One : _numerator;

    internal BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    /// <summary><paramref name="rate"/>, more than 0, of <paramref name="date"/>.</summary>
    public static Rate Of(decimal rate, DateOnly? date = null)
    {
        var (digits, scale) = Exact.Digits(rate);
        return new Rate(digits, BigInteger.Pow(10, scale), date);
    }

    /// <summary>The rate of the other direction.</summary>
    public Rate Inverse() => new(Denominator, Numerator, Date);

    /// <summary>Half-even to 10 decimals, for people; conversions use the exact ratio.</summary>
    public decimal ToDecimal() => Convert(1m);

    /// <summary>For ratios.</summary>
    public double ToDouble() => (double)Numerator / (double)Denominator;

    /// <summary><paramref name="amount"/> x rate, half-even to 10 decimals.</summary>
    public decimal Convert(decimal amount) => Exact.Product(amount, 1m, this);

    /// <summary>One conversion after the other.</summary>
    public static Rate operator *(Rate a, Rate b) =>
        a.IsOne && a.Date is null ? b
        : b.IsOne && b.Date is null ? a
        : new Rate(
            a.Numerator * b.Numerator,
            a.Denominator * b.Denominator,
            a.Date is { } x && b.Date is { } y ? (x < y ? x : y) : a.Date ?? b.Date
        );
}
