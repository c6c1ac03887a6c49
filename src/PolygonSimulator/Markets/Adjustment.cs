namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary>Restates bars for the splits executed up to a day: a split at E changes the bars before E, price x from/to, volume x to/from.</summary>
internal readonly struct Adjustment(Stock stock, DateOnly today)
{
    readonly Split[] splits = [.. stock.Splits.Where(split => split.Execution <= today)];

    public Bar Apply(in Bar bar)
    {
        var (from, to) = After(bar.Day);
        return from == to || bar.Close == Bar.NotANumber
            ? bar
            : new Bar(bar.Day, Price(bar.Open), Price(bar.High), Price(bar.Low), Price(bar.Close), Volume(bar.Volume));

        long Price(long price) => Micros.RoundToStep(price * from / to);
        long Volume(long volume) => decimal.ToInt64(decimal.Round(volume * to / from, MidpointRounding.AwayFromZero));
    }

    /// <summary>The ratio of all splits executed after the day.</summary>
    public (decimal From, decimal To) After(int day)
    {
        decimal from = 1,
            to = 1;
        foreach (var split in splits)
        {
            if (split.Execution.DayNumber > day)
            {
                from *= split.From;
                to *= split.To;
            }
        }
        return (from, to);
    }
}
