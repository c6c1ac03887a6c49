namespace CleanPortfolio.Testing.Naive;

/// <summary>How lots come, go over and leave.</summary>
internal sealed partial class NaiveLedger
{
    private void Reorganise(NaiveEntry entry, decimal gross, decimal charges)
    {
        var (old, into, day) = (entry.Stock!, entry.Into!, entry.Day);
        var share = entry.CostShare ?? 1;
        var left = entry.Kind == "merger" ? Take(old, entry.Quantity) : [.. Lots(old)];
        var carried = left.ConvertAll(lot => lot.Part(1, share));
        if (entry.Kind == "merger" && (entry.Amount is not null || share < 1))
            Sell(entry, left.ConvertAll(lot => lot.Part(1, 1 - share)), gross, charges);
        else if (entry.Kind == "spinOff")
            _lots[old] = left.ConvertAll(lot => lot.Part(1, 1 - share));
        var worth = entry.IntoQuantity * market.Price(into, day) * Rate(into, day);
        Deliver(old, day, carried, worth, inwards: false, alreadyWorth: true);
        var (from, to) = (market.Stocks[old].Currency, market.Stocks[into].Currency);
        var whole = carried.Sum(lot => lot.Quantity);
        var come = carried
            .OrderBy(lot => lot.Seq)
            .Select(lot => new NaiveLot
            {
                Acquired = lot.Acquired,
                Seq = ++_seq,
                Quantity = entry.IntoQuantity * lot.Quantity / whole,
                Price = lot.Price,
                Charges = lot.Charges,
                Local = to == reporting ? lot.Price : lot.Local * market.Rate(from, to, day),
            })
            .ToList();
        Deliver(into, day, come, worth, inwards: true, alreadyWorth: true);
        come.ForEach(lot => Add(into, lot));
    }

    private void Deliver(string stock, int day, List<NaiveLot> lots, decimal quantity, bool inwards, bool alreadyWorth = false)
    {
        var (line, rate, sign) = (Line(stock, day), Rate(stock, day), inwards ? -1 : 1);
        var worth = alreadyWorth ? quantity : quantity * market.Price(stock, day) * rate;
        var fx = lots.Sum(lot => Fx(stock, lot, rate));
        line.Fx += sign * fx;
        line.Delivered += sign * (worth - lots.Sum(lot => lot.Price) - fx);
        (line.In, line.Out) = inwards ? (line.In + worth, line.Out) : (line.In, line.Out + worth);
    }

    private void Sell(NaiveEntry entry, List<NaiveLot> lots, decimal gross, decimal charges)
    {
        var (line, currency) = (Line(entry.Stock!, entry.Day), market.Stocks[entry.Stock!].Currency);
        var rate =
            NaiveMarket.Major(currency) == NaiveMarket.Major(entry.Currency)
                ? market.Rate(currency, entry.Currency, entry.Day) * RateOf(entry, reporting)
                : Rate(entry.Stock!, entry.Day);
        foreach (var lot in lots)
        {
            var (proceeds, fx) = (gross * lot.Quantity / entry.Quantity, Fx(entry.Stock!, lot, rate));
            line.Fx += fx;
            line.Realised += proceeds - lot.Price - fx;
            var net = proceeds - (charges * lot.Quantity / entry.Quantity);
            Sales.Add(new NaiveSale(entry.Stock!, entry.Day, lot.Acquired, lot.Quantity, net, lot.Price + lot.Charges, fx));
        }
    }

    private void Add(string stock, NaiveLot lot)
    {
        var lots = _lots.TryGetValue(stock, out var open) ? open : _lots[stock] = [];
        if (method != "average" || lots.Count == 0)
        {
            lots.Add(lot);
            return;
        }
        var pool = lots[0];
        (pool.Quantity, pool.Price) = (pool.Quantity + lot.Quantity, pool.Price + lot.Price);
        (pool.Charges, pool.Local) = (pool.Charges + lot.Charges, pool.Local + lot.Local);
    }

    private List<NaiveLot> Take(string stock, decimal quantity)
    {
        var lots = _lots[stock];
        var ordered = method switch
        {
            "lifo" => lots.OrderByDescending(lot => lot.Acquired).ThenByDescending(lot => lot.Seq),
            "hifo" => lots.OrderByDescending(lot => (lot.Price + lot.Charges) / lot.Quantity)
                .ThenBy(lot => lot.Acquired)
                .ThenBy(lot => lot.Seq),
            _ => lots.OrderBy(lot => lot.Acquired).ThenBy(lot => lot.Seq),
        };
        var taken = new List<NaiveLot>();
        foreach (var lot in ordered.ToList())
        {
            var part = Math.Min(quantity, lot.Quantity);
            if (part < 0.0000000001m)
                break;
            var whole = lot.Quantity - part < 0.0000000001m;
            taken.Add(whole ? lot : lot.Part(part / lot.Quantity, part / lot.Quantity));
            lots.Remove(lot);
            if (!whole)
                lots.Add(lot.Part((lot.Quantity - part) / lot.Quantity, (lot.Quantity - part) / lot.Quantity));
            quantity -= part;
        }
        return taken;
    }
}
