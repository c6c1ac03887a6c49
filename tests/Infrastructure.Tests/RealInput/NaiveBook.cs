namespace CleanPortfolio.Infrastructure.Tests.RealInput;

internal sealed record Trade(string Kind, DateOnly Date, string? Ticker = null)
{
    public decimal Quantity { get; init; }
    public decimal Price { get; init; }
    public decimal Amount { get; init; }
    public decimal Fee { get; init; }
    public decimal Tax { get; init; }

    public decimal Gross => Kind is "buy" or "sell" ? Quantity * Price : Amount;

    /// <summary>What it does to cash.</summary>
    public decimal Cash =>
        Kind switch
        {
            "buy" => -(Gross + Fee + Tax),
            "sell" or "dividend" => Gross - Fee - Tax,
            "interest" or "deposit" => Gross,
            _ => -Gross,
        };
}

internal sealed record NaiveFigures(decimal Opening, decimal Closing, decimal Inflows, decimal Outflows)
{
    public decimal Realised { get; init; }
    public decimal Dividends { get; init; }
    public decimal Interest { get; init; }
    public decimal Fees { get; init; }
    public decimal Taxes { get; init; }

    public decimal Gain => Closing - Opening - Inflows + Outflows;
    public decimal Unrealised => Gain - Realised - Dividends - Interest - Fees - Taxes;
    public double? Simple => Opening + Inflows > 0 ? (double)Gain / (double)(Opening + Inflows) : null;
}

internal sealed record NaiveSale(string Ticker, DateOnly SoldOn, DateOnly AcquiredOn, decimal Quantity, decimal NetProceeds, decimal Cost)
{
    /// <summary>Proceeds and price without charges.</summary>
    public decimal PriceGain { get; init; }
}

/// <summary>
/// A portfolio computed the slow, plain way, day by day from the beginning and first in, first out, with nothing but decimals: the
/// other opinion on every figure. Amounts divided among lots are rounded half-even to 10 decimals, as the API says.
/// </summary>
internal sealed class NaiveBook(CsvMarket market, IReadOnlyList<Trade> trades, bool tracksCash)
{
    private DateOnly Start => trades.Min(trade => trade.Date);

    public IEnumerable<string> Tickers => trades.Where(trade => trade.Ticker is not null).Select(trade => trade.Ticker!).Distinct();

    public decimal Quantity(string ticker, DateOnly day) => Walk(ticker, day).Lots.Sum(lot => lot.Quantity);

    public decimal Cost(string ticker, DateOnly day) => Walk(ticker, day).Lots.Sum(lot => lot.Price + lot.Charges);

    public IEnumerable<NaiveSale> Sales(DateOnly from, DateOnly to) =>
        Tickers.SelectMany(ticker => Walk(ticker, to).Sales).Where(sale => sale.SoldOn >= from);

    public decimal Price(string ticker, DateOnly day)
    {
        var bar = market.LastBar(ticker, day)!;
        var price = bar.Close;
        foreach (var split in market.Splits)
            if (split.Ticker == ticker && split.Date > bar.Date && split.Date <= day)
                price = price * split.From / split.To;
        return price;
    }

    public decimal Value(string ticker, DateOnly day)
    {
        var quantity = Quantity(ticker, day);
        return quantity == 0 ? 0 : quantity * Price(ticker, day);
    }

    public decimal Cash(DateOnly day) => tracksCash ? trades.Where(trade => trade.Date <= day).Sum(trade => trade.Cash) : 0;

    public decimal Value(DateOnly day) => Tickers.Sum(ticker => Value(ticker, day)) + Cash(day);

    public decimal NetInflow(DateOnly day) => trades.Where(trade => trade.Date == day).Sum(Flow);

    public NaiveFigures OfStock(string ticker, DateOnly from, DateOnly to)
    {
        var own = trades.Where(trade => trade.Ticker == ticker && trade.Date >= from && trade.Date <= to).ToList();
        var bought = own.Where(trade => trade.Kind == "buy").Sum(trade => -trade.Cash);
        var received = own.Where(trade => trade.Kind != "buy").Sum(trade => trade.Cash);
        return new NaiveFigures(Value(ticker, from.AddDays(-1)), Value(ticker, to), bought, received)
        {
            Realised = Sales(from, to).Where(sale => sale.Ticker == ticker).Sum(sale => sale.PriceGain),
            Dividends = own.Where(trade => trade.Kind == "dividend").Sum(trade => trade.Gross),
            Fees = -own.Sum(trade => trade.Fee),
            Taxes = -own.Sum(trade => trade.Tax),
        };
    }

