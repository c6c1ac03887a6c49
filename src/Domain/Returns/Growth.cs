namespace CleanPortfolio.Domain.Returns;

/// <summary>A product of factors 1 + r that neither overflows nor vanishes on its way: mantissa x 2^(512 x exponent).</summary>
internal readonly record struct Growth(double Mantissa, int Exponent)
{
    private const double Great = 1.3407807929942597e154; // 2^512

    /// <summary>Of linked returns; 1 for none.</summary>
    public static Growth Of(ReadOnlySpan<double> returns)
    {
        var (mantissa, exponent) = (1.0, 0);
        foreach (var one in returns)
        {
            mantissa *= 1 + one;
            if (Math.Abs(mantissa) >= Great)
                (mantissa, exponent) = (mantissa / Great, exponent + 1);
            else if (mantissa != 0 && Math.Abs(mantissa) <= 1 / Great)
                (mantissa, exponent) = (mantissa * Great, exponent - 1);
        }
        return new Growth(mantissa, mantissa == 0 ? 0 : exponent);
    }

    /// <summary>The product; infinite when no double holds it.</summary>
    public double Value => Exponent == 0 ? Mantissa : Mantissa * Math.Pow(Great, Exponent);

    /// <summary>The product, not negative, to a power.</summary>
    public double ToPower(double power) =>
        Exponent == 0 ? Math.Pow(Mantissa, power) : Math.Exp(power * (Math.Log(Mantissa) + (Exponent * Math.Log(Great))));
}
