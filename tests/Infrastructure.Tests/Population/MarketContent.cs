using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Everything that populations wrote into a database, without ids.</summary>
internal static class MarketContent
{
    private static readonly string[] Facts =
    [
        "select ticker, date, open, high, low, close, volume from daily_prices join stocks on id = stock_id order by 1, 2",
        "select ticker, execution_date, split_from, split_to from splits join stocks on id = stock_id order by 1, 2",
        "select ticker, ex_date, amount, d.currency, d.type, provider_id from dividends d join stocks s on s.id = stock_id order by 1, 2, 3",
        "select base, quote, date, rate from exchange_rates order by 1, 2, 3",
    ];

    /// <param name="connectionString">The database.</param>
    /// <param name="asked">
    /// Tickers that were asked for by name; null is all. Of the others the day of listing may be known or not: crawls do not tell it, and
    /// repairs ask for it.
    /// </param>
    public static Task<List<string>> Of(string connectionString, IEnumerable<string>? asked = null) =>
        Read(connectionString, [.. Listings(asked), .. Facts]);

    /// <summary>Prices, splits, dividends and rates alone.</summary>
    public static Task<List<string>> FactsOf(string connectionString) => Read(connectionString, Facts);

    private static string[] Listings(IEnumerable<string>? asked)
    {
        var dated = asked is null ? "true" : $"s.ticker in ('{string.Join("','", asked)}')";
        return
        [
            $"""
                select ticker, name, exchange, currency, type, figi, active, case when {dated} then listed_on end, delisted_on
                from stocks s order by 1, 7
                """,
            $"""
                select s.ticker, s.figi, b.ticker as symbol, case when {dated} then b.from_date end, b.to_date
                from stock_symbols b join stocks s on s.id = b.stock_id order by 1, 2, 3, 4
                """,
        ];
    }

    private static async Task<List<string>> Read(string connectionString, IEnumerable<string> queries)
    {
        var all = new List<string>();
        foreach (var query in queries)
            all.AddRange(await Sql.Lines(connectionString, query));
        return all;
    }
}
