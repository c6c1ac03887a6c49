using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Domain.Returns;

/// <summary>An open lot at the close of one day; amounts in portfolio currency.</summary>
/// <param name="Lot">The lot.</param>
/// <param name="Quantity">Its shares, in shares of the day: such that those of all lots add up to the position's.</param>
/// <param name="Price">Paid for the shares alone; null when a rate is missing.</param>
/// <param name="Charges">Fees and taxes of the purchase; null when a rate is missing.</param>
/// <param name="UnitCost">Whole cost per share, half-even to 10 decimals; null when a rate is missing.</param>
/// <param name="Value">Its share of the position's value; null without a price or a rate.</param>
/// <param name="DaysHeld">Days between purchase and the day.</param>
public sealed record OpenLot(Lot Lot, decimal Quantity, decimal? Price, decimal? Charges, decimal? UnitCost, decimal? Value, int DaysHeld)
{
    /// <summary>Whole cost: price and charges; null when a rate is missing.</summary>
    public decimal? Cost => Price + Charges;

    /// <summary>Value - whole cost; null when one is not known.</summary>
    public decimal? UnrealisedGain => Value - Cost;

    /// <summary>Held for more than 365 days.</summary>
    public bool LongTerm => DaysHeld > 365;
}

/// <summary>What a position is made of.</summary>
public static class OpenLots
{
    /// <summary>
    /// The lots of <paramref name="position"/> in the order in which sales will take them. What rounding to 10 decimals leaves of quantity and
    /// of value falls on the lot that completes it, so that both add up to the position's, as cost does.
    /// </summary>
    /// <param name="position">Folded through <paramref name="day"/>, no further.</param>
    /// <param name="holding">The same position at the close of that day.</param>
    /// <param name="day">The day.</param>
    public static IReadOnlyList<OpenLot> Of(Position position, Holding holding, DateOnly day)
    {
        var open = new List<OpenLot>(position.OpenLots.Count);
        var whole = position.OpenLots.Aggregate(Quantity.Zero, (sum, lot) => sum + lot.Quantity);
        var value = holding.Quote is null ? null : holding.Value;
        var costKnown = holding.Cost is not null;
        var (upTo, shares, valued) = (Quantity.Zero, 0m, 0m);
        foreach (var lot in position.OpenLots)
        {
            upTo += lot.Quantity;
            var (sharesUpTo, valuedUpTo) = (upTo.ToDecimal(), value is { } all ? Quantity.ShareOf(all, upTo, whole) : 0m);
            open.Add(
                new OpenLot(
                    lot,
                    sharesUpTo - shares,
                    costKnown ? lot.Price : null,
                    costKnown ? lot.Charges : null,
                    costKnown ? Quantity.ShareOf(lot.Cost, Quantity.Of(1), lot.Quantity) : null,
                    value is null ? null : valuedUpTo - valued,
                    day.DayNumber - lot.AcquiredOn.DayNumber
                )
            );
            (shares, valued) = (sharesUpTo, valuedUpTo);
        }
        return open;
    }
}
