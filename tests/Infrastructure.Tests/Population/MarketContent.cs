using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Everything that populations wrote into a database, without ids.</summary>
internal static class MarketContent
{
    private static readonly string[] Listings =
    [
        "select ticker, name, exchange, currency, type, figi, active, listed_on, delisted_on from stocks order by 1, 7",
        """
            select s.ticker, s.figi, b.ticker as symbol, b.from_date, b.to_date
            from stock_symbols b join stocks s on s.id = b.stock_id order by 1, 2, 3, 4
            """,
    ];

    private static readonly string[] Facts =
    [
        "select ticker, date, open, high, low, close, volume from daily_prices join stocks on id = stock_id order by 1, 2",
        "select ticker, execution_date, split_from, split_to from splits join stocks on id = stock_id order by 1, 2",
        "select ticker, ex_date, amount, d.currency, d.type, provider_id from dividends d join stocks s on s.id = stock_id order by 1, 2, 3",
        "select base, quote, date, rate from exchange_rates order by 1, 2, 3",
    ];

    public static Task<List<string>> Of(string connectionString) => Of(connectionString, [.. Listings, .. Facts]);

    /// <summary>Prices, splits, dividends and rates alone.</summary>
    public static Task<List<string>> FactsOf(string connectionString) => Of(connectionString, Facts);

    private static async Task<List<string>> Of(string connectionString, IEnumerable<string> queries)
    {
        var all = new List<string>();
        foreach (var query in queries)
            all.AddRange(await Sql.Lines(connectionString, query));
        return all;
    }
}
