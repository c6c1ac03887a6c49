using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>Folds one stock's entries, given in ledger order, into its <see cref="Position"/>.</summary>
internal sealed class PositionFold
{
    private readonly Position _position = new();
    private readonly Queue<Split> _splits;
    private readonly Currency _currency;
    private readonly Conversion? _conversion;
    private readonly LotBook _lots;

    /// <summary>Nothing yet.</summary>
    /// <param name="splits">Splits of the stock, in any order.</param>
    /// <param name="currency">The stock's currency.</param>
    /// <param name="method">Which lots a sale consumes.</param>
    /// <param name="conversion">Leads to the reporting currency; null to count shares only.</param>
    public PositionFold(IReadOnlyList<Split> splits, Currency currency, CostMethod method, Conversion? conversion)
    {
        (_currency, _conversion, _lots) = (currency, conversion, new LotBook(method));
        _splits = new Queue<Split>(splits.Count < 2 ? splits : splits.OrderBy(split => split.ExecutionDate));
    }

    /// <summary>The position, after the splits until <paramref name="day"/>.</summary>
    public Position Close(DateOnly day)
    {
        PassSplits(day);
        _position.OpenLots = _lots.Open;
        return _position;
    }

    private void PassSplits(DateOnly day)
    {
        while (_splits.TryPeek(out var split) && split.ExecutionDate <= day)
        {
            _splits.Dequeue();
            if (_lots.Open.Count == 0)
                continue;
            _lots.Split(split);
            Note(split.ExecutionDate);
        }
    }

    /// <summary>The next entry in ledger order; of a spin-off or merger, with the stock that its shares go to.</summary>
    public void Apply(Transaction entry, PositionFold? into)
    {
        PassSplits(entry.Date);
        switch (entry.Kind)
        {
            case TransactionKind.Buy or TransactionKind.TransferIn:
                Add(entry);
                break;
            case TransactionKind.Sell:
                Sell(entry, Take(entry), entry.Quantity!.Value, AmountsOf(entry));
                break;
            case TransactionKind.TransferOut:
                Deliver(entry, Take(entry));
                break;
            case TransactionKind.SpinOff:
                _position.OversoldOn = _lots.Held.IsZero ? _position.OversoldOn ?? entry.Date : _position.OversoldOn;
                into?.Receive(entry, Deliver(entry, _lots.TakeCost(entry.CostShare ?? 0m)), _currency);
                break;
            case TransactionKind.Merger:
                into?.Receive(entry, Exchange(entry), _currency);
                break;
            default:
                return;
        }
        Note(entry.Date);
    }

    private void Add(Transaction entry)
    {
        var amounts = AmountsOf(entry);
        var local =
            _conversion is null || _currency == _conversion.Reporting
                ? amounts.Gross
                : Amounts.GrossOf(entry, Known(_conversion.ToStock(entry, _currency), entry.Date));
        var lot = new Lot(
            entry.Id,
            entry.AcquiredOn ?? entry.Date,
            Quantity.Of(entry.Quantity!.Value),
            amounts.Gross,
            amounts.Fee + amounts.Tax,
            local
        );
        _lots.Add(lot);
        if (entry.Kind is TransactionKind.TransferIn)
            _position.Settle(entry.Date, -FxOf(lot, On(entry.Date)));
    }

    private List<Lot> Take(Transaction entry)
    {
        var quantity = Quantity.Of(entry.Quantity!.Value);
        if ((_lots.Held - quantity).IsNegative)
            _position.OversoldOn ??= entry.Date;
        return _lots.Take(quantity);
    }

