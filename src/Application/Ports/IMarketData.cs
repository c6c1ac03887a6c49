using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Ports;

/// <summary>
/// The provider of market data. Every method follows paging to its end, waits out the rate limit (telling <see cref="ProviderCalls"/>),
/// repeats passing failures a bounded number of times, and checks each row: one that can't be true is told, not thrown.
/// </summary>
/// <exception cref="MarketDataRefused">The provider does not give what was asked; the code is one of <see cref="Domain.Jobs.ItemReasons"/>.</exception>
public interface IMarketData
{
    /// <summary>The newest listing of <paramref name="ticker"/>, active or not; null when the provider never heard of it.</summary>
    /// <param name="ticker">The ticker.</param>
    /// <param name="delistedFirst">Where to look first: what is found there costs one call, else it is two.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<Listing?> FindListing(string ticker, bool delistedFirst, CancellationToken cancellationToken);

    /// <summary>All listings of stocks, either the active or the delisted ones.</summary>
    Task<Rows<Listing>> Listings(bool active, CancellationToken cancellationToken);

    /// <summary>Raw daily bars of one ticker, both ends included, ascending by date.</summary>
    Task<Rows<Bar>> Bars(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Raw bars of every ticker on one session; empty when there was none.</summary>
    Task<Rows<TickerBar>> SessionBars(DateOnly session, CancellationToken cancellationToken);

    /// <summary>Splits executed in a range, of some tickers, at most 100, or of all.</summary>
    Task<Rows<ProviderSplit>> Splits(IReadOnlyList<string>? tickers, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Dividends by ex-date in a range, of some tickers, at most 100, or of all.</summary>
    Task<Rows<ProviderDividend>> Dividends(IReadOnlyList<string>? tickers, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>
    /// Closing rates of a pair, both ends included, ascending by date, weekends too where there was trading. Days are days of UTC.
    /// </summary>
    Task<Rows<ExchangeRate>> Rates(Currency @base, Currency quote, DateOnly from, DateOnly to, CancellationToken cancellationToken);
}

/// <summary>Rows that can be true, and what was wrong with the others, for people.</summary>
public sealed record Rows<T>(IReadOnlyList<T> Good, IReadOnlyList<string> Rejected);

/// <summary>A bar and whose it is.</summary>
public readonly record struct TickerBar(string Ticker, Bar Bar);

/// <summary>A split as the provider tells it.</summary>
public sealed record ProviderSplit(string Ticker, DateOnly ExecutionDate, decimal From, decimal To);

/// <summary>A dividend as the provider tells it.</summary>
public sealed record ProviderDividend(
    string Ticker,
    DateOnly ExDate,
    decimal Amount,
    Currency Currency,
    string Type,
    DateOnly? DeclaredOn,
    DateOnly? RecordDate,
    DateOnly? PayDate,
    string? ProviderId
);

/// <summary>The provider does not give what was asked.</summary>
public sealed class MarketDataRefused(string reason, string detail) : Exception(detail)
{
    /// <summary>One of <see cref="Domain.Jobs.ItemReasons"/>.</summary>
    public string Reason { get; } = reason;
}
