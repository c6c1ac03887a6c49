using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Decides which stock a listing is about. The FIGI decides, whatever the ticker: a rename keeps its stock. Without one the ticker does,
/// unless the FIGIs contradict: a ticker that passed to another company is another stock.
/// </summary>
internal sealed class ListingBook(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int AtOnce = 1000;

    /// <summary>Adds or updates listings; answers the stock of each, in the same order.</summary>
    /// <param name="listings">What the provider lists, of a ticker the delisted ones first.</param>
    /// <param name="apart">FIGIs of which every ticker is a stock of its own.</param>
    /// <param name="cancellationToken">Stops it between thousands.</param>
    public async Task<IReadOnlyList<Id<Stock>>> Store(
        IReadOnlyList<Listing> listings,
        IReadOnlyCollection<string> apart,
        CancellationToken cancellationToken
    )
    {
        var rules = new KnownStocks.Rules(listings, apart);
        var found = new List<Id<Stock>>(listings.Count);
        foreach (var some in listings.Chunk(AtOnce))
            found.AddRange(await FasterWriters.Retry(() => TryStore(some, rules, cancellationToken)));
        return found;
    }

    /// <summary>Notes that a crawl of today lacks these stocks; answers how many it lacks for the first time.</summary>
    public async Task<int> Miss(IReadOnlyList<Id<Stock>> absent, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var today = UsMarketCalendar.DateOf(clock.GetUtcNow());
        return await scope
            .ServiceProvider.GetRequiredService<IDatabase>()
            .Stocks.Where(stock => absent.Contains(stock.Id) && stock.AbsentSince == null)
            .ExecuteUpdateAsync(set => set.SetProperty(stock => stock.AbsentSince, today), cancellationToken);
    }

    private async Task<IReadOnlyList<Id<Stock>>> TryStore(
        IReadOnlyList<Listing> listings,
        KnownStocks.Rules rules,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var book = new KnownStocks(await Known(database, listings, cancellationToken), rules);
        var found = new List<Id<Stock>>(listings.Count);
        foreach (var listing in listings)
        {
            var stock = book.Find(listing);
            if (stock is not null && book.IsOfThePast(listing, stock))
            {
                found.Add(stock.Id);
                continue;
            }
            if (listing.Active && book.Bearer(listing.Ticker) is { } former && former != stock)
            {
                former.LoseTicker((await PassedOn(database, listing, former, cancellationToken)).AddDays(-1), clock.GetUtcNow());
                // The database allows no two active bearers, not even between two rows of one save.
                await database.SaveChanges(cancellationToken);
            }
            if (stock is null)
            {
                stock = new Stock(listing.Ticker, listing.Currency, clock.GetUtcNow());
                database.Stocks.Add(stock);
            }
            else if (stock.Ticker != listing.Ticker)
                stock.Rename(listing.Ticker, await Since(database, stock, cancellationToken), clock.GetUtcNow());
            stock.Describe(listing, clock.GetUtcNow());
            book.Add(stock);
            found.Add(stock.Id);
        }
        book.Settle();
        await database.SaveChanges(cancellationToken);
        return found;
    }

    private static async Task<List<Stock>> Known(IDatabase database, IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        var tickers = listings.Select(listing => listing.Ticker).Distinct(StringComparer.Ordinal).ToList();
        var figis = listings.Select(listing => listing.Figi).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var bearers = await database
            .Symbols.Where(symbol => tickers.Contains(symbol.Ticker))
            .Select(symbol => symbol.StockId)
            .Distinct()
            .ToListAsync(cancellationToken);
        return await database
            .Stocks.Include(stock => stock.Symbols)
            .Where(stock => tickers.Contains(stock.Ticker) || figis.Contains(stock.Figi!) || bearers.Contains(stock.Id))
            .ToListAsync(cancellationToken);
    }

    // The day of listing may be that of an earlier listing: then it says nothing of when the former bearer lost the ticker.
    private async Task<DateOnly> PassedOn(IDatabase database, Listing listing, Stock former, CancellationToken cancellationToken)
    {
        var prices = database.DailyPrices.Where(price => price.StockId == former.Id);
        var first =
            former.Symbols.Where(symbol => symbol.Ticker == listing.Ticker).Max(symbol => symbol.From)
            ?? await prices.MinAsync(price => (DateOnly?)price.Date, cancellationToken);
        return listing.ListedOn is { } day && !(day <= first) ? day : await Since(database, former, cancellationToken);
    }

    private async Task<DateOnly> Since(IDatabase database, Stock former, CancellationToken cancellationToken)
    {
        var last = await database
            .DailyPrices.Where(price => price.StockId == former.Id)
            .MaxAsync(price => (DateOnly?)price.Date, cancellationToken);
        return last?.AddDays(1) ?? UsMarketCalendar.DateOf(clock.GetUtcNow());
    }
}
