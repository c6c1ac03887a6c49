namespace CleanPortfolio.Domain.MarketData;

/// <summary>Sessions of one ticker that are to be fetched.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="Days">The sessions, ascending, each once.</param>
public sealed record TickerNeed(string Ticker, IReadOnlyList<DateOnly> Days);

/// <summary>
/// The fewest calls for a set of ticker-days, where one call gives either all days of one ticker or all tickers of one day. Every
/// ticker-day is an edge between its ticker and its day, so what is sought is a smallest set of vertices that touches every edge: by
/// Kőnig's theorem (1931) as large as a greatest matching, and read off its least cut (Ford and Fulkerson, 1956). Tickers with the same
/// days, and days with the same tickers, are one vertex with their number as weight.
/// </summary>
/// <param name="Tickers">Asked one by one, in the order given.</param>
/// <param name="Days">Asked for the whole market, ascending.</param>
public sealed record CheapestMix(IReadOnlyList<string> Tickers, IReadOnlyList<DateOnly> Days)
{
    /// <summary>Number of calls; never more than there are tickers, nor than there are days.</summary>
    public int Calls => Tickers.Count + Days.Count;

    /// <summary>The cheapest mix for <paramref name="needs"/>; of two of the same price the one with more tickers and fewer days.</summary>
    public static CheapestMix Of(IReadOnlyCollection<TickerNeed> needs)
    {
        var asked = needs.Where(need => need.Days.Count > 0).ToList();
        var days = asked.SelectMany(need => need.Days).Distinct().Order().ToArray();
        var groups = asked.GroupBy(need => need.Days, SameDays.Comparer).ToList();
        var dayGroups = DayGroups(groups.ConvertAll(group => group.Key), days);
        var cut = new LeastCut(
            groups.ConvertAll(group => group.Count()),
            dayGroups.ConvertAll(group => group.Days.Count),
            dayGroups.ConvertAll(group => group.Askers)
        );
        cut.Run();
        var byTicker = groups.Where((_, at) => !cut.IsReachedLeft(at)).SelectMany(group => group).ToHashSet();
        return new CheapestMix(
            [.. asked.Where(byTicker.Contains).Select(need => need.Ticker)],
            [.. dayGroups.Where((_, at) => cut.IsReachedRight(at)).SelectMany(group => group.Days).Order()]
        );
    }

    // Days that the same groups of tickers need.
    private static List<(List<DateOnly> Days, List<int> Askers)> DayGroups(List<IReadOnlyList<DateOnly>> groups, DateOnly[] days)
    {
        var askers = days.ToDictionary(day => day, _ => new List<int>());
        for (var group = 0; group < groups.Count; group++)
            foreach (var day in groups[group])
                askers[day].Add(group);
        return [.. days.GroupBy(day => askers[day], SameGroups.Comparer).Select(same => (same.ToList(), same.Key))];
    }

    private static class SameDays
    {
        public static readonly SameItems<IReadOnlyList<DateOnly>, DateOnly> Comparer = new();
    }

    private static class SameGroups
    {
        public static readonly SameItems<List<int>, int> Comparer = new();
    }

    private sealed class SameItems<TList, T> : IEqualityComparer<TList>
        where TList : IReadOnlyList<T>
        where T : struct
    {
        public bool Equals(TList? x, TList? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y));

        public int GetHashCode(TList obj)
        {
            var hash = new HashCode();
            foreach (var item in obj)
                hash.Add(item);
            return hash.ToHashCode();
        }
    }
}
