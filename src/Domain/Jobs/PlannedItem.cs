namespace CleanPortfolio.Domain.Jobs;

/// <summary>One thing that a job is to do, as its plan says.</summary>
/// <param name="Key">Its name, unique in the job: a ticker, a session (<c>2017-03-31</c>) or the name of a part.</param>
/// <param name="Work">What is to be done.</param>
/// <param name="From">First day to ask for; null when there is no day to ask for.</param>
/// <param name="To">Last day to ask for.</param>
/// <param name="Calls">Calls at the provider that it is expected to cost.</param>
/// <param name="Tickers">Of a batch: the tickers that are asked for together.</param>
public sealed record PlannedItem(string Key, ItemWork Work, DateOnly? From, DateOnly? To, int Calls, IReadOnlyList<string>? Tickers = null);

/// <summary>What an item is to do.</summary>
public enum ItemWork
{
    /// <summary>Listing and daily bars of one ticker.</summary>
    Stock,

    /// <summary>Bars of the whole market on one day.</summary>
    Session,

    /// <summary>All listings.</summary>
    Universe,

    /// <summary>Splits, of a batch of tickers or of all.</summary>
    Splits,

    /// <summary>Dividends, of a batch of tickers or of all.</summary>
    Dividends,

    /// <summary>Rates of a pair of currencies.</summary>
    Rates,
}
