namespace CleanPortfolio.Testing.Naive;

/// <summary>
/// The other opinion: a ledger walked day by day in plain decimals without any rounding of amounts, sharing no code with the engine. It
/// follows the definitions: values at raw closes and rates of the day, lots at the rates of their purchases.
/// </summary>
internal sealed partial class NaiveLedger(NaiveMarket market, string home, string reporting, bool tracksCash, string method)
{
    public const string Cash = "(cash)";

    private readonly Dictionary<string, List<NaiveLot>> _lots = [];
    private readonly Dictionary<(string Line, int Day), NaiveDay> _days = [];
    private readonly Dictionary<int, (decimal In, decimal Out)> _flows = [];
    private decimal _balance;
    private int _seq;

    public List<NaiveSale> Sales { get; } = [];

    public IEnumerable<string> Lines => market.Stocks.Keys.Append(Cash);

    public IReadOnlyList<NaiveLot> Lots(string stock) => _lots.GetValueOrDefault(stock) ?? [];

    public NaiveDay On(string line, int day) => _days.GetValueOrDefault((line, day)) ?? new NaiveDay();

    public (decimal In, decimal Out) Flow(int day) => _flows.GetValueOrDefault(day);

    public decimal Value(int day) => Lines.Sum(line => On(line, day).Value);

    public void Walk(IEnumerable<NaiveEntry> entries, int first, int last)
    {
        var byDay = entries.ToLookup(entry => entry.Day);
        for (var day = first; day <= last; day++)
        {
            foreach (var (name, stock) in market.Stocks)
            foreach (var split in stock.Splits.Where(split => split.Day == day))
            foreach (var lot in Lots(name))
                lot.Quantity = lot.Quantity * split.To / split.From;
            foreach (var entry in byDay[day].OrderBy(entry => Rank(entry.Kind)))
                Enter(entry);
            Close(day);
        }
    }

    private static int Rank(string kind) =>
        kind switch
        {
            "spinOff" or "merger" => 0,
            "transferIn" => 1,
            "buy" => 2,
            "sell" => 4,
            "transferOut" => 5,
            _ => 3,
        };

    private void Close(int day)
    {
        foreach (var (name, lots) in _lots.Where(pair => pair.Value.Count > 0))
        {
            var (line, rate) = (Line(name, day), Rate(name, day));
            line.Value = lots.Sum(lot => lot.Quantity) * market.Price(name, day) * rate;
            line.OpenFx = lots.Sum(lot => Fx(name, lot, rate));
            line.OpenPrice = line.Value - lots.Sum(lot => lot.Price) - line.OpenFx;
        }
        Line(Cash, day).Value = tracksCash ? _balance * market.Rate(home, reporting, day) : 0;
    }

    private void Enter(NaiveEntry entry)
    {
        var rate = RateOf(entry, reporting);
        var (gross, fee, tax) = (entry.Gross * rate, entry.Fee * rate, entry.Tax * rate);
        var line = Line(entry.Stock ?? Cash, entry.Day);
        var cash = entry.Kind switch
        {
            "buy" => -(gross + fee + tax),
            "sell" or "dividend" or "merger" => gross - fee - tax,
            "interest" or "deposit" => gross,
            "fee" or "tax" or "withdrawal" => -gross,
            _ => 0,
        };
        line.Fees -= entry.Kind == "fee" ? gross : fee;
        line.Taxes -= entry.Kind == "tax" ? gross : tax;
        line.Dividends += entry.Kind == "dividend" ? gross : 0;
        line.Interest += entry.Kind == "interest" ? gross : 0;
        switch (entry.Kind)
        {
            case "buy" or "transferIn":
                var local = entry.Gross * LocalRate(entry);
                Add(
                    entry.Stock!,
                    new NaiveLot
                    {
                        Acquired = entry.Acquired ?? entry.Day,
                        Seq = ++_seq,
                        Quantity = entry.Quantity,
                        Price = gross,
                        Charges = fee + tax,
                        Local = local,
                    }
                );
                if (entry.Kind == "transferIn")
                    Deliver(entry.Stock!, entry.Day, [new NaiveLot { Price = gross, Local = local }], entry.Quantity, inwards: true);
                else
                    line.In -= cash;
                break;
            case "sell":
                Sell(entry, Take(entry.Stock!, entry.Quantity), gross, fee + tax);
                line.Out += cash;
                break;
            case "transferOut":
                Deliver(entry.Stock!, entry.Day, Take(entry.Stock!, entry.Quantity), entry.Quantity, inwards: false);
                break;
            case "spinOff" or "merger":
                Reorganise(entry, gross, fee + tax);
                line.Out += cash;
                break;
            case "dividend" or "fee" or "tax" when entry.Stock is not null:
                line.Out += cash;
                break;
        }
        Settle(entry, cash);
    }

    // The other side of each entry: the balance of cash, or the border.
    private void Settle(NaiveEntry entry, decimal cash)
    {
        var (border, line) = (entry.Kind is "deposit" or "withdrawal", Line(Cash, entry.Day));
        var own = entry.Stock is null && !border;
        var moved = entry.Kind is "transferIn" or "transferOut"
            ? entry.Quantity * market.Price(entry.Stock!, entry.Day) * Rate(entry.Stock!, entry.Day)
            : 0;
        var flow =
            entry.Kind == "transferIn" ? moved
            : entry.Kind == "transferOut" ? -moved
            : tracksCash == border ? (border ? cash : -cash)
            : 0;
        var (@in, @out) = Flow(entry.Day);
        _flows[entry.Day] = (@in + Math.Max(flow, 0), @out + Math.Max(-flow, 0));
        if (tracksCash && cash != 0)
            _balance += cash / RateOf(entry, reporting) * RateOf(entry, home);
        if (tracksCash && !own)
            (line.In, line.Out) = (line.In + Math.Max(cash, 0), line.Out + Math.Max(-cash, 0));
        else if (!tracksCash && own)
            (line.In, line.Out) = (line.In + Math.Max(-cash, 0), line.Out + Math.Max(cash, 0));
    }

    private NaiveDay Line(string name, int day) =>
        _days.TryGetValue((name, day), out var line) ? line : _days[(name, day)] = new NaiveDay();

    private decimal Rate(string stock, int day) => market.Rate(market.Stocks[stock].Currency, reporting, day);

    private decimal Fx(string stock, NaiveLot lot, decimal rate) =>
        NaiveMarket.Major(market.Stocks[stock].Currency) == NaiveMarket.Major(reporting) ? 0 : (lot.Local * rate) - lot.Price;

    private decimal RateOf(NaiveEntry entry, string to)
    {
        var day = entry.Acquired ?? entry.Day;
        return entry.Currency == to ? 1
            : entry.FxRate is { } stated && entry.Currency != home ? stated * market.Rate(home, to, day)
            : market.Rate(entry.Currency, to, day);
    }

    private decimal LocalRate(NaiveEntry entry)
    {
        var currency = market.Stocks[entry.Stock!].Currency;
        return entry.Currency == currency ? 1
            : currency == reporting ? RateOf(entry, reporting)
            : market.Rate(entry.Currency, currency, entry.Acquired ?? entry.Day);
    }
}
