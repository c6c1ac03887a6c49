using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>Finds the stock behind a ticker on a day; null when nobody bore it then.</summary>
internal delegate Id<Stock>? FindStock(string ticker, DateOnly day);

/// <summary>Who bore which ticker when: what the database knew at the moment of loading.</summary>
internal sealed class TickerBook
{
    private readonly Dictionary<string, Bearer[]> _bearers;

    private TickerBook(Dictionary<string, Bearer[]> bearers, long? version) => (_bearers, Version) = (bearers, version);

    /// <summary>The version of the symbols that it knows at least; null when it was not looked for.</summary>
    public long? Version { get; }

    /// <summary>The bearers of the tickers given, or of all.</summary>
    public static Task<TickerBook> Load(IDatabase database, IReadOnlyCollection<string>? tickers, CancellationToken cancellationToken) =>
        Load(database, tickers, null, cancellationToken);

    /// <summary>The bearers of the tickers given, or of all, when their version was looked for before.</summary>
    public static async Task<TickerBook> Load(
        IDatabase database,
        IReadOnlyCollection<string>? tickers,
        long? version,
        CancellationToken cancellationToken
    )
    {
        var rows = await database
            .Symbols.AsNoTracking()
            .Where(symbol => tickers == null || tickers.Contains(symbol.Ticker))
            .Select(symbol => new
            {
                symbol.Ticker,
                symbol.StockId,
                symbol.From,
                symbol.To,
            })
            .ToListAsync(cancellationToken);
        return new TickerBook(
            rows.GroupBy(row => row.Ticker, StringComparer.Ordinal)
                .ToDictionary(
                    same => same.Key,
                    same => same.Select(row => new Bearer(row.StockId, row.From, row.To)).ToArray(),
                    StringComparer.Ordinal
                ),
            version
        );
    }

    /// <summary>The stock that bore a ticker on a day; null when nobody did, as far as is known.</summary>
    public Id<Stock>? Find(string ticker, DateOnly day)
    {
        foreach (var bearer in _bearers.GetValueOrDefault(ticker) ?? [])
            if (bearer.Bore(day))
                return bearer.Id;
        return null;
    }

    /// <summary>Whether anybody ever bore it.</summary>
    public bool Knows(string ticker) => _bearers.ContainsKey(ticker);

    private sealed record Bearer(Id<Stock> Id, DateOnly? From, DateOnly? To)
    {
        public bool Bore(DateOnly day) => !(day < From) && !(day > To);
    }
}

/// <summary>A ticker and the days on which a stock bore it.</summary>
internal sealed record SymbolDays(string Ticker, DateOnly From, DateOnly To)
{
    /// <summary>What of <paramref name="symbols"/> lies within a range, oldest first.</summary>
    public static IReadOnlyList<SymbolDays> Within(
        IEnumerable<(string Ticker, DateOnly? From, DateOnly? To)> symbols,
        DateOnly from,
        DateOnly to
    ) =>
        [
            .. symbols
                .Select(symbol => new SymbolDays(
                    symbol.Ticker,
                    symbol.From is { } first && first > from ? first : from,
                    symbol.To is { } last && last < to ? last : to
                ))
                .Where(days => days.From <= days.To)
                .OrderBy(days => days.From),
        ];
}
