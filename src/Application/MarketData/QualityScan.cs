using System.Runtime.CompilerServices;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>What to look through; everything that is not named.</summary>
/// <param name="From">First day; null: from each stock's first price on.</param>
/// <param name="To">Last day, no later than the last session that is out.</param>
/// <param name="LastSession">The last session that is out.</param>
internal sealed record QualityQuery(DateOnly? From, DateOnly To, DateOnly LastSession)
{
    public IReadOnlyCollection<string>? Tickers { get; init; }

    public Id<Stock>? StockId { get; init; }

    public (string Ticker, Guid Id)? After { get; init; }

    /// <summary>Only findings of this kind.</summary>
    public FindingKind? Finding { get; init; }

    /// <summary>Only what is missing for this reason.</summary>
    public FindingReason? Reason { get; init; }

    /// <summary>Stocks that are looked through at once, first; more while little is found.</summary>
    public int First { get; init; } = 100;

    public bool IsMeant(QualityFinding finding) =>
        (Finding is null || finding.Finding == Finding) && (Reason is null || finding.Reason == Reason);
}

/// <summary>A stock, or a pair of currencies, and what was found about it.</summary>
internal sealed record Examined(string Ticker, Id<Stock>? StockId, string? Name, IReadOnlyList<QualityFinding> Findings);

/// <summary>
/// Looks through what is stored, some stocks at a time, in the order of tickers. Stocks about which nothing was found are left out; so what
/// it costs does not depend on how little there is to find, only on how much is stored.
/// </summary>
internal sealed class QualityScan(IDatabase database, IMarketQuality market, QualityEvidence evidence)
{
    private const int MostAtOnce = 1000;
    private const int Growth = 2;

    public async IAsyncEnumerable<Examined> Of(QualityQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = await evidence.OfMarket(cancellationToken);
        var sessions = new SessionList(query.From ?? QualityRange.CalendarStart, query.LastSession);
        var pairs = new Queue<Examined>(await Pairs(query, known, cancellationToken));
        var (after, size) = (query.After, query.First);
        while (true)
        {
            var stocks = await Stocks(query, after, size, cancellationToken);
            var found = await Examine(stocks, query, sessions, known, cancellationToken);
            foreach (var stock in found)
            {
                while (pairs.TryPeek(out var pair) && string.CompareOrdinal(pair.Ticker, stock.Ticker) < 0)
                    yield return pairs.Dequeue();
                yield return stock;
            }
            if (stocks.Count < size)
                break;
            after = (stocks[^1].Ticker, stocks[^1].Id.Value);
            size = found.Count * Growth >= size ? size : Math.Min(size * Growth, MostAtOnce);
        }
        while (pairs.TryDequeue(out var pair))
            yield return pair;
    }

    private async Task<List<StockRow>> Stocks(
        QualityQuery query,
        (string Ticker, Guid Id)? after,
        int size,
        CancellationToken cancellationToken
    )
    {
        var stocks = database.Stocks.AsQueryable();
        if (query.StockId is { } one)
            stocks = stocks.Where(stock => stock.Id == one);
        if (query.Tickers is { } tickers)
            stocks = stocks.Where(stock => tickers.Contains(stock.Ticker));
        if (after is var (ticker, id))
            stocks = stocks.Where(stock =>
                string.Compare(stock.Ticker, ticker) > 0 || (stock.Ticker == ticker && stock.Id > new Id<Stock>(id))
            );
        var from = query.From ?? DateOnly.MinValue;
        return await stocks
            .OrderBy(stock => stock.Ticker)
            .ThenBy(stock => stock.Id)
            .Take(size)
            .Select(stock => new StockRow(
                stock.Id,
                stock.Ticker,
                stock.Name,
                new TradingLife(
                    stock.Active,
                    stock.ListedOn,
                    stock.DelistedOn,
                    database.DailyPrices.Where(price => price.StockId == stock.Id).Min(price => (DateOnly?)price.Date),
                    database.DailyPrices.Where(price => price.StockId == stock.Id).Max(price => (DateOnly?)price.Date)
                ),
                database
                    .DailyPrices.Where(price => price.StockId == stock.Id && price.Date >= from && price.Date <= query.To)
                    .Min(price => (DateOnly?)price.Date),
                database
                    .DailyPrices.Where(price => price.StockId == stock.Id && price.Date >= from && price.Date <= query.To)
                    .Max(price => (DateOnly?)price.Date)
            ))
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Examined>> Examine(
        IReadOnlyList<StockRow> stocks,
        QualityQuery query,
        SessionList sessions,
        MarketEvidence known,
        CancellationToken cancellationToken
    )
    {
        if (stocks.Count == 0)
            return [];
        var ids = stocks.Select(stock => stock.Id).ToList();
        var steps = (await market.Steps(ids, query.From ?? QualityRange.CalendarStart, query.To, cancellationToken)).ToLookup(step =>
            step.StockId
        );
        var splits = (await database.Splits.Where(split => ids.Contains(split.StockId)).ToListAsync(cancellationToken)).ToLookup(split =>
            split.StockId
        );
        var evidences = await evidence.OfStocks([.. stocks.Select(stock => stock.About)], known, cancellationToken);
        var found = new List<Examined>();
        foreach (var stock in stocks)
        {
            var examination = new StockExamination(stock, query, sessions, evidences[stock.Id]);
            var findings = examination.Findings([.. steps[stock.Id]], [.. splits[stock.Id]]).Where(query.IsMeant).ToList();
            if (findings.Count > 0)
                found.Add(new Examined(stock.Ticker, stock.Id, stock.Name, findings));
        }
        return found;
    }

    private async Task<IEnumerable<Examined>> Pairs(QualityQuery query, MarketEvidence known, CancellationToken cancellationToken)
    {
        if (query.StockId is not null || query.Tickers?.Any(CurrencyPair.IsMeant) == false)
            return [];
        var from = query.From ?? QualityRange.CalendarStart;
        var steps = await market.RateSteps(from, query.To, RateGap.MostDays, cancellationToken);
        return steps
            .GroupBy(step => CurrencyPair.TickerOf(step.Base, step.Quote), StringComparer.Ordinal)
            .Where(pair => query.Tickers?.Contains(pair.Key) != false)
            .Where(pair => query.After is not var (after, _) || string.CompareOrdinal(pair.Key, after) > 0)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new Examined(
                pair.Key,
                null,
                null,
                [.. pair.Select(step => RateGap.Between(step.BeforeDate, step.Date, known.OfPair(pair.Key))).Where(query.IsMeant)]
            ))
            .Where(pair => pair.Findings.Count > 0);
    }
}
