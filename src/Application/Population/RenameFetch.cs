using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Asks about a stock that is listed under another ticker than it is known by. Prices follow the symbol, not the company: those of the days
/// before the rename are asked for under the ticker that it bore then.
/// </summary>
internal sealed class RenameFetch(IMarketData market, Renames renames)
{
    /// <summary>Its renames, the bars under its former tickers, and the first day of the one that it bears now, if it was renamed.</summary>
    public async Task<(IReadOnlyList<Renamed> Renamed, IReadOnlyList<FormerBars> Former, DateOnly? Since)> Fetch(
        Listing? listing,
        DayRange wanted,
        CancellationToken cancellationToken
    )
    {
        if (listing is null)
            return ([], [], null);
        var renamed = await renames.WithSplits(await renames.Find([listing], cancellationToken), cancellationToken);
        var former = new List<FormerBars>();
        foreach (var days in renamed.SelectMany(one => FormerDays(one, wanted)))
            former.Add(
                new FormerBars(
                    days.Ticker,
                    new DayRange(days.From, days.To),
                    await market.Bars(days.Ticker, days.From, days.To, cancellationToken)
                )
            );
        return (renamed, former, renamed.LastOrDefault()?.Steps()[^1].Day);
    }

    private static IEnumerable<SymbolDays> FormerDays(Renamed renamed, DayRange wanted)
    {
        var (ticker, from) = (renamed.From, wanted.From);
        foreach (var (next, day) in renamed.Steps())
        {
            if (day is not { } first)
                yield break;
            var to = first.AddDays(-1) < wanted.To ? first.AddDays(-1) : wanted.To;
            if (from <= to)
                yield return new SymbolDays(ticker, from, to);
            (ticker, from) = (next, first > from ? first : from);
        }
    }
}
