using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
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
    private const int Attempts = 3;

    /// <summary>Adds or updates listings; answers the stock of each, in the same order.</summary>
    public async Task<IReadOnlyList<Id<Stock>>> Store(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStore(listings, cancellationToken);
            }
            catch (Conflict) when (attempt < Attempts)
            {
                // Another job added one of them in the same moment: look again.
            }
        }
    }

    private async Task<IReadOnlyList<Id<Stock>>> TryStore(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var tickers = listings.Select(listing => listing.Ticker).Distinct().ToList();
        var figis = listings.Where(listing => listing.Figi is not null).Select(listing => listing.Figi).Distinct().ToList();
        var known = await database
            .Stocks.Where(stock => tickers.Contains(stock.Ticker) || figis.Contains(stock.Figi))
            .ToListAsync(cancellationToken);
        var book = new Book(known, listings.Where(listing => listing.Active).Select(listing => listing.Ticker));
        var found = new List<Id<Stock>>(listings.Count);
        foreach (var listing in listings)
        {
            var stock = book.Find(listing);
            // The database allows no two active bearers, not even between two rows of one save.
            if (book.FreeTicker(listing, stock))
                await database.SaveChanges(cancellationToken);
            if (stock is null)
            {
                stock = new Stock(listing.Ticker, listing.Currency, clock.GetUtcNow());
                database.Stocks.Add(stock);
            }
            stock.Describe(listing);
            book.Add(stock);
            found.Add(stock.Id);
        }
        await database.SaveChanges(cancellationToken);
        return found;
    }

    private sealed class Book
    {
        private readonly Dictionary<string, Stock> _byFigi = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<Stock>> _byTicker = new(StringComparer.Ordinal);
        private readonly HashSet<string> _activeTickers;

        public Book(IEnumerable<Stock> known, IEnumerable<string> activeTickers)
        {
            _activeTickers = activeTickers.ToHashSet(StringComparer.Ordinal);
            foreach (var stock in known)
                Add(stock);
        }

        public void Add(Stock stock)
        {
            if (stock.Figi is { } figi)
                _byFigi[figi] = stock;
            if (!_byTicker.TryGetValue(stock.Ticker, out var same))
                _byTicker[stock.Ticker] = same = [];
            if (!same.Contains(stock))
                same.Add(stock);
        }

        public Stock? Find(Listing listing)
        {
            if (listing.Figi is { } figi && _byFigi.TryGetValue(figi, out var sameFigi))
                return sameFigi;
            var candidates = Same(listing.Ticker)
                .Where(stock => listing.Figi is null || stock.Figi is null || stock.Figi == listing.Figi)
                .ToList();
            var active = candidates.Find(stock => stock.Active);
            if (listing.Active)
                return active;
            var delisted = candidates.Find(stock => !stock.Active && (stock.DelistedOn is null || stock.DelistedOn == listing.DelistedOn));
            // The active stock is the one delisted now, unless its ticker is still active or it was listed after that day.
            var justDelisted = !_activeTickers.Contains(listing.Ticker) && !(active?.ListedOn > listing.DelistedOn) ? active : null;
            return delisted ?? justDelisted;
        }

        /// <summary>
        /// Takes the ticker from another active stock, if there is one. It lost it when a new company was listed; the day on which a known
        /// company was renamed is not told.
        /// </summary>
        public bool FreeTicker(Listing listing, Stock? owner)
        {
            if (!listing.Active || Same(listing.Ticker).Find(stock => stock.Active && stock != owner) is not { } former)
                return false;
            former.LoseTicker(owner is null ? listing.ListedOn?.AddDays(-1) : null);
            return true;
        }

        // A stock renamed by an earlier listing stays under its old ticker too.
        private List<Stock> Same(string ticker) => _byTicker.GetValueOrDefault(ticker)?.FindAll(stock => stock.Ticker == ticker) ?? [];
    }
}
