using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Splits and dividends of named tickers, so many in a call that its answer can't be longer than a page: then the number of calls is
/// known before they are made.
/// </summary>
internal static class PlanBatches
{
    private const int RowsPerPage = 5000;
    private const int MostTickers = 100;
    private const int MostLetters = 1500; // of an address of 2 KB
    private const int MostPaymentsAYear = 60; // a payment a week, and some
    private const double DaysOfYear = 365.25;

    /// <summary>The calls for those of <paramref name="missing"/> that lack something, all for the same range.</summary>
    public static IEnumerable<PlannedItem> Of(ItemWork work, IReadOnlyList<(string Ticker, DayRange? Range)> missing)
    {
        var asked = missing.Where(one => one.Range is not null).ToList();
        if (asked.Count == 0)
            return [];
        var (from, to) = (asked.Min(one => one.Range!.Value.From), asked.Max(one => one.Range!.Value.To));
        var batches = Batches(asked.ConvertAll(one => one.Ticker), TickersOf(work, from, to)).ToList();
        return batches.Select((batch, at) => new PlannedItem(NameOf(work, at, batches.Count), work, from, to, 1, batch));
    }

    /// <summary>Pages of the list of the whole market, by what the last one had or else by what is usual.</summary>
    public static int PagesOfAll(ItemWork work, DayRange range, Fetch? last) => (int)(RowsOfAll(work, range, last) / RowsPerPage) + 1;

    public static double RowsOfAll(ItemWork work, DayRange range, Fetch? last)
    {
        var usual = work is ItemWork.Splits ? 250 : 45_000;
        var perDay = last is null ? usual / DaysOfYear : last.Rows / (double)Days(last.From, last.To);
        return perDay * Days(range.From, range.To);
    }

    private static int TickersOf(ItemWork work, DateOnly from, DateOnly to)
    {
        var payments = (int)Math.Ceiling(MostPaymentsAYear * Days(from, to) / DaysOfYear) + 1;
        return work is ItemWork.Splits ? MostTickers : Math.Clamp(RowsPerPage / payments, 1, MostTickers);
    }

    private static IEnumerable<List<string>> Batches(List<string> tickers, int most)
    {
        var (batch, letters) = (new List<string>(), 0);
        foreach (var ticker in tickers)
        {
            var more = Uri.EscapeDataString(ticker).Length + "%2C".Length;
            if (batch.Count == most || letters + more > MostLetters)
            {
                yield return batch;
                (batch, letters) = ([], 0);
            }
            batch.Add(ticker);
            letters += more;
        }
        yield return batch;
    }

    private static string NameOf(ItemWork work, int at, int count)
    {
        var name = work is ItemWork.Splits ? MarketItems.Splits : MarketItems.Dividends;
        return count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {at + 1} of {count}");
    }

    private static int Days(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber + 1;
}
