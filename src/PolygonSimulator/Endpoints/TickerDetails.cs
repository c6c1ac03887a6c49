using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>One ticker as of a day; not found unless it was active then.</summary>
internal static class TickerDetails
{
    static readonly JsonEncodedText MarketCap = JsonEncodedText.Encode("market_cap");

    public static Task Answer(Call call, Reply reply)
    {
        var date = call["date"] is { } text ? call.Date("date", text) : call.Today;
        if (call.Market.Find(call.Route("ticker")!) is not { } stock || !stock.IsActive(date))
            throw Refusal.NoTicker();
        var json = reply.Json;
        json.WriteStartObject();
        json.WriteStartObject("results");
        TickerFields.Write(reply, call, stock, date);
        if (stock.Pair is null)
            Listed(call, reply, stock, date);
        json.WriteEndObject();
        json.WriteString("status", "OK");
        json.WriteString("request_id", call.RequestId);
        json.WriteEndObject();
        return Task.CompletedTask;
    }

    static void Listed(Call call, Reply reply, Stock stock, DateOnly date)
    {
        var json = reply.Json;
        var dot = stock.Ticker.IndexOf('.', StringComparison.Ordinal);
        json.WriteString("ticker_root", dot < 0 ? stock.Ticker : stock.Ticker[..dot]);
        reply.Text("ticker_suffix", dot < 0 ? null : stock.Ticker[(dot + 1)..]);
        reply.Date("list_date", stock.Listed);
        json.WriteNumber("round_lot", 100);
        if (call.Market.IsInvented && stock.Type != "ETF")
            Company(call, reply, stock, date);
    }

    static void Company(Call call, Reply reply, Stock stock, DateOnly date)
    {
        var json = reply.Json;
        json.WriteString("description", $"{stock.Name} as told by the simulator: figures are invented.");
        json.WriteString("homepage_url", $"https://{stock.Ticker.ToLowerInvariant()}.example.com");
        json.WriteString("phone_number", "212-555-0100");
        json.WriteString("sic_code", "9995");
        json.WriteString("sic_description", "NON-OPERATING ESTABLISHMENTS");
        json.WriteStartObject("address");
        json.WriteString("address1", "1 EXAMPLE PLAZA");
        json.WriteString("city", "NEW YORK");
        json.WriteString("state", "NY");
        json.WriteString("postal_code", "10001");
        json.WriteEndObject();
        json.WriteNumber("share_class_shares_outstanding", stock.Shares!.Value);
        json.WriteNumber("weighted_shares_outstanding", stock.Shares.Value);
        var last = stock.IndexFrom(Math.Min(date.DayNumber, call.LastVisibleDay) + 1) - 1;
        if (last >= 0)
            reply.Volume(MarketCap, stock.Bars[last].Close * (stock.Shares.Value / Micros.One) / Micros.One * Micros.One * Micros.One);
    }
}
