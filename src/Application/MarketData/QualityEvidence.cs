using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>A stock to be asked about.</summary>
internal sealed record StockAsked(Id<Stock> Id, string Ticker, DateOnly? DelistedOn);

/// <summary>What is known about one stock besides its prices.</summary>
/// <param name="Days">Why days may be missing.</param>
/// <param name="Splits">What is wrong with reported splits.</param>
internal sealed record StockEvidence(DayEvidence Days, IReadOnlyList<QualityFinding> Splits);

/// <summary>What is known about the market: answers by session, what unfinished jobs will ask for, answers about pairs.</summary>
internal sealed record MarketEvidence(
    IReadOnlyDictionary<DateOnly, AskedDays> Sessions,
    IReadOnlySet<DateOnly> SessionsUnderway,
    ILookup<string, (DateOnly From, DateOnly To)> Underway,
    ILookup<string, AskedDays> Rates
)
{
    public DayEvidence OfPair(string ticker) => new() { Asked = [.. Rates[ticker]], Underway = [.. Underway[ticker]] };
}

/// <summary>Loads why data may be missing: what the provider was asked, what is being fetched, what is held.</summary>
internal sealed class QualityEvidence(IDatabase database)
{
    public async Task<MarketEvidence> OfMarket(CancellationToken cancellationToken)
    {
        var answers = await database
            .Fetches.AsNoTracking()
            .Where(fetch => fetch.Kind == FetchKind.Session || fetch.Kind == FetchKind.Rates)
            .ToListAsync(cancellationToken);
        var pending = await (
            from item in database.JobItems
            join job in database.Jobs on item.JobId equals job.Id
            where item.Status == ItemStatus.Pending && !Over.Contains(job.Status)
            select new Pending(item.Work, item.Key, item.Tickers, item.From ?? job.From, item.To ?? job.To)
        ).ToListAsync(cancellationToken);
        return new MarketEvidence(
            answers.Where(fetch => fetch.Kind is FetchKind.Session).GroupBy(fetch => fetch.From).ToDictionary(day => day.Key, Latest),
            pending.Where(item => item.Work is ItemWork.Session).Select(item => item.From).ToHashSet(),
            pending
                .Where(item => item.Work is ItemWork.Stock or ItemWork.Rates)
                .SelectMany(item => (item.Tickers ?? [item.Key]).Select(ticker => (Ticker: ticker, Days: (item.From, item.To))))
                .ToLookup(item => item.Ticker, item => item.Days, StringComparer.Ordinal),
            answers.Where(fetch => fetch.Kind is FetchKind.Rates).ToLookup(fetch => fetch.Key, Asked, StringComparer.Ordinal)
        );
    }

    public async Task<IReadOnlyDictionary<Id<Stock>, StockEvidence>> OfStocks(
        IReadOnlyCollection<StockAsked> stocks,
        MarketEvidence market,
        CancellationToken cancellationToken
    )
    {
        var former = await FormerTickers(stocks, cancellationToken);
        var tickers = stocks
            .Select(stock => stock.Ticker)
            .Concat(former.SelectMany(own => own).Select(symbol => symbol.Ticker))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var answers = await database
            .Fetches.AsNoTracking()
            .Where(fetch => (fetch.Kind == FetchKind.Bars || fetch.Kind == FetchKind.Listing) && tickers.Contains(fetch.Key))
            .ToListAsync(cancellationToken);
        var bars = answers.Where(fetch => fetch.Kind is FetchKind.Bars).ToLookup(fetch => fetch.Key, Asked, StringComparer.Ordinal);
        var unknown = answers
            .Where(fetch => fetch is { Kind: FetchKind.Listing, Outcome: FetchOutcome.UnknownSymbol })
            .Select(fetch => fetch.Key)
            .ToHashSet(StringComparer.Ordinal);
        var held = await Held(stocks, tickers, former, cancellationToken);
        var splits = await Splits([.. stocks.Select(stock => stock.Id)], cancellationToken);
        return stocks.ToDictionary(
            stock => stock.Id,
            stock => new StockEvidence(
                new DayEvidence
                {
                    Asked = [.. bars[stock.Ticker], .. former[stock.Id].SelectMany(symbol => symbol.Cut(bars[symbol.Ticker]))],
                    Market = market.Sessions,
                    Held = held(stock),
                    MarketUnderway = market.SessionsUnderway,
                    Underway = [.. market.Underway[stock.Ticker]],
                    UnknownListing = unknown.Contains(stock.Ticker),
                    DelistedOn = stock.DelistedOn,
                },
                [.. splits[stock.Id]]
            )
        );
    }

