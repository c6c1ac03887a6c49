using System.Security.Cryptography;
using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Makes one company of two symbols: one FIGI, and the old symbol is not delisted but renamed. Their bars stay as they are.</summary>
internal static class Renaming
{
    /// <exception cref="InvalidDataException">A symbol without prices.</exception>
    public static IEnumerable<Stock> Apply(IEnumerable<Stock> stocks, IEnumerable<Rename> renames)
    {
        var bySymbol = stocks.ToDictionary(stock => stock.Ticker, StringComparer.Ordinal);
        foreach (var (symbol, newSymbol, date) in renames.OrderBy(rename => rename.Date))
        {
            var (old, young) = (Find(symbol), Find(newSymbol));
            var figi = old.CompositeFigi ?? FigiOf(symbol);
            bySymbol[symbol] = old with { CompositeFigi = figi, LastDay = date.AddDays(-1), RenamedTo = newSymbol };
            bySymbol[newSymbol] = young with { CompositeFigi = figi, Listed = date };
        }
        return bySymbol.Values;

        Stock Find(string symbol) =>
            bySymbol.GetValueOrDefault(symbol) ?? throw new InvalidDataException($"A rename names '{symbol}', which has no prices.");
    }

    static string FigiOf(string symbol) => $"BBG00{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(symbol)))[..7]}";
}
