using System.Globalization;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Markets.MadeUp;

/// <summary>
/// An invented market from <see cref="FirstDay"/> on. Every throw depends on symbol and day alone and every price on the days before it,
/// so a bar never changes, however far the market is drawn.
/// </summary>
internal static class MadeUpMarket
{
    public static readonly DateOnly FirstDay = new(2016, 1, 4);

    const long MarketVolatility = 8_500; // millionths a day
    const int SessionsPerYear = 252;

    // From this day the consolidated tape counts fractions of shares.
    static readonly int FractionalShares = new DateOnly(2026, 2, 23).DayNumber;
    static readonly ulong MarketSeed = Dice.Seed("the whole market");

    public static Market Create(DateOnly through)
    {
        var sessions = ExchangeCalendar.Sessions(FirstDay, through).ToArray();
        return new Market(MadeUpStocks.All.SelectMany(stock => Symbols(stock, sessions)), MadeUpRates.Until(through), isInvented: true);
    }

    static IEnumerable<Stock> Symbols(MadeUpStock made, DateOnly[] sessions)
    {
        var seed = Dice.Seed(made.Ticker);
        var splits = made.Splits.Select(split => new Split(
            Stock.ActionId("split", made.Ticker, split.Date, 0),
            made.Ticker,
            split.Date,
            split.From,
            split.To
        ));
        var stock = new Stock(made.Ticker, made.Name)
        {
            Type = made.Type,
            Exchange = made.Exchange,
            Cik = made.Type == "ETF" ? null : (1_000_000 + (seed % 900_000)).ToString("D10", CultureInfo.InvariantCulture),
            CompositeFigi = $"BBG00{seed % 10_000_000:D7}",
            ShareClassFigi = $"BBG001S{seed % 99_991:D5}",
            Shares = (long)(20 + (seed % 2_000)) * 1_000_000,
            Listed = made.Listed ?? new DateOnly(1970 + (int)(seed % 40), 1 + (int)(seed % 12), 15),
            LastDay = made.LastDay,
            Splits = [.. splits],
            Dividends = [.. MadeUpDividends.Of(made, sessions)],
        };
        stock = stock with { Bars = Draw(made, stock, sessions) };
        return made.Formerly is { } former ? Renamed(stock, former) : [stock];
    }

    /// <summary>Prices follow the symbol, so a renamed company leaves its earlier history under the old one.</summary>
    static Stock[] Renamed(Stock stock, (DateOnly Date, string Ticker, string Name) former)
    {
        var cut = stock.IndexFrom(former.Date.DayNumber);
        var old = stock with
        {
            Ticker = former.Ticker,
            Name = former.Name,
            LastDay = former.Date.AddDays(-1),
            RenamedTo = stock.Ticker,
            Bars = stock.Bars[..cut],
            Splits = [.. stock.Splits.Where(split => split.Execution < former.Date).Select(split => split with { Ticker = former.Ticker })],
            Dividends = [.. stock.Dividends.Where(paid => paid.ExDate < former.Date).Select(paid => paid with { Ticker = former.Ticker })],
        };
        var current = stock with
        {
            Listed = former.Date,
            Bars = stock.Bars[cut..],
            Splits = [.. stock.Splits.Where(split => split.Execution >= former.Date)],
            Dividends = [.. stock.Dividends.Where(paid => paid.ExDate >= former.Date)],
        };
        return [old, current];
    }

    static Bar[] Draw(MadeUpStock made, Stock stock, DateOnly[] sessions)
    {
        var seed = Dice.Seed(made.Ticker);
        var bars = new List<Bar>(sessions.Length);
        var close = Micros.From(made.FirstPrice);
        var shares = 400_000 + (long)(seed % 30_000_000);
        foreach (var date in sessions.Where(date => !(date < made.Listed) && !(date > made.LastDay)))
        {
            foreach (var split in stock.Splits.Where(split => split.Execution == date))
            {
                close = Micros.RoundToStep(close * split.From / split.To);
                shares = decimal.ToInt64(shares * split.To / split.From);
            }
            close -= stock.Dividends.Where(paid => paid.ExDate == date).Sum(paid => Micros.From(paid.Cash));
            var bar = Session(made, seed, date.DayNumber, close, shares);
            bars.Add(bar);
            close = bar.Close;
        }
        return [.. bars];
    }

    static Bar Session(MadeUpStock made, ulong seed, int day, long before, long shares)
    {
        var market = new Dice(MarketSeed ^ (ulong)day).Bell();
        var dice = new Dice(seed ^ ((ulong)day << 20));
        var spread = made.Volatility * 100L;
        var move = (made.Drift * 100L / SessionsPerYear) + Deviate(market, MarketVolatility) + Deviate(dice.Bell(), spread);
        if (before < 3 * Micros.One)
            move += 4_000; // a floor under the cheapest, they must stay quoted
        var open = Moved(before, (move / 4) + Deviate(dice.Bell(), spread / 4));
        var close = Moved(before, move);
        var high = Moved(Math.Max(open, close), dice.Below(spread + 3_000));
        var low = Moved(Math.Min(open, close), -dice.Below(spread + 3_000));
        var volume = shares * (70 + dice.Below(60)) / 100 * (1_000_000 + (8 * Math.Abs(move))) / 1_000_000 * Micros.One;
        if (day >= FractionalShares)
            volume += dice.Below(Micros.One);
        return new Bar(day, open, high, low, close, volume);
    }

    static long Deviate(long bell, long deviation) => bell * deviation / Dice.BellDeviation;

    static long Moved(long price, long millionths) =>
        Math.Max(price + (price / Micros.PriceStep * millionths / 1_000_000 * Micros.PriceStep), Micros.PriceStep);
}