    // Bars follow the symbol: what was asked of a former one counts for the days on which the stock bore it.
    private async Task<ILookup<Id<Stock>, Former>> FormerTickers(
        IReadOnlyCollection<StockAsked> stocks,
        CancellationToken cancellationToken
    )
    {
        var present = stocks.ToDictionary(stock => stock.Id, stock => stock.Ticker);
        var ids = present.Keys.ToList();
        var symbols = await database
            .Symbols.Where(symbol => ids.Contains(symbol.StockId))
            .Select(symbol => new
            {
                symbol.StockId,
                symbol.Ticker,
                symbol.From,
                symbol.To,
            })
            .ToListAsync(cancellationToken);
        return symbols
            .Where(symbol => symbol.Ticker != present[symbol.StockId])
            .ToLookup(
                symbol => symbol.StockId,
                symbol => new Former(symbol.Ticker, symbol.From ?? DateOnly.MinValue, symbol.To ?? DateOnly.MaxValue)
            );
    }

    private async Task<Func<StockAsked, IReadOnlySet<DateOnly>>> Held(
        IReadOnlyCollection<StockAsked> stocks,
        List<string> tickers,
        ILookup<Id<Stock>, Former> former,
        CancellationToken cancellationToken
    )
    {
        var ids = stocks.Select(stock => (Id<Stock>?)stock.Id).ToList();
        var rows = await database
            .QuarantinedRows.Where(row => row.Kind == RowKind.Bar && row.Status == QuarantineStatus.Held && row.Date != null)
            .Where(row => ids.Contains(row.StockId) || (row.StockId == null && tickers.Contains(row.Ticker!)))
            .Select(row => new
            {
                row.StockId,
                row.Ticker,
                Date = row.Date!.Value,
            })
            .ToListAsync(cancellationToken);
        var ofStock = rows.Where(row => row.StockId is not null).ToLookup(row => row.StockId!.Value, row => row.Date);
        var ofTicker = rows.Where(row => row.StockId is null).ToLookup(row => row.Ticker!, row => row.Date, StringComparer.Ordinal);
        return stock =>
            ofStock[stock.Id]
                .Concat(ofTicker[stock.Ticker])
                .Concat(former[stock.Id].SelectMany(symbol => ofTicker[symbol.Ticker].Where(symbol.IsBorneOn)))
                .ToHashSet();
    }

    // What an operator rejected is settled.
    private async Task<ILookup<Id<Stock>, QualityFinding>> Splits(List<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var reports = await database
            .SplitReports.AsNoTracking()
            .Where(split => stocks.Contains(split.StockId) && split.Decision == null)
            .Where(split => split.Verdict == SplitVerdict.Conflict || split.Verdict == SplitVerdict.Duplicate)
            .ToListAsync(cancellationToken);
        return reports.ToLookup(split => split.StockId, SplitFindings.Of);
    }

    private static readonly JobStatus[] Over = [JobStatus.Succeeded, JobStatus.PartiallySucceeded, JobStatus.Failed, JobStatus.Cancelled];

    private static AskedDays Latest(IEnumerable<Fetch> answers) => Asked(answers.MaxBy(fetch => fetch.FetchedAt)!);

    private static AskedDays Asked(Fetch fetch) => new(fetch.From, fetch.To, fetch.FetchedAt, fetch.Outcome);

    private sealed record Former(string Ticker, DateOnly From, DateOnly To)
    {
        public bool IsBorneOn(DateOnly day) => From <= day && day <= To;

        public IEnumerable<AskedDays> Cut(IEnumerable<AskedDays> answers) =>
            from answer in answers
            where answer.From <= To && answer.To >= From
            select answer with
            {
                From = answer.From > From ? answer.From : From,
                To = answer.To < To ? answer.To : To,
            };
    }

    private sealed record Pending(ItemWork Work, string Key, IReadOnlyList<string>? Tickers, DateOnly From, DateOnly To);
}
