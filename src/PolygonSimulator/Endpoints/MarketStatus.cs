using System.Globalization;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Whether the market is open now, and the holidays ahead. Neither has the usual envelope.</summary>
internal static class MarketStatus
{
    const int DaysAhead = 300;

    static readonly TimeOnly EarlyTrading = new(4, 0);
    static readonly TimeOnly EndOfLateTrading = new(20, 0);
    static readonly string[] Exchanges = ["NYSE", "NASDAQ", "OTC"];

    public static Task Upcoming(Call call, Reply reply)
    {
        reply.Json.WriteStartArray();
        var holidays = Enumerable.Range(0, DaysAhead).Select(call.Today.AddDays).Select(ExchangeCalendar.On).OfType<Holiday>();
        foreach (var (holiday, exchange) in holidays.SelectMany(holiday => Exchanges.Select(exchange => (holiday, exchange))))
        {
            reply.Json.WriteStartObject();
            reply.Json.WriteString("exchange", exchange);
            reply.Json.WriteString("name", holiday.Name);
            reply.Date("date", holiday.Date);
            reply.Json.WriteString("status", holiday.EarlyClose ? "early-close" : "closed");
            if (holiday.EarlyClose)
            {
                reply.Json.WriteString("open", Utc(NewYork.At(holiday.Date, NewYork.Open)));
                reply.Json.WriteString("close", Utc(ExchangeCalendar.ClosingTime(holiday.Date)));
            }
            reply.Json.WriteEndObject();
        }
        reply.Json.WriteEndArray();
        return Task.CompletedTask;
    }

    public static Task Now(Call call, Reply reply)
    {
        var time = TimeOnly.FromDateTime(call.Now.DateTime);
        var isSession = ExchangeCalendar.IsSession(call.Today);
        var isOver = call.Now >= ExchangeCalendar.ClosingTime(call.Today);
        var early = isSession && time >= EarlyTrading && time < NewYork.Open;
        var late = isSession && isOver && time < EndOfLateTrading;
        var state =
            early || late ? "extended-hours"
            : isSession && time >= NewYork.Open && !isOver ? "open"
            : "closed";
        var json = reply.Json;
        json.WriteStartObject();
        json.WriteString("market", state);
        json.WriteBoolean("earlyHours", early);
        json.WriteBoolean("afterHours", late);
        json.WriteString("serverTime", call.Now.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteStartObject("exchanges");
        foreach (var exchange in Exchanges)
            json.WriteString(exchange.ToLowerInvariant(), state);
        json.WriteEndObject();
        json.WriteStartObject("currencies");
        json.WriteString("fx", call.Today.DayOfWeek == DayOfWeek.Saturday ? "closed" : "open");
        json.WriteString("crypto", "open");
        json.WriteEndObject();
        json.WriteEndObject();
        return Task.CompletedTask;
    }

    static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
