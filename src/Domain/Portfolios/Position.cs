using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>A holding from the end of one day until the next change.</summary>
/// <param name="From">Day at whose close it is first true.</param>
/// <param name="Quantity">Shares, in shares of that day, half-even to 10 decimals.</param>
/// <param name="Cost">Price and charges of the open lots, in reporting currency.</param>
/// <param name="Price">Price of the open lots alone, in reporting currency at the rates of the purchases.</param>
/// <param name="LocalPrice">The same in the stock's currency.</param>
public readonly record struct PositionStep(DateOnly From, decimal Quantity, decimal Cost, decimal Price, decimal LocalPrice);

/// <summary>One stock in one ledger through time: the fold of its transactions and splits.</summary>
public sealed class Position
{
    private readonly List<PositionStep> _steps = [];
    private readonly List<RealisedLot> _realised = [];
    private readonly List<(DateOnly Date, decimal Amount)> _settledFx = [];
    private readonly Dictionary<Id<Transaction>, decimal> _delivered = [];
    private readonly Queue<Split> _splits;
    private readonly Currency _currency;
    private readonly Conversion? _conversion;
    private readonly LotBook _lots;

    /// <summary>Nothing yet.</summary>
    /// <param name="splits">Splits of the stock, in any order.</param>
    /// <param name="currency">The stock's currency.</param>
    /// <param name="method">Which lots a sale consumes.</param>
    /// <param name="conversion">Leads to the reporting currency; null to count shares only.</param>
    internal Position(IReadOnlyList<Split> splits, Currency currency, CostMethod method, Conversion? conversion)
    {
        (_currency, _conversion, _lots) = (currency, conversion, new LotBook(method));
        _splits = new Queue<Split>(splits.Count < 2 ? splits : splits.OrderBy(split => split.ExecutionDate));
    }

    /// <summary>The holding after each day on which it changed, ascending.</summary>
    public IReadOnlyList<PositionStep> Steps => _steps;

    /// <summary>Every match of a sale with a lot, in order.</summary>
    public IReadOnlyList<RealisedLot> Realised => _realised;

    /// <summary>The lots open after the last entry, in the order in which sales will take them.</summary>
    public IReadOnlyList<Lot> OpenLots => _lots.Open;

    /// <summary>
    /// First day on which more left than was held; null normally. It can only happen when a split arrives or changes after the trades
    /// were recorded: the excess is then matched with no cost.
    /// </summary>
    public DateOnly? OversoldOn { get; private set; }

    /// <summary>First day of a transaction in another currency without a rate; null normally. Costs are then incomplete.</summary>
    public DateOnly? RateMissingOn { get; private set; }

    /// <summary>Folds the history of one stock in a ledger without spin-offs and mergers; <see cref="PositionBook"/> folds a whole ledger.</summary>
    /// <param name="entries">Transactions of one stock in one portfolio, in any order; void ones are passed over.</param>
    /// <param name="splits">Splits of that stock, in any order. A split comes before the trades of its day.</param>
    /// <param name="method">Which lots a sale consumes.</param>
    /// <param name="reporting">Currency of cost and proceeds, and of the stock.</param>
    /// <param name="through">Last day to look at; null for all.</param>
    public static Position Of(
        IEnumerable<Transaction> entries,
        IReadOnlyList<Split> splits,
        CostMethod method,
        Currency reporting,
        DateOnly? through = null
    )
    {
        var position = new Position(splits, reporting, method, Conversion.Within(reporting));
        foreach (var entry in PositionBook.InOrder(entries, through))
            position.Apply(entry, into: null);
        position.PassSplits(through ?? DateOnly.MaxValue);
        return position;
    }

    /// <summary>The holding at the close of <paramref name="day"/>; nothing before the first entry.</summary>
    public PositionStep At(DateOnly day)
    {
        var index = _steps.FindLastIndex(step => step.From <= day);
        return index < 0 ? new PositionStep(day, 0m, 0m, 0m, 0m) : _steps[index];
    }

    /// <summary>Whether anything is held at the close of some day from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public bool IsHeld(DateOnly first, DateOnly last) =>
        At(first).Quantity != 0 || _steps.Exists(step => step.Quantity != 0 && step.From > first && step.From <= last);

    /// <summary>Cost of the lots that a transfer out, a spin-off or a merger took with it; 0 for any other entry.</summary>
    public decimal DeliveredCost(Id<Transaction> entry) => _delivered.GetValueOrDefault(entry);

    /// <summary>
    /// What exchange rates had done to the lots that left from <paramref name="from"/> to <paramref name="to"/>, less what they had done
    /// before to those delivered in; in reporting currency.
    /// </summary>
    public decimal SettledFx(DateOnly from, DateOnly to)
    {
        var sum = 0m;
        foreach (var (date, amount) in _settledFx)
            if (date >= from && date <= to)
                sum += amount;
        return sum;
    }

    internal void PassSplits(DateOnly day)
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

    internal void Apply(Transaction entry, Position? into)
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
                OversoldOn = _lots.Held.IsZero ? OversoldOn ?? entry.Date : OversoldOn;
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
            Settle(entry.Date, -FxOf(lot, On(entry.Date)));
    }

    private List<Lot> Take(Transaction entry)
    {
        var quantity = Quantity.Of(entry.Quantity!.Value);
        if ((_lots.Held - quantity).IsNegative)
            OversoldOn ??= entry.Date;
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
            Settle(entry.Date, fx);
            _realised.Add(
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
            _realised.Add(new RealisedLot(entry.Id, entry.Id, entry.Date, entry.Date, quantity.ToDecimal(), proceeds, charges, 0m, 0m, 0m));
    }

    // What goes over to another stock or to another owner takes its cost, and what exchange rates did to it, along.
    private List<Lot> Deliver(Transaction entry, List<Lot> lots)
    {
        _delivered[entry.Id] = lots.Sum(lot => lot.Cost);
        var rate = On(entry.Date);
        foreach (var lot in lots)
            Settle(entry.Date, FxOf(lot, rate));
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
            Settle(entry.Date, -FxOf(received, rate));
        }
        Note(entry.Date);
    }

    private Amounts AmountsOf(Transaction entry)
    {
        if (_conversion is null)
            return default;
        var amounts = Amounts.Of(entry, _conversion);
        RateMissingOn ??= amounts is null ? entry.Date : null;
        return amounts ?? default;
    }

    private Rate On(DateOnly day) => _conversion is null ? Rate.One : Known(_conversion.On(_currency, day), day);

    // Whatever is computed with a stand-in is marked by the missing rate, and not shown.
    private Rate Known(Rate? rate, DateOnly day)
    {
        RateMissingOn ??= rate is null ? day : null;
        return rate ?? Rate.One;
    }

    private decimal FxOf(Lot lot, Rate rate) => _conversion?.FxOf(_currency, lot.LocalPrice, lot.Price, rate) ?? 0m;

    private void Settle(DateOnly day, decimal amount)
    {
        if (amount != 0)
            _settledFx.Add((day, amount));
    }

    private void Note(DateOnly day)
    {
        var step = new PositionStep(day, _lots.Held.ToDecimal(), _lots.Price + _lots.Charges, _lots.Price, _lots.LocalPrice);
        if (_steps.Count > 0 && _steps[^1].From == day)
            _steps[^1] = step;
        else
            _steps.Add(step);
    }
}
