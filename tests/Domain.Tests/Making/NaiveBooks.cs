using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Testing.Naive;

namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>A <see cref="Book"/> handed to the other opinion: what was stated, and the market.</summary>
internal static class NaiveBooks
{
    public static NaiveLedger Naive(this Book book, int last)
    {
        var stocks = book.Facts.Values.ToDictionary(
            facts => facts.Ticker,
            facts => new NaiveStock(
                facts.Currency.Code,
                book.Closes[facts.Id],
                [.. facts.Splits.Select(split => new NaiveSplit(Number(split.ExecutionDate), split.From, split.To))]
            )
        );
        var rates = book.Rates.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<(int, decimal)>)[.. pair.Value.Select(rate => (rate.Key, rate.Value))]
        );
        var ledger = new NaiveLedger(
            new NaiveMarket(stocks, rates),
            book.Portfolio.Currency.Code,
            book.Reporting ?? book.Portfolio.Currency.Code,
            book.Portfolio.Cash is CashMode.Tracked,
            book.Portfolio.CostMethod.ToString().ToLowerInvariant()
        );
        ledger.Walk(book.Entries.OrderBy(entry => entry.Id).Select(entry => Plain(book, entry)), 1, last);
        return ledger;
    }

    private static int Number(DateOnly day) => day.DayNumber - Book.Day(1).DayNumber + 1;

    private static NaiveEntry Plain(Book book, Transaction entry) =>
        new($"{char.ToLowerInvariant(entry.Kind.ToString()[0])}{entry.Kind.ToString()[1..]}", Number(entry.Date), entry.Currency.Code)
        {
            Stock = entry.StockId is { } stock ? book.Facts[stock].Ticker : null,
            Quantity = entry.Quantity ?? 0,
            Price = entry.UnitPrice ?? 0,
            Amount = entry.Amount,
            Fee = entry.Fee,
            Tax = entry.Tax,
            FxRate = entry.FxRate,
            Acquired = entry.AcquiredOn is { } day ? Number(day) : null,
            Into = entry.IntoStockId is { } into ? book.Facts[into].Ticker : null,
            IntoQuantity = entry.IntoQuantity ?? 0,
            CostShare = entry.CostShare,
        };
}
