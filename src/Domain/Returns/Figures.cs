namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// A gain and what made it, in reporting currency; the parts add up to it exactly. Fees and taxes are negative when paid.
/// </summary>
/// <param name="RealisedPrice">Gross proceeds of the range's sales - the price of the shares sold.</param>
/// <param name="UnrealisedPrice">The rest of the price gain: change of what is not yet realised.</param>
/// <param name="Dividends">Gross dividends.</param>
/// <param name="Interest">Interest.</param>
/// <param name="Fees">- fees.</param>
/// <param name="Taxes">- taxes.</param>
/// <param name="Fx">Effect of exchange rates on value; 0 within one currency.</param>
public sealed record GainParts(
    decimal RealisedPrice,
    decimal UnrealisedPrice,
    decimal Dividends,
    decimal Interest,
    decimal Fees,
    decimal Taxes,
    decimal Fx
)
{
    /// <summary>Nothing gained.</summary>
    public static GainParts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Sum of the parts.</summary>
    public decimal Total => RealisedPrice + UnrealisedPrice + Dividends + Interest + Fees + Taxes + Fx;

    /// <summary>Part by part.</summary>
    public static GainParts operator +(GainParts a, GainParts b) =>
        new(
            a.RealisedPrice + b.RealisedPrice,
            a.UnrealisedPrice + b.UnrealisedPrice,
            a.Dividends + b.Dividends,
            a.Interest + b.Interest,
            a.Fees + b.Fees,
            a.Taxes + b.Taxes,
            a.Fx + b.Fx
        );
}

/// <summary>
/// What something was worth at both ends of a range, what crossed its border in between, and what it gained:
/// gain = closing value - opening value - inflows + outflows. Exact decimals in reporting currency.
/// </summary>
/// <param name="OpeningValue">Value at the close of the day before the range; null when a rate is missing.</param>
/// <param name="ClosingValue">Value at the close of the last day; null when a rate is missing.</param>
/// <param name="Inflows">Capital put in; null when a rate is missing.</param>
/// <param name="Outflows">Capital and income taken out, for a stock net of its own fees and taxes; null when a rate is missing.</param>
/// <param name="Parts">The gain in its parts; null when a rate is missing.</param>
public sealed record Figures(decimal? OpeningValue, decimal? ClosingValue, decimal? Inflows, decimal? Outflows, GainParts? Parts)
{
    /// <summary>Nothing held and nothing moved.</summary>
    public static Figures None { get; } = new(0, 0, 0, 0, GainParts.None);

    /// <summary>Not computable.</summary>
    public static Figures Unknown { get; } = new(null, null, null, null, null);

    /// <summary>Sum of the parts.</summary>
    public decimal? Gain => Parts?.Total;

    /// <summary>Inflows - outflows.</summary>
    public decimal? NetInflow => Inflows - Outflows;

    /// <summary>Gain / (opening value + inflows), a fraction; null when that capital is not positive (<see cref="ReasonCodes.NoCapital"/>).</summary>
    public double? SimpleReturn => OpeningValue + Inflows is { } capital && Gain is { } gain ? Exact.Ratio(gain, capital) : null;

    /// <summary>Figure by figure; unknown when either is.</summary>
    public static Figures operator +(Figures a, Figures b) =>
        new(
            a.OpeningValue + b.OpeningValue,
            a.ClosingValue + b.ClosingValue,
            a.Inflows + b.Inflows,
            a.Outflows + b.Outflows,
            a.Parts is { } x && b.Parts is { } y ? x + y : null
        );
}
