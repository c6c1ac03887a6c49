using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application.MarketData;

/// <summary>What checks changed.</summary>
/// <param name="Splits">Reported splits with another verdict than before.</param>
/// <param name="Held">Prices that went into quarantine.</param>
/// <param name="Released">Prices that came out of it by themselves.</param>
internal readonly record struct ChecksOutcome(int Splits, int Held, int Released)
{
    public static ChecksOutcome operator +(ChecksOutcome a, ChecksOutcome b) =>
        new(a.Splits + b.Splits, a.Held + b.Held, a.Released + b.Released);
}

/// <summary>
/// Judges what is stored: splits against prices, prices against their neighbours. It looks at everything known of a stock and brings it into
/// the state that this demands, so that neither the order in which rows came nor the number of runs matters.
/// </summary>
internal sealed class MarketChecks(IMarketStore store, IServiceScopeFactory scopes)
{
    private const int StocksAtOnce = 200;

    // A split is judged by prices on both sides of it, and by splits within five sessions.
    private const int DaysAround = 30;

    /// <summary>Checks stocks, or all if null, for what was told of days from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public async Task<ChecksOutcome> Run(
        IReadOnlyCollection<Id<Stock>>? stocks,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var outcome = default(ChecksOutcome);
        foreach (var some in (await WithSplits(stocks, from, cancellationToken)).Chunk(StocksAtOnce))
            outcome += await Judge(judges => judges.Splits(some, cancellationToken), cancellationToken);
        foreach (var some in (await store.FindLeaps(stocks, from, to, cancellationToken)).Chunk(StocksAtOnce))
            outcome += await Judge(judges => judges.Prices(some, cancellationToken), cancellationToken);
        return outcome;
    }

    /// <summary>Judges the splits of stocks alone, after new ones were told.</summary>
    public async Task<ChecksOutcome> Splits(IReadOnlyCollection<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var outcome = default(ChecksOutcome);
        foreach (var some in stocks.Distinct().Chunk(StocksAtOnce))
            outcome += await Judge(judges => judges.Splits(some, cancellationToken), cancellationToken);
        return outcome;
    }

    private async Task<List<Id<Stock>>> WithSplits(
        IReadOnlyCollection<Id<Stock>>? stocks,
        DateOnly from,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var first = from.AddDays(-DaysAround);
        var reports = scope.ServiceProvider.GetRequiredService<IDatabase>().SplitReports.Where(report => report.ExecutionDate >= first);
        if (stocks is not null)
            reports = reports.Where(report => stocks.Contains(report.StockId));
        return await reports.Select(report => report.StockId).Distinct().ToListAsync(cancellationToken);
    }

    // A unit of work of its own: a population's holds things that are not to be saved now.
    private async Task<ChecksOutcome> Judge(Func<Judges, Task<ChecksOutcome>> judge, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        return await services
            .GetRequiredService<IMarketDecisions>()
            .Decide(
                changed => judge(new Judges(services.GetRequiredService<IDatabase>(), changed, services.GetRequiredService<TimeProvider>())),
                cancellationToken
            );
    }
}
