using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary>Fixed-point numbers with six decimals in a <see cref="long"/>: prices and volumes, exact and cheap to read and write.</summary>
internal static class Micros
{
    public const long One = 1_000_000;

    /// <summary>The smallest step of a price on the wire: four decimals.</summary>
    public const long PriceStep = 100;

    public static long From(decimal value) => decimal.ToInt64(decimal.Round(value * One, MidpointRounding.AwayFromZero));

    public static decimal ToDecimal(long value) => (decimal)value / One;

    public static long RoundToStep(decimal micros) =>
        decimal.ToInt64(decimal.Round(micros / PriceStep, MidpointRounding.AwayFromZero)) * PriceStep;

    /// <summary>Reads plain decimal notation; false for anything else. Digits beyond the sixth decimal are dropped.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var negative = text is [(byte)'-', ..];
        if (negative)
            text = text[1..];
        if (text.IsEmpty || text.Length > 20)
            return false;
        var decimals = -1;
        foreach (var character in text)
        {
            if (character == '.' && decimals < 0)
                decimals = 0;
            else if (!char.IsAsciiDigit((char)character))
                return false;
            else if (decimals < 6)
            {
                value = (value * 10) + (character - '0');
                decimals += decimals < 0 ? 0 : 1;
            }
        }
        for (var missing = Math.Max(decimals, 0); missing < 6; missing++)
            value *= 10;
        if (negative)
            value = -value;
        return true;
    }

    /// <summary>Writes the shortest plain decimal form and answers its length; 32 bytes always suffice.</summary>
    public static int Format(long value, Span<byte> text)
    {
        var length = 0;
        if (value < 0)
        {
            text[length++] = (byte)'-';
            value = -value;
        }
        var (whole, fraction) = Math.DivRem(value, One);
        Utf8Formatter.TryFormat(whole, text[length..], out var written);
        length += written;
        if (fraction == 0)
            return length;
        text[length++] = (byte)'.';
        for (var unit = One / 10; fraction > 0; unit /= 10)
        {
            text[length++] = (byte)('0' + (fraction / unit));
            fraction %= unit;
        }
        return length;
    }

    /// <summary>The exponent form in which the provider sometimes writes large numbers, for instance 9.5595226e+07.</summary>
    public static int FormatExponent(long value, Span<byte> text) =>
        Encoding.ASCII.GetBytes(ToDecimal(value).ToString("0.################e+00", CultureInfo.InvariantCulture), text);
}
