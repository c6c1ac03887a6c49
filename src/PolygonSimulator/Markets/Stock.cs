using System.Security.Cryptography;
using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary>Two currencies by their codes, and their names.</summary>
internal sealed record CurrencyPair(string Base, string Quote, string BaseName, string QuoteName)
{
    /// <summary>What tickers of pairs begin with.</summary>
    public const string Prefix = "C:";

    public Stock With(Bar[] bars) => new($"{Prefix}{Base}{Quote}", $"{BaseName} - {QuoteName}") { Pair = this, Bars = bars };
}

/// <summary>One symbol with everything known under it. A company that changes its symbol is two of these with one FIGI.</summary>
internal sealed record Stock(string Ticker, string Name)
{
    public string Type { get; init; } = "CS";

    /// <summary>Set for a pair of currencies, which is kept like a stock; null for stocks.</summary>
    public CurrencyPair? Pair { get; init; }

    public string? Exchange { get; init; }

    public string? Cik { get; init; }

    public string? CompositeFigi { get; init; }

    public string? ShareClassFigi { get; init; }

    public long? Shares { get; init; }

    /// <summary>First day under this symbol; null when it lies before the data.</summary>
    public DateOnly? Listed { get; init; }

    /// <summary>Last trading day under this symbol; null while it trades.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The symbol that took over after <see cref="LastDay"/>; null means trading ended.</summary>
    public string? RenamedTo { get; init; }

    /// <summary>By day, one bar a day.</summary>
    public Bar[] Bars { get; init; } = [];

    /// <summary>By day: what was told first of bars that were corrected later.</summary>
    public Correction[] Corrections { get; init; } = [];

    /// <summary>Day of the last change to the listing; null is the day that is asked about.</summary>
    public DateOnly? Updated { get; init; }

    /// <summary>By date; a vendor's duplicates stay in.</summary>
    public IReadOnlyList<Split> Splits { get; init; } = [];

    public IReadOnlyList<Dividend> Dividends { get; init; } = [];

    public bool IsActive(DateOnly date) => !(date < Listed) && !(date > LastDay);

    public bool IsDelisted(DateOnly date) => date > LastDay && RenamedTo is null;

    /// <summary>Index of the first bar on or after the day.</summary>
    public int IndexFrom(int day)
    {
        int low = 0,
            high = Bars.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Bars[middle].Day < day)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The bar at an index of <see cref="Bars"/> as it is told on a day.</summary>
    public Bar Told(int index, DateOnly today)
    {
        var bar = Bars[index];
        int low = 0,
            high = Corrections.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Corrections[middle].First.Day < bar.Day)
                low = middle + 1;
            else
                high = middle;
        }
        var isCorrected = low < Corrections.Length && Corrections[low].First.Day == bar.Day;
        return isCorrected && today.DayNumber < Corrections[low].Until ? Corrections[low].First : bar;
    }

    public static string ActionId(string kind, string ticker, DateOnly date, int ordinal) =>
        $"E{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}|{ticker}|{date:yyyy-MM-dd}|{ordinal}")))}";
}
