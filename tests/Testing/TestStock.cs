using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Testing;

/// <summary>A stock whose facts a test chose itself; dates are written <c>2026-01-05</c>.</summary>
public sealed record TestStock(string Id, string Ticker)
{
    /// <summary>Puts a stock of a new ticker into an app's database.</summary>
    /// <param name="app">The app.</param>
    /// <param name="closes">Session and close; open, high and low are the same.</param>
    /// <param name="splits">Execution date, from, to.</param>
    /// <param name="dividends">Ex-date and amount.</param>
    /// <param name="currency">Currency of its prices.</param>
    public static async Task<TestStock> In(
        TestApp app,
        IEnumerable<(string Date, decimal Close)> closes,
        IEnumerable<(string Date, decimal From, decimal To)>? splits = null,
        IEnumerable<(string Date, decimal Amount)>? dividends = null,
        string currency = "USD"
    )
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var stock = new Stock(Unique.Ticker(), Currency.Parse(currency), app.Clock.GetUtcNow());
        stock.Describe(
            new Listing(stock.Ticker, Unique.Name("Company"), "XNYS", stock.Currency, "CS", null, Active: true, null, null),
            app.Clock.GetUtcNow()
        );
        database.Stocks.Add(stock);
        await database.SaveChanges(CancellationToken.None);
        var store = scope.ServiceProvider.GetRequiredService<IMarketStore>();
        await store.StorePrices(
            [.. closes.Select(c => new DailyPrice(stock.Id, Day(c.Date), c.Close, c.Close, c.Close, c.Close, 1000))],
            CancellationToken.None
        );
        await app.StoreSplits((splits ?? []).Select(s => new Split(stock.Id, Day(s.Date), s.From, s.To)));
        await store.StoreDividends(
            [
                .. (dividends ?? []).Select(d => new Dividend(
                    Id<Dividend>.New(app.Clock.GetUtcNow()),
                    stock.Id,
                    Day(d.Date),
                    d.Amount,
                    stock.Currency,
                    "CD",
                    null,
                    null,
                    null,
                    null
                )),
            ],
            CancellationToken.None
        );
        return new TestStock(stock.Id.ToString(), stock.Ticker);
    }

    /// <summary>Adds or corrects a close.</summary>
    public async Task Price(TestApp app, string date, decimal close)
    {
        var store = app.Services.GetRequiredService<IMarketStore>();
        var id = new Id<Stock>(Guid.Parse(Id));
        await store.StorePrices([new DailyPrice(id, Day(date), close, close, close, close, 1000)], CancellationToken.None);
    }

    /// <summary>Adds or corrects a split.</summary>
    public Task Split(TestApp app, string date, decimal from, decimal to) =>
        app.StoreSplits(new Split(new Id<Stock>(Guid.Parse(Id)), Day(date), from, to));

    /// <summary>Adds a dividend, or corrects the one of the provider's id.</summary>
    public async Task Dividend(
        TestApp app,
        string exDate,
        decimal amount,
        string? payDate = null,
        string? providerId = null,
        string currency = "USD"
    )
    {
        var store = app.Services.GetRequiredService<IMarketStore>();
        var dividend = new Dividend(
            Id<Dividend>.New(app.Clock.GetUtcNow()),
            new Id<Stock>(Guid.Parse(Id)),
            Day(exDate),
            amount,
            Currency.Parse(currency),
            "CD",
            null,
            null,
            payDate is null ? null : Day(payDate),
            providerId
        );
        await store.StoreDividends([dividend], CancellationToken.None);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
