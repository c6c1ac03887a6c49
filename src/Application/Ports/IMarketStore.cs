using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Ports;

/// <summary>
/// Writes market data in bulk. Each call is one transaction, may be repeated and may run twice at once: what is there already stays,
/// what differs is replaced. Answers count the rows that are new or changed; <see cref="IPriceHistory"/> and
/// <see cref="IExchangeRates"/> see them once they are committed. Whoever found out by the symbols whose rows they are tells the
/// version of <see cref="SymbolVersion"/> that he read before: if symbols have changed since, nothing is stored and
/// <see cref="SymbolsChanged"/> thrown; until the rows are committed nobody changes a symbol.
/// </summary>
public interface IMarketStore
{
    /// <summary>Ascending with every commit that changed a symbol of any stock; 0 before the first.</summary>
    Task<long> SymbolVersion(CancellationToken cancellationToken);

    /// <summary>
    /// Daily prices of any stocks and dates, at most one of each stock and date. A changed value leaves a <see cref="PriceCorrection"/>. A day
    /// with a <see cref="ManualPrice"/> keeps it, and remembers what came; a row that checks or an operator keep out stays out; another one of
    /// its day takes its place.
    /// </summary>
    /// <param name="prices">The prices.</param>
    /// <param name="symbols">Version of the symbols that they were placed by; null when they were not.</param>
    /// <param name="cancellationToken">Stops it; then nothing is stored.</param>
    /// <exception cref="RuleBroken"><c>prices.noStock</c>: one is of no stock.</exception>
    Task<long> StorePrices(IReadOnlyList<DailyPrice> prices, long? symbols, CancellationToken cancellationToken);

    /// <summary>
    /// Splits as the provider told them; the same one is recognised by stock, day, ratio and the provider's id. They are not applied before
    /// they are judged.
    /// </summary>
    /// <param name="reports">The splits.</param>
    /// <param name="symbols">As for <see cref="StorePrices"/>.</param>
    /// <param name="cancellationToken">Stops it; then nothing is stored.</param>
    Task<long> StoreSplitReports(IReadOnlyList<ReportedSplit> reports, long? symbols, CancellationToken cancellationToken);

    /// <summary>Rows that can't be stored; the same one, told again, is counted.</summary>
    Task Quarantine(IReadOnlyList<QuarantinedRow> rows, CancellationToken cancellationToken);

    /// <summary>
    /// The stocks, of these or of all if null, of whose closes in a range and next to it one may leap against its neighbour: they lie further
    /// apart than <see cref="PriceJudgement.Leap"/> times, or one was held for that.
    /// </summary>
    Task<IReadOnlyList<Id<Stock>>> FindLeaps(
        IReadOnlyCollection<Id<Stock>>? stocks,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Dividends; the same one is recognised by the provider's id, else by stock, ex-date, amount, currency and type, and keeps its id when it is
    /// corrected. One that would become equal to another one in these five is a twin: it is not stored, and what is stored of it stays.
    /// </summary>
    /// <param name="dividends">The dividends.</param>
    /// <param name="symbols">As for <see cref="StorePrices"/>.</param>
    /// <param name="cancellationToken">Stops it; then nothing is stored.</param>
    Task<StoredDividends> StoreDividends(IReadOnlyList<Dividend> dividends, long? symbols, CancellationToken cancellationToken);

    /// <summary>
    /// Exchange rates, one of a pair and day: what is stored is replaced when the rate is another one, of several given at once the first counts.
    /// </summary>
    /// <param name="rates">Rates between major currencies.</param>
    /// <param name="source">Who told them, one of <see cref="RateSources"/>.</param>
    /// <param name="cancellationToken">Stops it; then nothing is stored.</param>
    Task<long> StoreRates(IReadOnlyList<ExchangeRate> rates, string source, CancellationToken cancellationToken);

    /// <summary>The same, if the version of all rates is one that <paramref name="require"/> does not refuse by an exception.</summary>
    /// <param name="rates">Rates between major currencies.</param>
    /// <param name="source">Who told them, one of <see cref="RateSources"/>.</param>
    /// <param name="require">Is told the version from before; what it throws leaves nothing stored.</param>
    /// <param name="cancellationToken">Stops it; then nothing is stored.</param>
    /// <returns>Rates that are new or changed, and the version from then on.</returns>
    Task<(long Stored, long Version)> StoreRates(
        IReadOnlyList<ExchangeRate> rates,
        string source,
        Action<long> require,
        CancellationToken cancellationToken
    );
}

/// <summary>What became of dividends.</summary>
/// <param name="Rows">How many are new or changed.</param>
/// <param name="Twins">Those that equal another one, and were not stored.</param>
public sealed record StoredDividends(long Rows, IReadOnlyList<Dividend> Twins);
