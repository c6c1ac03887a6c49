using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Bars of one day: the whole market, the previous close of a ticker, the open and close of a ticker.</summary>
internal static class DayBars
{
    const string UnprintableTicker = "\u0001\u0002\u0007\u001b";
    const long HoursToClose = 16 * 60 * 60 * 1000;

    static readonly JsonEncodedText Open = JsonEncodedText.Encode("open");
    static readonly JsonEncodedText High = JsonEncodedText.Encode("high");
    static readonly JsonEncodedText Low = JsonEncodedText.Encode("low");
    static readonly JsonEncodedText Close = JsonEncodedText.Encode("close");
    static readonly JsonEncodedText Volume = JsonEncodedText.Encode("volume");

    public static async Task Grouped(Call call, Reply reply)
    {
        var day = AdmittedDay(call);
        var adjusted = call.Flag("adjusted", otherwise: true);
        var rows = new BarRows(call, reply);
        var count = 0;
        rows.Start(ticker: null, adjusted);
        foreach (var stock in call.Market.Stocks)
        {
            if (!TryGet(call, stock, day, adjusted, out var bar))
                continue;
            rows.Add(stock.Ticker, bar, ClosingTime(bar.Day));
            if (call.RowFaults.Twin(stock.Ticker, bar) is { } twin)
                rows.Add(stock.Ticker, twin, ClosingTime(bar.Day));
            if (count++ == 0 && call.RowFaults.AddUnprintable)
                rows.Add(UnprintableTicker, bar, ClosingTime(day));
            if (reply.IsFull)
                await reply.Flush();
        }
        rows.End(count, nextUrl: null);
    }

    /// <summary>Rolls over at midnight UTC, hours before the free plan may ask for that date.</summary>
    public static Task Previous(Call call, Reply reply)
    {
        var adjusted = call.Flag("adjusted", otherwise: true);
        var ticker = call.Route("ticker")!;
        var rows = new BarRows(call, reply);
        rows.Start(ticker, adjusted);
        var count = 0;
        if (call.Market.Find(ticker) is { } stock)
        {
            var last = stock.IndexFrom(DateOnly.FromDateTime(call.Now.UtcDateTime).DayNumber) - 1;
            if (last >= 0 && TryGet(call, stock, stock.Bars[last].Day, adjusted, out var bar))
            {
                rows.Add(ticker, bar, ClosingTime(bar.Day));
                count++;
            }
        }
        rows.End(count, nextUrl: null);
        return Task.CompletedTask;
    }

    /// <summary>No envelope and no request id; 404 on a day without a bar.</summary>
    public static Task OpenClose(Call call, Reply reply)
    {
        var day = AdmittedDay(call);
        var adjusted = call.Flag("adjusted", otherwise: true);
        if (call.Market.Find(call.Route("ticker")!) is not { } stock || !TryGet(call, stock, day, adjusted, out var bar))
            throw Refusal.NoData();
        reply.Json.WriteStartObject();
        reply.Json.WriteString("status", call.BarStatus);
        reply.Date("from", DateOnly.FromDayNumber(day));
        reply.Json.WriteString("symbol", stock.Ticker);
        reply.Price(Open, bar.Open);
        reply.Price(High, bar.High);
        reply.Price(Low, bar.Low);
        reply.Price(Close, bar.Close);
        reply.Volume(Volume, bar.Volume);
        reply.Json.WriteEndObject();
        return Task.CompletedTask;
    }

    static int AdmittedDay(Call call)
    {
        var date = call.Date("date", call.Route("date"));
        call.Admit(date, date);
        return date.DayNumber;
    }

    static bool TryGet(Call call, Stock stock, int day, bool adjusted, out Bar bar)
    {
        bar = default;
        var index = stock.IndexFrom(day);
        if (index == stock.Bars.Length || stock.Bars[index].Day != day || day > Math.Max(call.LastVisibleDay, LastRolledOver(call)))
            return false;
        bar = stock.Told(index, call.Today);
        if (call.RowFaults.TouchBars && !call.RowFaults.Keep(stock.Ticker, ref bar))
            return false;
        if (adjusted && stock.Splits.Count > 0)
            bar = new Adjustment(stock, call.Today).Apply(bar);
        return true;
    }

    static int LastRolledOver(Call call) => DateOnly.FromDateTime(call.Now.UtcDateTime).DayNumber - 1;

    static long ClosingTime(int day) => NewYork.Midnight(day) + HoursToClose;
}
