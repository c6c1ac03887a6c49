using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>Shares bought together and still held.</summary>
/// <param name="PurchaseId">The purchase or transfer in; of a pooled lot, the first one.</param>
/// <param name="AcquiredOn">Purchase date.</param>
/// <param name="Quantity">Shares, in shares of now.</param>
/// <param name="Price">Paid for the shares alone, in portfolio currency.</param>
/// <param name="Charges">Fees and taxes of the purchase, in portfolio currency.</param>
public sealed record Lot(Id<Transaction> PurchaseId, DateOnly AcquiredOn, Quantity Quantity, decimal Price, decimal Charges)
{
    /// <summary>Whole cost: price and charges.</summary>
    public decimal Cost => Price + Charges;
}

/// <summary>What one sale realised on one lot, in portfolio currency. Shares of amounts are half-even to 10 decimals; the last lot of a sale takes the rest.</summary>
/// <param name="SaleId">The sale.</param>
/// <param name="PurchaseId">The purchase.</param>
/// <param name="SoldOn">Date of the sale.</param>
/// <param name="AcquiredOn">Date of the purchase.</param>
/// <param name="Quantity">Shares, in shares of the sale's date.</param>
/// <param name="Proceeds">Gross proceeds.</param>
/// <param name="SaleCharges">Fees and taxes of the sale.</param>
/// <param name="Price">Paid for the shares alone.</param>
/// <param name="PurchaseCharges">Fees and taxes of the purchase.</param>
public sealed record RealisedLot(
    Id<Transaction> SaleId,
    Id<Transaction> PurchaseId,
    DateOnly SoldOn,
    DateOnly AcquiredOn,
    decimal Quantity,
    decimal Proceeds,
    decimal SaleCharges,
    decimal Price,
    decimal PurchaseCharges
)
{
    /// <summary>Net proceeds - whole cost.</summary>
    public decimal Gain => Proceeds - SaleCharges - Price - PurchaseCharges;

    /// <summary>Days between purchase and sale.</summary>
    public int DaysHeld => SoldOn.DayNumber - AcquiredOn.DayNumber;

    /// <summary>Held for more than 365 days.</summary>
    public bool LongTerm => DaysHeld > 365;
}

/// <summary>The open lots of one stock, kept in the order in which the portfolio's cost method takes them.</summary>
internal sealed class LotBook(CostMethod method)
{
    private List<Lot> _open = [];

    public IReadOnlyList<Lot> Open => _open;

    public Quantity Held { get; private set; }

    public decimal Price { get; private set; }

    public decimal Charges { get; private set; }

    public void Add(Lot lot)
    {
        Held += lot.Quantity;
        Price += lot.Price;
        Charges += lot.Charges;
        if (method is CostMethod.Average && _open is [var pool])
            _open[0] = pool with { Quantity = Held, Price = Price, Charges = Charges };
        else
            _open.Insert(PlaceOf(lot), lot);
    }

    public void Split(Split split)
    {
        Held = Held.Split(split.From, split.To);
        _open = [.. _open.Select(lot => lot with { Quantity = lot.Quantity.Split(split.From, split.To) })];
    }

    /// <summary>Takes <paramref name="wanted"/> shares out, lot by lot; answers what was taken. Dust below 10 decimals goes with the last share.</summary>
    public List<Lot> Take(Quantity wanted)
    {
        var all = (Held - wanted).IsZero || wanted > Held;
        var taken = new List<Lot>();
        var whole = 0;
        for (; whole < _open.Count && (all || _open[whole].Quantity <= wanted); whole++)
        {
            taken.Add(_open[whole]);
            wanted -= _open[whole].Quantity;
        }
        _open.RemoveRange(0, whole);
        if (!all && wanted > Quantity.Zero)
            taken.Add(TakePart(wanted));
        foreach (var lot in taken)
            (Held, Price, Charges) = (Held - lot.Quantity, Price - lot.Price, Charges - lot.Charges);
        return taken;
    }

    private Lot TakePart(Quantity quantity)
    {
        var lot = _open[0];
        var part = lot with
        {
            Quantity = quantity,
            Price = Quantity.ShareOf(lot.Price, quantity, lot.Quantity),
            Charges = Quantity.ShareOf(lot.Charges, quantity, lot.Quantity),
        };
        _open[0] = lot with { Quantity = lot.Quantity - quantity, Price = lot.Price - part.Price, Charges = lot.Charges - part.Charges };
        return part;
    }

    private int PlaceOf(Lot lot)
    {
        var (low, high) = (0, _open.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = GoesBefore(_open[middle], lot) ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    // Cost per share not as a rounded quotient: a split would then reorder lots that cost the same, and a lot of dust divide by zero.
    private bool GoesBefore(Lot earlier, Lot lot) =>
        method switch
        {
            CostMethod.Lifo => earlier.AcquiredOn > lot.AcquiredOn,
            CostMethod.Hifo => Quantity.ComparePerShare(earlier.Cost, earlier.Quantity, lot.Cost, lot.Quantity) >= 0,
            _ => earlier.AcquiredOn <= lot.AcquiredOn,
        };
}
