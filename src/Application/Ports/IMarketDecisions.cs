using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Ports;

/// <summary>
/// Decisions about stored market data, made one after the other: while one is made nobody else decides or stores, so that what it read
/// is still true when it commits.
/// </summary>
public interface IMarketDecisions
{
    /// <summary>
    /// Runs <paramref name="decide"/> in one transaction, in which it saves what it decided through <see cref="IDatabase"/>.
    /// <see cref="IPriceHistory"/> sees the change of the stocks that it names once it is committed.
    /// </summary>
    Task<T> Decide<T>(Func<ChangedStocks, Task<T>> decide, CancellationToken cancellationToken);

    /// <summary>
    /// Within a decision: gives a stock the prices, reported splits and dividends that are stored of another one from a day on. What the heir
    /// has of its own stays as it is, what is kept out of its prices stays out. The other one's rows are not touched.
    /// </summary>
    /// <param name="from">Whose they are.</param>
    /// <param name="heir">Whose they become, too.</param>
    /// <param name="day">First day; of dividends the ex-date counts.</param>
    /// <param name="cancellationToken">Stops it; then the decision fails.</param>
    Task HandDown(Id<Stock> from, Id<Stock> heir, DateOnly day, CancellationToken cancellationToken);
}

/// <summary>The stocks whose prices or splits a decision changes.</summary>
public sealed class ChangedStocks
{
    private readonly HashSet<Id<Stock>> _stocks = [];

    /// <summary>All that were named.</summary>
    public IReadOnlyCollection<Id<Stock>> All => _stocks;

    /// <summary>Names one.</summary>
    public void Add(Id<Stock> stock) => _stocks.Add(stock);
}
