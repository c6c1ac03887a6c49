using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Application.Population;

/// <summary>What a job will do, before it does it.</summary>
/// <param name="Items">In the order of work.</param>
/// <param name="Exact">Whether the number of calls is certain, not guessed from the length of earlier answers.</param>
/// <param name="Rows">Rows to expect, a guess.</param>
/// <param name="AlreadyStored">Ticker-days, or sessions of the whole market, that were asked for and are stored for good.</param>
internal sealed record Plan(IReadOnlyList<PlannedItem> Items, bool Exact, long Rows, int AlreadyStored)
{
    public int Calls => Items.Sum(item => item.Calls);
}

/// <summary>Finds the fewest calls for what a job is to fetch. Prices come before splits and dividends: these are kept of known stocks only.</summary>
internal sealed class PopulationPlanner(MarketKnowledge knowledge)
{
    private const int UsualActive = 13_000;
    private const int UsualInactive = 25_000;
    private const int ListingsPerPage = 1000;
    private const int UsualSession = 12_400;
    private const int MarketListingDays = 7;

    // A guess must promise to cost a quarter of what is certain before it is preferred.
    private const int GuessMustSave = 4;

    public Task<Plan> Of(JobRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var question = new Question(now, request.Refresh);
        return request.Cells is not null || request.Tickers is not null
            ? OfTickers(request, question, cancellationToken)
            : OfMarket(request, question, cancellationToken);
    }

    private async Task<Plan> OfTickers(JobRequest request, Question question, CancellationToken cancellationToken)
    {
        var cells = await knowledge.WithFormerTickers(
            request.Cells ?? [.. request.Tickers!.Select(ticker => new TickerRange(ticker, request.From, request.To))],
            cancellationToken
        );
        var tickers = cells.Select(cell => cell.Ticker).Distinct(StringComparer.Ordinal).ToList();
        var range = new DayRange(request.From, request.To);
        var known = await knowledge.Of(tickers, range, question, cancellationToken);
        var builder = new PlanBuilder(known, await SizeOf(known, cancellationToken));
        var stocks = tickers.Where(ticker => !CurrencyPair.IsMeant(ticker)).ToList();
        if (request.Parts.HasFlag(JobParts.Prices))
        {
            var crawl = request.Cells is null && builder.CrawlIsCheaper(stocks, GuessMustSave);
            if (crawl)
                builder.AddCrawl();
            builder.AddPrices(tickers, cells.ToLookup(cell => cell.Ticker, cell => new DayRange(cell.From, cell.To)), crawl);
        }
        if (request.Parts.HasFlag(JobParts.Actions))
            foreach (var work in new[] { ItemWork.Splits, ItemWork.Dividends })
                builder.AddActions(work, stocks, range, GuessMustSave);
        return builder.Plan;
    }

    private async Task<Plan> OfMarket(JobRequest request, Question question, CancellationToken cancellationToken)
    {
        var range = new DayRange(request.From, request.To);
        var known = await knowledge.Of([], range, question, cancellationToken);
        var builder = new PlanBuilder(known, await SizeOf(known, cancellationToken));
        if (request.Parts.HasFlag(JobParts.Listings) && (request.Kind is JobKind.Universe || !known.IsCrawledWithin(MarketListingDays)))
            builder.AddCrawl();
        if (request.Parts.HasFlag(JobParts.Prices))
            builder.AddSessions(request.Sessions ?? [.. UsMarketCalendar.Sessions(request.From, request.To)]);
        if (request.Parts.HasFlag(JobParts.Actions))
        {
            builder.AddActionsOfAll(ItemWork.Splits, range);
            builder.AddActionsOfAll(ItemWork.Dividends, range);
        }
        return builder.Plan;
    }

    private async Task<MarketSize> SizeOf(Known known, CancellationToken cancellationToken)
    {
        var active = await knowledge.Newest(FetchKind.Universe, MarketItems.Active, cancellationToken);
        var inactive = await knowledge.Newest(FetchKind.Universe, MarketItems.Inactive, cancellationToken);
        var session = await knowledge.Newest(FetchKind.Session, null, cancellationToken);
        return new MarketSize(
            PagesOf(active?.Rows ?? UsualActive) + PagesOf(inactive?.Rows ?? UsualInactive),
            (active?.Rows ?? UsualActive) + (inactive?.Rows ?? UsualInactive),
            session?.Rows ?? UsualSession,
            await knowledge.Newest(FetchKind.Splits, Finality.Everyone, cancellationToken),
            await knowledge.Newest(FetchKind.Dividends, Finality.Everyone, cancellationToken)
        );
    }

    private static int PagesOf(int listings) => Math.Max(1, (listings + ListingsPerPage - 1) / ListingsPerPage);
}

/// <summary>How long the provider's answers for the whole market are, by the last ones or by what is usual.</summary>
internal sealed record MarketSize(int ListingPages, int Listings, int RowsOfSession, Fetch? Splits, Fetch? Dividends);
