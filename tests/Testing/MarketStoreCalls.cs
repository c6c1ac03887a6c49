using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Testing;

/// <summary>What tests store without symbols that say whose it is, and without a judgement.</summary>
public static class MarketStoreCalls
{
    public static Task<long> StorePrices(this IMarketStore store, IReadOnlyList<DailyPrice> prices, CancellationToken cancellationToken) =>
        store.StorePrices(prices, null, cancellationToken);

    public static Task<long> StoreSplitReports(
        this IMarketStore store,
        IReadOnlyList<ReportedSplit> reports,
        CancellationToken cancellationToken
    ) => store.StoreSplitReports(reports, null, cancellationToken);

    public static async Task<long> StoreDividends(
        this IMarketStore store,
        IReadOnlyList<Dividend> dividends,
        CancellationToken cancellationToken
    ) => (await store.StoreDividends(dividends, null, cancellationToken)).Rows;

    /// <summary>Applies splits, whatever prices say; one of a stock and day takes the place of another.</summary>
    public static async Task StoreSplits(this TestApp app, params IEnumerable<Split> splits)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        await scope
            .ServiceProvider.GetRequiredService<IMarketDecisions>()
            .Decide(
                async changed =>
                {
                    foreach (var split in splits)
                    {
                        if (await database.Splits.FindAsync(split.StockId, split.ExecutionDate) is { } old)
                        {
                            database.Splits.Remove(old);
                            await database.SaveChanges(CancellationToken.None);
                        }
                        database.Splits.Add(split);
                        changed.Add(split.StockId);
                    }
                    await database.SaveChanges(CancellationToken.None);
                    return true;
                },
                CancellationToken.None
            );
    }
}
