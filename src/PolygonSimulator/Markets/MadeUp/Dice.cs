namespace CleanPortfolio.PolygonSimulator.Markets.MadeUp;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014) in integers only, so that every machine throws the same.</summary>
internal struct Dice(ulong seed)
{
    /// <summary>Standard deviation of <see cref="Bell"/>: 65536 x sqrt(4/12).</summary>
    public const long BellDeviation = 37_837;

    ulong state = seed;

    public static ulong Seed(string text)
    {
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    public long Below(long limit) => (long)(Next() % (ulong)limit);

    /// <summary>Roughly normal around 0: the sum of four 16-bit throws less its mean.</summary>
    public long Bell()
    {
        var throws = Next();
        return (long)((throws & 0xFFFF) + ((throws >> 16) & 0xFFFF) + ((throws >> 32) & 0xFFFF) + (throws >> 48)) - 131_070;
    }
}
