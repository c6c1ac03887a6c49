namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Bars of one symbol while a file is read. A list would have to be copied once more, and the copy is the market's size.</summary>
internal sealed class Series(int expected)
{
    Bar[] bars = new Bar[Math.Max(expected, 4)];
    bool sorted = true;

    public int Count { get; private set; }

    public void Add(in Bar bar)
    {
        if (Count == bars.Length)
            Array.Resize(ref bars, bars.Length + (bars.Length / 2));
        sorted &= Count == 0 || bars[Count - 1].Day < bar.Day;
        bars[Count++] = bar;
    }

    /// <summary>By day; of two bars for one day the later line counts.</summary>
    public Bar[] ToArray()
    {
        if (Count < bars.Length)
            Array.Resize(ref bars, Count);
        return sorted ? bars : [.. bars.GroupBy(bar => bar.Day).OrderBy(day => day.Key).Select(day => day.Last())];
    }
}
