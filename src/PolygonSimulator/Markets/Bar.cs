using System.Runtime.InteropServices;

namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary>One day of one symbol, as traded: <see cref="DateOnly.DayNumber"/>, prices and volume in <see cref="Micros"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Bar(int Day, long Open, long High, long Low, long Close, long Volume)
{
    /// <summary>In place of a price: written as the text NaN.</summary>
    public const long NotANumber = long.MinValue;

    /// <summary>This bar and a later one of the same week, month or longer as one bar.</summary>
    public Bar Then(in Bar later) =>
        new(Day, Open, Math.Max(High, later.High), Math.Min(Low, later.Low), later.Close, Volume + later.Volume);
}

/// <summary>A bar as it was told before the simulated day <paramref name="Until"/>, from which on the true one is.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Correction(int Until, Bar First);
