using System.Globalization;
using System.Numerics;

namespace CleanPortfolio.Domain;

/// <summary>
/// The double nearest to a decimal, ties to even: what every language reads from the decimal's text, so that a client can repeat a ratio to
/// the digit. A cast rounds twice, once for the digits and once for their division.
/// </summary>
internal static class Doubles
{
    private const int Room = 60;
    private const ulong Whole = 1UL << 53; // up to here every whole number is a double
    private const int MostDecimals = 19;
    private const long Cent = 100_000_000;

    private static readonly ulong[] Powers = [.. Enumerable.Range(0, MostDecimals + 1).Select(scale => (ulong)BigInteger.Pow(10, scale))];

    /// <summary>Of <paramref name="value"/>; a negative nothing is 0.</summary>
    public static double Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        if (value.Scale > MostDecimals)
            return OfText(value);
        var size = Divided(digits, value.Scale);
        return value < 0 ? -size : size;
    }

    /// <summary>Of a count of 1e-10.</summary>
    public static double OfUnits(Int128 units)
    {
        if (units <= long.MaxValue && units >= long.MinValue)
        {
            // Nearly all money: few digits, or whole cents.
            var few = (long)units;
            if (few <= (long)Whole && few >= -(long)Whole)
                return few / 1e10;
            if (few % Cent == 0)
                return few / Cent / 100.0;
        }
        return units < 0 ? -Divided((UInt128)(-units), Exact.Decimals) : Divided((UInt128)units, Exact.Decimals);
    }

    private static double Divided(UInt128 digits, int scale)
    {
        var divisor = Powers[scale];
        if (digits <= Whole && divisor <= Whole)
            return (double)(ulong)digits / divisor;
        // A quotient of some 60 binary digits, the last of which tells whether anything follows: rounding it to 53 is rounding the truth.
        var shift = Room + (64 - BitOperations.LeadingZeroCount(divisor)) - (128 - (int)UInt128.LeadingZeroCount(digits));
        var rest = shift < 0 && (digits & ((UInt128.One << -shift) - 1)) != 0;
        var (quotient, remainder) = UInt128.DivRem(shift < 0 ? digits >> -shift : digits << shift, divisor);
        return Math.ScaleB((double)((ulong)quotient | (rest || remainder != 0 ? 1UL : 0)), -shift);
    }

    private static double OfText(decimal value)
    {
        Span<char> text = stackalloc char[40];
        return value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
            ? double.Parse(text[..length], CultureInfo.InvariantCulture)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "No decimal is as long.");
    }
}
