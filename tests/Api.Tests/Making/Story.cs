using System.Text.Json;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>What most tests begin with, made through the API.</summary>
internal static class Story
{
    /// <summary>A new customer's id.</summary>
    public static async Task<string> Customer(this TestApp app) =>
        (await app.Api.Post("customers", new { name = Unique.Name("Customer"), email = Unique.Email() })).Is(201).Text("id")!;

    /// <summary>A new portfolio's id, of a new customer unless told otherwise.</summary>
    public static async Task<string> Portfolio(
        this TestApp app,
        string cash = "external",
        string costMethod = "fifo",
        string currency = "USD",
        string? customer = null
    )
    {
        customer ??= await app.Customer();
        var draft = new
        {
            name = Unique.Name("Portfolio"),
            currency,
            cash,
            costMethod,
        };
        return (await app.Api.Post($"customers/{customer}/portfolios", draft)).Is(201).Text("id")!;
    }

    /// <summary>Records a transaction, which must be accepted.</summary>
    public static async Task<Answer> Record(this TestApp app, string portfolio, object draft) =>
        (await app.TryRecord(portfolio, draft)).Is(201);

    /// <summary>Records a transaction, which may be refused.</summary>
    public static Task<Answer> TryRecord(this TestApp app, string portfolio, object draft) =>
        app.Api.Post($"portfolios/{portfolio}/transactions", draft);

    /// <summary>Records a purchase.</summary>
    public static Task<Answer> Buy(
        this TestApp app,
        string portfolio,
        TestStock stock,
        string date,
        string quantity,
        string unitPrice,
        string fee = "0"
    ) => app.Record(portfolio, Trade("buy", stock, date, quantity, unitPrice, fee));

    /// <summary>Records a sale.</summary>
    public static Task<Answer> Sell(
        this TestApp app,
        string portfolio,
        TestStock stock,
        string date,
        string quantity,
        string unitPrice,
        string fee = "0"
    ) => app.Record(portfolio, Trade("sell", stock, date, quantity, unitPrice, fee));

    /// <summary>A purchase or a sale to be sent.</summary>
    public static object Trade(string kind, TestStock stock, string date, string quantity, string unitPrice, string fee = "0") =>
        new
        {
            kind,
            date,
            stockId = stock.Id,
            quantity,
            unitPrice,
            fee,
        };

    /// <summary>An entry of money alone.</summary>
    public static object Money(string kind, string date, string amount, TestStock? stock = null, string tax = "0") =>
        new
        {
            kind,
            date,
            stockId = stock?.Id,
            amount,
            tax,
        };

    /// <summary>A stock with one price.</summary>
    public static Task<TestStock> Stock(this TestApp app) => TestStock.In(app, [("2026-01-05", 100m)]);

    /// <summary>Starts a population and waits until it is over.</summary>
    public static Task<Answer> Populate(this TestApp app, string from, string to, params string[] tickers) =>
        app.Populate(from, to, refresh: false, tickers);

    /// <summary>The same, asking again for what is stored already.</summary>
    public static Task<Answer> PopulateAnew(this TestApp app, string from, string to, params string[] tickers) =>
        app.Populate(from, to, refresh: true, tickers);

    private static async Task<Answer> Populate(this TestApp app, string from, string to, bool refresh, string[] tickers)
    {
        var job = (
            await app.Api.Post(
                "stocks/population",
                new
                {
                    from,
                    to,
                    tickers,
                    refresh,
                }
            )
        ).Is(202);
        return await app.Api.WaitForJob(job.Text("id")!);
    }

    /// <summary>Id of a job that nobody works on, if the app has no workers.</summary>
    public static async Task<string> QueuedJob(this TestApp app)
    {
        var draft = new
        {
            from = "2026-01-01",
            to = "2026-01-31",
            tickers = new[] { "KO" },
        };
        return (await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!;
    }

    /// <summary>The job as soon as it is so.</summary>
    public static async Task<Answer> Until(this TestApp app, string job, Func<Answer, bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var seen = (await app.Api.Get($"jobs/{job}")).Is(200);
            if (isSo(seen))
                return seen;
            if (seen.Text("finishedAt") is not null || limit.IsCancellationRequested)
                throw new TimeoutException($"Not seen: {seen.Body}");
            await Task.Delay(10);
        }
    }

    /// <summary>Id of the active stock of a ticker.</summary>
    public static async Task<string> StockId(this TestApp app, string ticker) =>
        (await app.Api.Get($"stocks?active=true&ticker={ticker}")).Is(200).Text("items.0.id")!;

    /// <summary>The one item of a key.</summary>
    public static JsonElement Of(this IEnumerable<JsonElement> items, string key) => items.Single(item => item.Text("key") == key);
}
