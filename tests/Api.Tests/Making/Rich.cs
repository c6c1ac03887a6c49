using System.Text.Json;
using System.Text.Json.Nodes;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>
/// A ledger with everything in it: two stocks in dollars and one in Icelandic krona, a split, a spin-off, a transfer, income, charges and
/// sales. Recorded through the API it is one portfolio, sent whole it is one case.
/// </summary>
internal static class Rich
{
    private static readonly (string Date, decimal Close)[] Old =
    [
        ("2026-01-05", 100m),
        ("2026-01-20", 97.35m),
        ("2026-02-02", 55.123456m),
        ("2026-02-13", 58.2m),
        ("2026-03-10", 41.07m),
    ];
    private static readonly (string Date, decimal Close)[] Young = [("2026-03-04", 12.5m), ("2026-03-20", 13.75m)];
    private static readonly (string Date, decimal Close)[] Far = [("2026-01-06", 2400m), ("2026-01-30", 2555.5m), ("2026-03-17", 2310.25m)];
    private static readonly (string Date, string Rate)[] Krona =
    [
        ("2026-01-05", "0.0072"),
        ("2026-01-29", "0.0071345"),
        ("2026-02-20", "0.007561"),
        ("2026-03-12", "0.0069"),
    ];

    /// <summary>Records it; a portfolio's id and the stocks.</summary>
    public static async Task<(string Portfolio, TestStock[] Stocks)> Record(
        TestApp app,
        string cash,
        string costMethod,
        string? customer = null
    )
    {
        await app.Store([.. Krona.Select(rate => ("ISK", "USD", rate.Date, rate.Rate))]);
        var portfolio = await app.Portfolio(cash, costMethod, customer: customer);
        TestStock[] stocks =
        [
            await TestStock.In(app, Old, splits: [("2026-02-02", 4, 7)]),
            await TestStock.In(app, Young),
            await TestStock.In(app, Far, currency: "ISK"),
        ];
        foreach (var entry in Entries(symbol => stocks[symbol].Id, "stockId", "intoStockId"))
            await app.Record(portfolio, entry.ToJsonString());
        return (portfolio, stocks);
    }

    /// <summary>The same as the body of a calculation.</summary>
    public static string Case(TestStock[] stocks, string cash, string costMethod, string from, string to) =>
        JsonSerializer.Serialize(
            new
            {
                currency = "USD",
                cash,
                costMethod,
                from,
                to,
                transactions = Entries(symbol => stocks[symbol].Ticker, "symbol", "intoSymbol"),
                stocks = new[]
                {
                    Stock(
                        stocks[0],
                        Old,
                        new
                        {
                            date = "2026-02-02",
                            from = "4",
                            to = "7",
                        }
                    ),
                    Stock(stocks[1], Young),
                    Stock(stocks[2], Far),
                },
                exchangeRates = Krona.Select(rate => new
                {
                    @base = "ISK",
                    quote = "USD",
                    date = rate.Date,
                    rate = rate.Rate,
                }),
                benchmark = stocks[0].Ticker,
                explain = true,
            }
        );

    private static object Stock(TestStock stock, (string Date, decimal Close)[] closes, params object[] splits) =>
        new
        {
            symbol = stock.Ticker,
            currency = closes == Far ? "ISK" : "USD",
            closes = closes.Select(one => new { date = one.Date, close = one.Close }),
            splits,
        };

    private static List<JsonObject> Entries(Func<int, string> nameOf, string stock, string into)
    {
        string first = nameOf(0),
            second = nameOf(1),
            third = nameOf(2);
        JsonObject entry(string text) => JsonNode.Parse(text)!.AsObject();
        return
        [
            entry("""{"kind":"deposit","date":"2026-01-05","amount":"5000"}"""),
            entry(
                $$"""{"kind":"buy","date":"2026-01-05","{{stock}}":"{{first}}","quantity":"12.5","unitPrice":"101.17","fee":"1.99","tax":"0.3"}"""
            ),
            entry(
                $$"""{"kind":"buy","date":"2026-01-08","{{stock}}":"{{third}}","quantity":"33","unitPrice":"2411.1","fee":"700","currency":"ISK"}"""
            ),
            entry($$"""{"kind":"buy","date":"2026-01-21","{{stock}}":"{{first}}","quantity":"3","unitPrice":"97.4","fee":"1"}"""),
            entry(
                $$"""{"kind":"transferIn","date":"2026-02-10","{{stock}}":"{{third}}","quantity":"7","unitPrice":"1900","currency":"ISK","acquiredOn":"2026-01-07"}"""
            ),
            entry($$"""{"kind":"sell","date":"2026-02-16","{{stock}}":"{{first}}","quantity":"9.25","unitPrice":"58.9","fee":"1.5"}"""),
            entry(
                $$"""{"kind":"sell","date":"2026-02-23","{{stock}}":"{{third}}","quantity":"11","unitPrice":"2600","fee":"310","currency":"ISK"}"""
            ),
            entry(
                $$"""{"kind":"spinOff","date":"2026-03-04","{{stock}}":"{{first}}","{{into}}":"{{second}}","intoQuantity":"8.25","costShare":"0.18"}"""
            ),
            entry($$"""{"kind":"dividend","date":"2026-03-06","{{stock}}":"{{third}}","amount":"1234.5","tax":"185.2","currency":"ISK"}"""),
            entry("""{"kind":"interest","date":"2026-03-09","amount":"1.11"}"""),
            entry("""{"kind":"fee","date":"2026-03-11","amount":"4.25"}"""),
            entry($$"""{"kind":"sell","date":"2026-03-18","{{stock}}":"{{second}}","quantity":"2.5","unitPrice":"13.1"}"""),
            entry("""{"kind":"withdrawal","date":"2026-03-25","amount":"150"}"""),
        ];
    }
}
