namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>
/// A portfolio with trades on both sides of the splits of CMCSA (2017-02-21) and CHD (2016-09-02), one of them on the day itself, sales over
/// several lots, and every AAPL dividend while it was held. Prices are the closes of the file; some amounts don't divide evenly.
/// </summary>
internal static class RealPortfolio
{
    public static List<Trade> Trades(CsvMarket market)
    {
        List<Trade> trades =
        [
            Deal("buy", "AAPL", new(2015, 4, 1), 40, 4.95m),
            Deal("buy", "CMCSA", new(2016, 3, 1), 100, 5, 0.37m),
            Deal("buy", "CHD", new(2016, 5, 2), 25.5m, 1),
            Deal("sell", "AAPL", new(2016, 2, 10), 15, 4.95m, 12.34m),
            Deal("buy", "AAPL", new(2016, 6, 27), 20, 4.95m),
            Deal("buy", "CHD", new(2016, 9, 2), 10, 1), // first day in new shares
            Deal("buy", "CMCSA", new(2016, 11, 15), 60, 3),
            Deal("sell", "CHD", new(2016, 12, 1), 30, 1.5m, 2.5m),
            Deal("sell", "CHD", new(2017, 1, 17), 25, 1),
            Deal("sell", "CMCSA", new(2017, 2, 21), 70, 2, 1), // first day in new shares
            Deal("sell", "CMCSA", new(2017, 3, 10), 200, 7),
            Deal("sell", "AAPL", new(2017, 3, 15), 30, 4.95m, 33.33m),
            Deal("buy", "KO", new(2017, 3, 31), 7, 0),
        ];
        trades.AddRange(Dividends("AAPL"));
        trades.AddRange(Dividends("CMCSA"));
        trades.Add(new Trade("fee", new(2016, 12, 30)) { Amount = 19.95m });
        return trades;

        Trade Deal(string kind, string ticker, DateOnly day, decimal quantity, decimal fee, decimal tax = 0) =>
            new(kind, day, ticker)
            {
                Quantity = quantity,
                Price = market.CloseOn(ticker, day),
                Fee = fee,
                Tax = tax,
            };

        // Paid a week after the ex-date on what was held the day before it, less 15 % tax.
        List<Trade> Dividends(string ticker)
        {
            var book = new NaiveBook(market, trades, tracksCash: false);
            return
            [
                .. from dividend in market.Dividends
                where dividend.Ticker == ticker
                let held = book.Quantity(ticker, dividend.ExDate.AddDays(-1))
                where held > 0
                select new Trade("dividend", dividend.ExDate.AddDays(7), ticker)
                {
                    Amount = held * dividend.Amount,
                    Tax = decimal.Round(held * dividend.Amount * 0.15m, 2),
                },
            ];
        }
    }

    /// <summary>What a portfolio that keeps its cash has besides.</summary>
    public static IEnumerable<Trade> CashMoves =>
        [
            new("deposit", new(2015, 3, 31)) { Amount = 20_000 },
            new("interest", new(2015, 12, 31)) { Amount = 12.34m },
            new("interest", new(2016, 6, 30)) { Amount = -0.56m },
            new("deposit", new(2016, 2, 29)) { Amount = 1_000.5m },
            new("withdrawal", new(2017, 3, 20)) { Amount = 2_500 },
        ];
}
