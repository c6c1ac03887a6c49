using CleanPortfolio.Testing.Naive;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>
/// 500 made-up trades over all 130 real stocks of two years, with every dividend while held and every split; every other stock is taken to
/// be listed in euros, and the rates are made up too. The same on every run.
/// </summary>
internal sealed class MadeUpTrades
{
    public const int Count = 500;

    private readonly CsvMarket market;
    private readonly string home;
    private readonly Random random = new(20170331);
    private readonly List<string> tickers;
    private readonly ILookup<string, CsvBar> bars;

    public MadeUpTrades(CsvMarket market, string home)
    {
        (this.market, this.home) = (market, home);
        tickers = [.. market.Tickers.Order(StringComparer.Ordinal)];
        bars = market.Bars.ToLookup(bar => bar.Ticker, bar => bar.Bar);
        Rates = Walk();
        Entries = [.. Moves(), .. Trades()];
        Entries.AddRange(Dividends());
    }

    public List<NaiveEntry> Entries { get; }

    /// <summary>Dollars per euro on week-days: a random walk.</summary>
    public IReadOnlyList<(int Day, decimal Rate)> Rates { get; }

    public IReadOnlyList<string> Tickers => tickers;

    public string CurrencyOf(string ticker) => tickers.IndexOf(ticker) % 2 == 0 ? "USD" : "EUR";

    public NaiveMarket Naive() =>
        new(
            tickers.ToDictionary(
                ticker => ticker,
                ticker => new NaiveStock(
                    CurrencyOf(ticker),
                    [.. bars[ticker].Select(bar => (bar.Date.DayNumber, bar.Close))],
                    [.. Splits(ticker).Select(split => new NaiveSplit(split.Date.DayNumber, split.From, split.To))]
                )
            ),
            new Dictionary<(string, string), IReadOnlyList<(int, decimal)>> { [("EUR", "USD")] = Rates }
        );

    public IEnumerable<(string Ticker, DateOnly Date, decimal From, decimal To)> Splits(string ticker) =>
        market.Splits.Where(split => split.Ticker == ticker).OrderBy(split => split.Date);

    private List<(int, decimal)> Walk()
    {
        var (rates, rate) = (new List<(int, decimal)>(), 1.0850m);
        for (var day = RealMarket.From.AddDays(-3); day <= RealMarket.To; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                rates.Add((day.DayNumber, rate = Math.Clamp(rate + (random.Next(-120, 121) / 10_000m), 0.9m, 1.4m)));
        return rates;
    }

    private IEnumerable<NaiveEntry> Moves()
    {
        yield return new("deposit", RealMarket.From.DayNumber, home) { Amount = 4_000_000 };
        for (var month = 1; month < 24; month++)
            yield return new(
                month % 5 == 0 ? "withdrawal"
                    : month % 3 == 0 ? "interest"
                    : month % 7 == 0 ? "fee"
                    : "deposit",
                RealMarket.From.AddMonths(month).DayNumber,
                month % 2 == 0 ? "USD" : "EUR"
            )
            {
                Amount = 250.25m * month,
            };
    }

    private List<NaiveEntry> Trades()
    {
        var planned = Enumerable
            .Range(0, Count)
            .Select(i => tickers[i % tickers.Count])
            .Select(ticker => (Ticker: ticker, Bar: bars[ticker].ElementAt(random.Next(bars[ticker].Count()))))
            .OrderBy(plan => plan.Bar.Date)
            .ToList();
        var trades = new List<NaiveEntry>();
        foreach (var (ticker, bar) in planned)
        {
            var held = Held(trades, ticker, bar.Date.DayNumber);
            var sells = held > 1 && random.Next(100) < 45;
            var stated = CurrencyOf(ticker) != home && random.Next(3) == 0;
            trades.Add(
                new NaiveEntry(sells ? "sell" : "buy", bar.Date.DayNumber, CurrencyOf(ticker))
                {
                    Stock = ticker,
                    Quantity = sells ? Math.Floor(held * random.Next(1, 9) / 8 * 100) / 100 : random.Next(100, 30_000) / 100m,
                    Price = random.Next(2) == 0 ? bar.Close : bar.Open,
                    Fee = random.Next(0, 1000) / 100m,
                    Tax = sells ? random.Next(0, 3000) / 100m : 0,
                    FxRate = stated ? random.Next(8000, 12_000) / 10_000m : null,
                }
            );
        }
        return trades;
    }

    // Paid on the ex-date on what was held the day before, less 15 % tax.
    private List<NaiveEntry> Dividends() =>
        [
            .. from dividend in market.Dividends
            let held = Held(Entries, dividend.Ticker, dividend.ExDate.DayNumber - 1)
            where held > 0
            let amount = decimal.Round(held * dividend.Amount, 4)
            where amount > 0
            select new NaiveEntry("dividend", dividend.ExDate.DayNumber, CurrencyOf(dividend.Ticker))
            {
                Stock = dividend.Ticker,
                Amount = amount,
                Tax = decimal.Round(amount * 0.15m, 2),
            },
        ];

    private decimal Held(IEnumerable<NaiveEntry> entries, string ticker, int day) =>
        entries
            .Where(entry => entry.Kind is "buy" or "sell" && entry.Stock == ticker && entry.Day <= day)
            .Sum(entry =>
                Splits(ticker)
                    .Where(split => split.Date.DayNumber > entry.Day && split.Date.DayNumber <= day)
                    .Aggregate(entry.Kind == "buy" ? entry.Quantity : -entry.Quantity, (shares, split) => shares * split.To / split.From)
            );
}
