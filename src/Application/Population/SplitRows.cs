using CleanPortfolio.Application.Ports;

namespace CleanPortfolio.Application.Population;

internal static class SplitRows
{
    /// <summary>One split of each ticker and day. The same one told twice is no news; another one of the day is rejected and told.</summary>
    public static Rows<ProviderSplit> OneOfEachDay(this Rows<ProviderSplit> rows)
    {
        var (kept, rejected) = (new Dictionary<(string, DateOnly), ProviderSplit>(), rows.Rejected.ToList());
        foreach (var split in rows.Good)
        {
            if (kept.TryAdd((split.Ticker, split.ExecutionDate), split))
                continue;
            var first = kept[(split.Ticker, split.ExecutionDate)];
            if (split.From * first.To != split.To * first.From)
                rejected.Add(
                    $"{split.Ticker} split of {split.ExecutionDate:yyyy-MM-dd}: {split.From} to {split.To} "
                        + $"is a second one of that day, {first.From} to {first.To} was kept"
                );
        }
        return new Rows<ProviderSplit>([.. kept.Values], rejected);
    }
}
