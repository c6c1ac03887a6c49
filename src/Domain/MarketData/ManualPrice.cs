using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>
/// A price that an operator set. It stands among the daily prices, no row of the provider replaces it, and what the provider says instead
/// is remembered for the day on which it is withdrawn.
/// </summary>
public sealed class ManualPrice
{
    private ManualPrice() { }

    /// <summary>A price for a session.</summary>
    /// <param name="stockId">The stock.</param>
    /// <param name="date">The session.</param>
    /// <param name="provider">The price that it replaces; null when there was none.</param>
    public ManualPrice(Id<Stock> stockId, DateOnly date, DailyValues? provider)
    {
        (StockId, Date) = (stockId, date);
        (ProviderOpen, ProviderHigh, ProviderLow, ProviderClose, ProviderVolume) = (
            provider?.Open,
            provider?.High,
            provider?.Low,
            provider?.Close,
            provider?.Volume
        );
    }

    /// <summary>The stock.</summary>
    public Id<Stock> StockId { get; private set; }

    /// <summary>The session.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>Who set it, a <see cref="Access.Caller.Key"/>.</summary>
    public string By { get; private set; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Another one after each change; the database gives it.</summary>
    public uint Version { get; private set; }

    /// <summary>The provider's open; null, as all of these, when it has no price for the day.</summary>
    public decimal? ProviderOpen { get; private set; }

    /// <summary>The provider's high.</summary>
    public decimal? ProviderHigh { get; private set; }

    /// <summary>The provider's low.</summary>
    public decimal? ProviderLow { get; private set; }

    /// <summary>The provider's close.</summary>
    public decimal? ProviderClose { get; private set; }

    /// <summary>The provider's volume.</summary>
    public decimal? ProviderVolume { get; private set; }

    /// <summary>What the provider says; null when it says nothing.</summary>
    public DailyValues? Provider =>
        ProviderClose is { } close
            ? new(ProviderOpen ?? close, ProviderHigh ?? close, ProviderLow ?? close, close, ProviderVolume ?? 0)
            : null;

    /// <summary>Set, or set anew, by someone for a reason.</summary>
    public void Sign(string by, string reason, DateTimeOffset now) => (By, Reason, At) = (by, reason, now);
}