    public NaiveFigures OfAll(DateOnly from, DateOnly to)
    {
        var inRange = trades.Where(trade => trade.Date >= from && trade.Date <= to).ToList();
        var flows = inRange.ConvertAll(Flow);
        return new NaiveFigures(Value(from.AddDays(-1)), Value(to), flows.Where(f => f > 0).Sum(), -flows.Where(f => f < 0).Sum())
        {
            Realised = Sales(from, to).Sum(sale => sale.PriceGain),
            Dividends = inRange.Where(trade => trade.Kind == "dividend").Sum(trade => trade.Gross),
            Interest = inRange.Where(trade => trade.Kind == "interest").Sum(trade => trade.Gross),
            Fees = -inRange.Sum(trade => trade.Fee + (trade.Kind == "fee" ? trade.Gross : 0)),
            Taxes = -inRange.Sum(trade => trade.Tax),
        };
    }

    // Positive when it comes in: only the border of a portfolio with cash counts, every payment of one without.
    private decimal Flow(Trade trade)
    {
        var atBorder = trade.Kind is "deposit" or "withdrawal";
        return tracksCash ? (atBorder ? trade.Cash : 0) : (atBorder ? 0 : -trade.Cash);
    }

    private (List<NaiveLot> Lots, List<NaiveSale> Sales) Walk(string ticker, DateOnly until)
    {
        var (lots, sales) = (new List<NaiveLot>(), new List<NaiveSale>());
        for (var day = Start; day <= until; day = day.AddDays(1))
        {
            foreach (var split in market.Splits)
                if (split.Ticker == ticker && split.Date == day)
                    lots.ForEach(lot => lot.Quantity = lot.Quantity * split.To / split.From);
            foreach (var trade in trades.Where(trade => trade.Ticker == ticker && trade.Date == day && trade.Kind == "buy"))
                lots.Add(
                    new NaiveLot(day)
                    {
                        Quantity = trade.Quantity,
                        Price = trade.Gross,
                        Charges = trade.Fee + trade.Tax,
                    }
                );
            foreach (var trade in trades.Where(trade => trade.Ticker == ticker && trade.Date == day && trade.Kind == "sell"))
                Sell(trade, lots, sales);
        }
        return (lots, sales);
    }

    private static void Sell(Trade trade, List<NaiveLot> lots, List<NaiveSale> sales)
    {
        var (left, gross, charges) = (trade.Quantity, trade.Gross, trade.Fee + trade.Tax);
        while (left > 0)
        {
            var lot = lots[0];
            var taken = Math.Min(left, lot.Quantity);
            var price = taken == lot.Quantity ? lot.Price : Share(lot.Price, taken, lot.Quantity);
            var paid = taken == lot.Quantity ? lot.Charges : Share(lot.Charges, taken, lot.Quantity);
            var last = taken == left;
            var proceeds = last ? gross : Share(trade.Gross, taken, trade.Quantity);
            var share = last ? charges : Share(trade.Fee + trade.Tax, taken, trade.Quantity);
            sales.Add(
                new NaiveSale(trade.Ticker!, trade.Date, lot.AcquiredOn, taken, proceeds - share, price + paid)
                {
                    PriceGain = proceeds - price,
                }
            );
            (gross, charges, left) = (gross - proceeds, charges - share, left - taken);
            (lot.Quantity, lot.Price, lot.Charges) = (lot.Quantity - taken, lot.Price - price, lot.Charges - paid);
            if (lot.Quantity == 0)
                lots.RemoveAt(0);
        }
    }

    private static decimal Share(decimal amount, decimal part, decimal whole) =>
        decimal.Round(amount * part / whole, 10, MidpointRounding.ToEven);

    private sealed class NaiveLot(DateOnly acquiredOn)
    {
        public DateOnly AcquiredOn => acquiredOn;
        public decimal Quantity { get; set; }
        public decimal Price { get; set; }
        public decimal Charges { get; set; }
    }
}
