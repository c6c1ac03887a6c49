namespace CleanPortfolio.Domain;

/// <summary>How exact decimals are rounded and shown: half to even at 10 decimals where a product or a division forms, never between.</summary>
public static class Exact
{
    /// <summary>Decimals of a figure that a division or a product formed.</summary>
    public const int Decimals = 10;

    /// <summary><paramref name="value"/> half-even to 10 decimals.</summary>
    public static decimal Round(decimal value) => decimal.Round(value, Decimals, MidpointRounding.ToEven);

    /// <summary><paramref name="value"/> without trailing zeros: 12.50 is 12.5.</summary>
    public static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary><paramref name="a"/> x <paramref name="b"/>, half-even to 10 decimals.</summary>
    public static decimal Product(decimal a, decimal b) => Round(a * b);

    /// <summary><paramref name="a"/> / <paramref name="b"/> as a double, null when <paramref name="b"/> is not positive.</summary>
    public static double? Ratio(decimal a, decimal b) => b > 0 ? (double)(a / b) : null;
}
