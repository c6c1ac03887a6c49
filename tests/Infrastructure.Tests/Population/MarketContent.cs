using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Everything that populations wrote into a database, without ids.</summary>
internal static class MarketContent
{
    private static readonly string[] Queries =
    [
        "select ticker, name, exchange, currency, type, figi, active, listed_on, delisted_on from stocks order by 1, 7",
        "select ticker, date, open, high, low, close, volume from daily_prices join stocks on id = stock_id order by 1, 2",
        "select ticker, execution_date, split_from, split_to from splits join stocks on id = stock_id order by 1, 2",
        "select ticker, ex_date, amount, d.currency, d.type, provider_id from dividends d join stocks s on s.id = stock_id order by 1, 2, 3",
    ];

    public static async Task<List<string>> Of(string connectionString)
    {
        var all = new List<string>();
        foreach (var query in Queries)
            all.AddRange(await Sql.Lines(connectionString, query));
        return all;
    }
}
