using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Changes of symbol, newest first; the oldest is the listing.</summary>
internal static class TickerEvents
{
    public static Task Answer(Call call, Reply reply)
    {
        // A ticker answers for its current owner, a FIGI for the company whatever it is called.
        var id = call.Route("id")!;
        var owner = call.Market.Stocks.LastOrDefault(stock =>
            IsKnown(call, stock) && (IsOwner(call, stock, id) || stock.CompositeFigi == id)
        );
        if (owner is null)
            throw Refusal.NoTicker();
        var history = call
            .Market.Stocks.Where(stock => IsKnown(call, stock) && IsSameCompany(stock, owner))
            .OrderByDescending(stock => stock.Listed ?? DateOnly.MinValue)
            .ToList();
        Write(call, reply, history);
        return Task.CompletedTask;
    }

    static void Write(Call call, Reply reply, List<Stock> history)
    {
        var json = reply.Json;
        json.WriteStartObject();
        json.WriteStartObject("results");
        json.WriteString("name", history[0].Name);
        reply.Text("composite_figi", history[0].CompositeFigi);
        reply.Text("cik", history[0].Cik);
        json.WriteStartArray("events");
        foreach (var symbol in history)
        {
            json.WriteStartObject();
            json.WriteString("type", "ticker_change");
            reply.Date("date", symbol.Listed ?? (symbol.Bars.Length > 0 ? DateOnly.FromDayNumber(symbol.Bars[0].Day) : null));
            json.WriteStartObject("ticker_change");
            json.WriteString("ticker", symbol.Ticker);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("status", "OK");
        json.WriteString("request_id", call.RequestId);
        json.WriteEndObject();
    }

    static bool IsKnown(Call call, Stock stock) => !(stock.Listed > call.Today);

    static bool IsOwner(Call call, Stock stock, string ticker) =>
        stock.Ticker == ticker && (stock.RenamedTo is null || stock.IsActive(call.Today));

    static bool IsSameCompany(Stock stock, Stock other) =>
        stock.Ticker == other.Ticker || (stock.CompositeFigi is { } figi && figi == other.CompositeFigi);
}
