using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.MarketData;
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

    /// <summary>
    /// The tickers that a company bore and since when, oldest first; empty when the provider does not know it. Days may be off by a few.
    /// </summary>
    /// <param name="id">Composite FIGI, or a ticker, which means its present bearer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<IReadOnlyList<TickerSince>> TickerHistory(string id, CancellationToken cancellationToken);

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

/// <summary>Rows that can be true, and those that can't.</summary>
public sealed record Rows<T>(IReadOnlyList<T> Good, IReadOnlyList<RejectedRow> Rejected);

/// <summary>A row of the provider that can't be true, or can't be placed.</summary>
/// <param name="Kind">What it is a row of.</param>
/// <param name="Ticker">Whose it is, as told; null when that can't be read.</param>
/// <param name="Date">Its day; null when that can't be read.</param>
/// <param name="Reason">One of <see cref="RowReasons"/>.</param>
/// <param name="Detail">For people: which row, and what is wrong with it.</param>
/// <param name="Content">Its values as JSON, in this system's names: each number as text with the digits that were told.</param>
public sealed record RejectedRow(RowKind Kind, string? Ticker, DateOnly? Date, string Reason, string Detail, string Content);

/// <summary>A ticker and the first day on which a company bore it.</summary>
public sealed record TickerSince(string Ticker, DateOnly From);

/// <summary>A bar and whose it is.</summary>
public readonly record struct TickerBar(string Ticker, Bar Bar);

/// <summary>A split as the provider tells it.</summary>
public sealed record ProviderSplit(string Ticker, DateOnly ExecutionDate, decimal From, decimal To, string? ProviderId = null);

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
