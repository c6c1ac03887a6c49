using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>Shares bought together and still held.</summary>
/// <param name="PurchaseId">The purchase or transfer in; of a pooled lot, the first one.</param>
/// <param name="AcquiredOn">Purchase date.</param>
/// <param name="Quantity">Shares, in shares of now.</param>
/// <param name="Price">Paid for the shares alone, in reporting currency at the rate of the purchase.</param>
/// <param name="Charges">Fees and taxes of the purchase, in reporting currency.</param>
/// <param name="LocalPrice">Paid for the shares alone, in the stock's currency.</param>
public sealed record Lot(
    Id<Transaction> PurchaseId,
    DateOnly AcquiredOn,
    Quantity Quantity,
    decimal Price,
    decimal Charges,
    decimal LocalPrice
)
{
    /// <summary>Whole cost: price and charges.</summary>
    public decimal Cost => Price + Charges;

    /// <summary>The same shares with <paramref name="share"/> of the cost.</summary>
    internal Lot ShareOfCost(decimal share) =>
        this with
        {
            Price = Exact.Product(Price, share),
            Charges = Exact.Product(Charges, share),
            LocalPrice = Exact.Product(LocalPrice, share),
        };
}

/// <summary>What one sale realised on one lot, in reporting currency. Shares of amounts are half-even to 10 decimals; the last lot of a sale takes the rest.</summary>
/// <param name="SaleId">The sale.</param>
/// <param name="PurchaseId">The purchase.</param>
/// <param name="SoldOn">Date of the sale.</param>
/// <param name="AcquiredOn">Date of the purchase.</param>
/// <param name="Quantity">Shares, in shares of the sale's date.</param>
/// <param name="Proceeds">Gross proceeds.</param>
/// <param name="SaleCharges">Fees and taxes of the sale.</param>
/// <param name="Price">Paid for the shares alone.</param>
/// <param name="PurchaseCharges">Fees and taxes of the purchase.</param>
/// <param name="FxGain">What exchange rates did: price in the stock's currency x rate of the sale - <paramref name="Price"/>; 0 within one currency.</param>
public sealed record RealisedLot(
    Id<Transaction> SaleId,
    Id<Transaction> PurchaseId,
    DateOnly SoldOn,
    DateOnly AcquiredOn,
    decimal Quantity,
    decimal Proceeds,
    decimal SaleCharges,
    decimal Price,
    decimal PurchaseCharges,
    decimal FxGain
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

    public decimal LocalPrice { get; private set; }

    public void Add(Lot lot)
    {
        Count(lot, 1);
        if (method is CostMethod.Average && _open is [var pool])
            _open[0] = pool with { Quantity = Held, Price = Price, Charges = Charges, LocalPrice = LocalPrice };
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
            Count(lot, -1);
        return taken;
    }

    /// <summary>Takes <paramref name="share"/> of the cost of every lot away and leaves the shares; answers the lots as if that share of them had gone.</summary>
    public List<Lot> TakeCost(decimal share)
    {
        var taken = new List<Lot>(_open.Count);
        for (var i = 0; i < _open.Count; i++)
        {
            var lot = _open[i];
            var part = lot.ShareOfCost(share);
            taken.Add(part);
            _open[i] = lot with
            {
                Price = lot.Price - part.Price,
                Charges = lot.Charges - part.Charges,
                LocalPrice = lot.LocalPrice - part.LocalPrice,
            };
            (Price, Charges, LocalPrice) = (Price - part.Price, Charges - part.Charges, LocalPrice - part.LocalPrice);
        }
        // Less cost can change the order in which lots go.
        if (method is CostMethod.Hifo)
        {
            var lots = _open;
            _open = [];
            foreach (var lot in lots)
                _open.Insert(PlaceOf(lot), lot);
        }
        return taken;
    }

    /// <summary>Lots taken from a book of this method, so that adding them one by one leaves those of one day in the order that they had.</summary>
    public IEnumerable<Lot> InOrderOfPurchase(IReadOnlyList<Lot> taken) => method is CostMethod.Lifo ? taken.Reverse() : taken;

    private void Count(Lot lot, int sign)
    {
        Held = sign > 0 ? Held + lot.Quantity : Held - lot.Quantity;
        Price += sign * lot.Price;
        Charges += sign * lot.Charges;
        LocalPrice += sign * lot.LocalPrice;
    }

    private Lot TakePart(Quantity quantity)
    {
        var lot = _open[0];
        var part = lot with
        {
            Quantity = quantity,
            Price = Quantity.ShareOf(lot.Price, quantity, lot.Quantity),
            Charges = Quantity.ShareOf(lot.Charges, quantity, lot.Quantity),
            LocalPrice = Quantity.ShareOf(lot.LocalPrice, quantity, lot.Quantity),
        };
        _open[0] = lot with
        {
            Quantity = lot.Quantity - quantity,
            Price = lot.Price - part.Price,
            Charges = lot.Charges - part.Charges,
            LocalPrice = lot.LocalPrice - part.LocalPrice,
        };
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
            CostMethod.Hifo => Quantity.ComparePerShare(earlier.Cost, earlier.Quantity, lot.Cost, lot.Quantity) switch
            {
                0 => earlier.AcquiredOn <= lot.AcquiredOn,
                var dearer => dearer > 0,
            },
            _ => earlier.AcquiredOn <= lot.AcquiredOn,
        };
}
