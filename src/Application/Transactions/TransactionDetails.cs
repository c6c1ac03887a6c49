using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Transactions;

/// <summary>One entry of a ledger, as it was stated.</summary>
public sealed record TransactionDetails : IVersioned
{
    /// <summary>Identity.</summary>
    public required Id<Transaction> Id { get; init; }

    /// <summary>The ledger it belongs to.</summary>
    public required Id<Portfolio> PortfolioId { get; init; }

    /// <summary>What happened.</summary>
    public required TransactionKind Kind { get; init; }

    /// <summary>Trading day in the zone of the exchange.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The stock concerned, if any.</summary>
    public required Id<Stock>? StockId { get; init; }

    /// <summary>Shares, in shares of that date.</summary>
    public required decimal? Quantity { get; init; }

    /// <summary>Price per share.</summary>
    public required decimal? UnitPrice { get; init; }

    /// <summary>Gross amount of a kind without quantity.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>Fee.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Tax.</summary>
    public required decimal Tax { get; init; }

    /// <summary>Currency of price, amount, fee and tax.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Portfolio currency per currency of the transaction, if stated.</summary>
    public required decimal? FxRate { get; init; }

    /// <summary>Purchase date carried in by a transfer.</summary>
    public required DateOnly? AcquiredOn { get; init; }

    /// <summary>The stock whose shares a spin-off or merger brings.</summary>
    public required Id<Stock>? IntoStockId { get; init; }

    /// <summary>How many shares of it.</summary>
    public required decimal? IntoQuantity { get; init; }

    /// <summary>Part of the cost that goes over to those shares.</summary>
    public required decimal? CostShare { get; init; }

    /// <summary>Free text.</summary>
    public required string? Note { get; init; }

    /// <summary>The client's own key, unique among the portfolio's entries of one source that count.</summary>
    public required string? ExternalId { get; init; }

    /// <summary>The dividend of the market data that it books, if it was accepted from there.</summary>
    public required Id<Dividend>? DividendId { get; init; }

    /// <summary>Origin of the file that it was imported from; null if it was recorded by itself.</summary>
    public required string? Source { get; init; }

    /// <summary>The import that recorded it; null if it was recorded by itself.</summary>
    public required Id<Import>? ImportId { get; init; }

    /// <summary>Instant of recording.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Instant of voiding; null while it counts.</summary>
    public required DateTimeOffset? VoidedAt { get; init; }

    /// <summary>Another one after each change: in quotes, what If-Match asks for.</summary>
    public required uint Version { get; init; }

    long? IVersioned.Version => Version;
}

internal sealed class TransactionDetailsMap : Profile
{
    public TransactionDetailsMap() => CreateMap<Transaction, TransactionDetails>();
}
