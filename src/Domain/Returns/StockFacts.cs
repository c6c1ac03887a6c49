using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>What the market says of one stock: everything the engine needs to value it.</summary>
/// <param name="Id">The stock.</param>
/// <param name="Ticker">Its symbol of today, for people.</param>
/// <param name="Currency">Currency of the prices.</param>
/// <param name="Prices">Raw closes.</param>
/// <param name="Splits">Splits, ascending by execution date.</param>
/// <param name="Version">Hash of the others: changes if and only if one of them does.</param>
public sealed record StockFacts(
    Id<Stock> Id,
    string Ticker,
    Currency Currency,
    PriceSeries Prices,
    IReadOnlyList<Split> Splits,
    long Version
);
