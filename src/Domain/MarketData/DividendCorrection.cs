using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>A stored dividend that the provider changed: one for each change, never deleted.</summary>
public sealed class DividendCorrection
{
    private DividendCorrection() { }

    /// <summary>Order of the changes, given by the database.</summary>
    public long Sequence { get; private set; }

    /// <summary>The dividend; its id stays, whatever is corrected.</summary>
    public Id<Dividend> DividendId { get; private set; }

    /// <summary>The stock.</summary>
    public Id<Stock> StockId { get; private set; }

    /// <summary>When it changed.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Ex-date before.</summary>
    public DateOnly OldExDate { get; private set; }

    /// <summary>Cash per share before.</summary>
    public decimal OldAmount { get; private set; }

    /// <summary>Currency before.</summary>
    public Currency OldCurrency { get; private set; }

    /// <summary>Ex-date after.</summary>
    public DateOnly NewExDate { get; private set; }

    /// <summary>Cash per share after.</summary>
    public decimal NewAmount { get; private set; }

    /// <summary>Currency after.</summary>
    public Currency NewCurrency { get; private set; }
}