    // Realises the lots of a sale; the last one takes what rounding left of proceeds and charges.
    private void Sell(Transaction entry, List<Lot> taken, decimal shares, Amounts amounts)
    {
        var quantity = Quantity.Of(shares);
        var (proceeds, charges) = (amounts.Gross, amounts.Fee + amounts.Tax);
        var (proceedsLeft, chargesLeft) = (proceeds, charges);
        var rate = _conversion is null ? Rate.One : Known(_conversion.OfStock(entry, _currency), entry.Date);
        for (var i = 0; i < taken.Count; i++)
        {
            var lot = taken[i];
            var final = i == taken.Count - 1;
            var proceedsShare = final ? proceedsLeft : Quantity.ShareOf(proceeds, lot.Quantity, quantity);
            var chargesShare = final ? chargesLeft : Quantity.ShareOf(charges, lot.Quantity, quantity);
            (proceedsLeft, chargesLeft) = (proceedsLeft - proceedsShare, chargesLeft - chargesShare);
            var fx = FxOf(lot, rate);
            _position.Settle(entry.Date, fx);
            _position.Add(
                new RealisedLot(
                    entry.Id,
                    lot.PurchaseId,
                    entry.Date,
                    lot.AcquiredOn,
                    lot.Quantity.ToDecimal(),
                    proceedsShare,
                    chargesShare,
                    lot.Price,
                    lot.Charges,
                    fx
                )
            );
        }
        if (taken.Count == 0)
            _position.Add(new RealisedLot(entry.Id, entry.Id, entry.Date, entry.Date, quantity.ToDecimal(), proceeds, charges, 0m, 0m, 0m));
    }

    // What goes over to another stock or to another owner takes its cost, and what exchange rates did to it, along.
    private List<Lot> Deliver(Transaction entry, List<Lot> lots)
    {
        _position.Deliver(entry.Id, lots.Sum(lot => lot.Cost));
        var rate = On(entry.Date);
        foreach (var lot in lots)
            _position.Settle(entry.Date, FxOf(lot, rate));
        return lots;
    }

    private List<Lot> Exchange(Transaction entry)
    {
        var taken = Take(entry);
        var share = entry.CostShare ?? 1m;
        var carried = taken.ConvertAll(lot => lot.ShareOfCost(share));
        if (entry.Amount is not null || share < 1)
        {
            var sold = taken.Select(
                (lot, i) =>
                    lot with
                    {
                        Price = lot.Price - carried[i].Price,
                        Charges = lot.Charges - carried[i].Charges,
                        LocalPrice = lot.LocalPrice - carried[i].LocalPrice,
                    }
            );
            Sell(entry, [.. sold], entry.Quantity!.Value, AmountsOf(entry));
        }
        return Deliver(entry, carried);
    }

    private void Receive(Transaction entry, List<Lot> carried, Currency from)
    {
        PassSplits(entry.Date);
        var shares = entry.IntoQuantity!.Value;
        var whole = carried.Aggregate(Quantity.Zero, (sum, lot) => sum + lot.Quantity);
        if (whole.IsZero)
            carried = [new Lot(entry.Id, entry.Date, whole = Quantity.Of(1), 0m, 0m, 0m)];
        var rate = On(entry.Date);
        foreach (var lot in _lots.InOrderOfPurchase(carried))
        {
            var local =
                _conversion is null || from == _currency ? lot.LocalPrice
                : _currency == _conversion.Reporting ? lot.Price
                : Known(_conversion.Rates.On(from, _currency, entry.Date), entry.Date).Convert(lot.LocalPrice);
            var received = lot with { Quantity = lot.Quantity.ShareIn(shares, whole), LocalPrice = local };
            _lots.Add(received);
            _position.Settle(entry.Date, -FxOf(received, rate));
        }
        Note(entry.Date);
    }

    private Amounts AmountsOf(Transaction entry)
    {
        if (_conversion is null)
            return default;
        var amounts = Amounts.Of(entry, _conversion);
        _position.RateMissingOn ??= amounts is null ? entry.Date : null;
        return amounts ?? default;
    }

    private Rate On(DateOnly day) => _conversion is null ? Rate.One : Known(_conversion.On(_currency, day), day);

    // Whatever is computed with a stand-in is marked by the missing rate, and not shown.
    private Rate Known(Rate? rate, DateOnly day)
    {
        _position.RateMissingOn ??= rate is null ? day : null;
        return rate ?? Rate.One;
    }

    private decimal FxOf(Lot lot, Rate rate) => _conversion?.FxOf(_currency, lot.LocalPrice, lot.Price, rate) ?? 0m;

    private void Note(DateOnly day) =>
        _position.Add(new PositionStep(day, _lots.Held.ToDecimal(), _lots.Price + _lots.Charges, _lots.Price, _lots.LocalPrice));
}
