using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>Made-up ledgers and histories of any size, the same each time.</summary>
internal sealed class Books
{
    private static readonly DateOnly Start = new(2014, 1, 2);
    private readonly Random dice = new(1);

    public Books(int stocks, int sessions, int transactions)
    {
        Days = [.. UsMarketCalendar.Sessions(Start, Start.AddDays(2 * sessions)).Take(sessions)];
        Facts = Enumerable.Range(0, stocks).Select(MakeFacts).ToDictionary(facts => facts.Id);
        var portfolio = new Portfolio(
            new Id<Customer>(Guid.NewGuid()),
            "Book",
            Currency.Usd,
            CashMode.External,
            CostMethod.Fifo,
            DateTimeOffset.UnixEpoch
        );
        StockFacts[] all = [.. Facts.Values];
        Entries = [.. Enumerable.Range(0, transactions).Select(i => MakeEntry(portfolio, all[i % stocks], i, transactions))];
        Ledger = new Ledger(portfolio, Entries, Facts);
    }

    public DateOnly[] Days { get; }

    public Dictionary<Id<Stock>, StockFacts> Facts { get; }

    public Transaction[] Entries { get; }

    public Ledger Ledger { get; }

    private StockFacts MakeFacts(int number)
    {
        var id = new Id<Stock>(Guid.NewGuid());
        var close = 100m;
        long[] closes = [.. Days.Select(_ => PriceSeries.Scaled(close = Math.Max(1, close + (dice.Next(-200, 201) / 100m))))];
        int[] days = [.. Days.Select(day => day.DayNumber)];
        Split[] splits = [new Split(id, Days[Days.Length / 2], 1, 2)];
        return new StockFacts(id, $"S{number}", Currency.Usd, new PriceSeries(days, closes), splits, number);
    }

    // Four purchases to one sale of less than one of them.
    private Transaction MakeEntry(Portfolio portfolio, StockFacts stock, int number, int of)
    {
        var day = Days[(int)((long)number * Days.Length / of)];
        var sale = number / Facts.Count % 5 == 4;
        return new Transaction(
            portfolio.Id,
            new Entry(
                sale ? TransactionKind.Sell : TransactionKind.Buy,
                day,
                stock.Id,
                sale ? 5.5m : 10,
                50 + dice.Next(100),
                Amount: null,
                Fee: 1.25m,
                Tax: 0,
                Currency.Usd,
                FxRate: null,
                AcquiredOn: null,
                Note: null,
                ExternalId: null
            ),
            DateTimeOffset.UnixEpoch
        );
    }
}
