using System.Globalization;
using CleanPortfolio.Domain.Calendars;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>A market of any size as CSV, the same each time: where no real one is at hand.</summary>
internal static class MadeUpData
{
    public static readonly DateOnly LastDay = new(2017, 3, 31);

    public static void Write(string folder, string prefix, int symbols, int sessions)
    {
        DateOnly[] days = [.. UsMarketCalendar.Sessions(LastDay.AddDays(-2 * sessions), LastDay).TakeLast(sessions)];
        using var file = new StreamWriter(Path.Combine(folder, $"{prefix}_prices.csv"));
        file.WriteLine("symbol,date,open,high,low,close,volume");
        for (var symbol = 0; symbol < symbols; symbol++)
        {
            var dice = new Random(symbol);
            var cents = dice.Next(200, 20_000);
            foreach (var day in days)
            {
                var (open, volume) = (cents, dice.Next(100, 50_000_000));
                cents = Math.Max(100, cents + dice.Next(-cents / 50, (cents / 50) + 1));
                var (high, low) = (Math.Max(open, cents) + dice.Next(50), Math.Min(open, cents) - dice.Next(50));
                file.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Name(symbol)},{day:yyyy-MM-dd},{open / 100m},{high / 100m},{low / 100m},{cents / 100m},{volume}"
                    )
                );
            }
        }
    }

    private static string Name(int symbol) =>
        string.Create(
            4,
            symbol,
            (name, left) =>
            {
                for (var i = name.Length - 1; i >= 0; i--, left /= 26)
                    name[i] = (char)('A' + (left % 26));
            }
        );
}
