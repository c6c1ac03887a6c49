using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Writes bars as the provider does: one-letter names, <c>results</c> absent when there are none.</summary>
internal sealed class BarRows(Call call, Reply reply)
{
    const int SharesPerTrade = 90;

    static readonly JsonEncodedText O = JsonEncodedText.Encode("o");
    static readonly JsonEncodedText H = JsonEncodedText.Encode("h");
    static readonly JsonEncodedText L = JsonEncodedText.Encode("l");
    static readonly JsonEncodedText C = JsonEncodedText.Encode("c");
    static readonly JsonEncodedText V = JsonEncodedText.Encode("v");
    static readonly JsonEncodedText T = JsonEncodedText.Encode("t");
    static readonly JsonEncodedText N = JsonEncodedText.Encode("n");
    static readonly JsonEncodedText Vw = JsonEncodedText.Encode("vw");
    static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("T");

    int count;

    public void Start(string? ticker, bool adjusted)
    {
        reply.Json.WriteStartObject();
        reply.Text("ticker", ticker);
        reply.Json.WriteBoolean("adjusted", adjusted);
    }

    /// <param name="ticker">Null where the envelope names it.</param>
    /// <param name="bar">The values.</param>
    /// <param name="time">Unix milliseconds.</param>
    public void Add(string? ticker, in Bar bar, long time)
    {
        var json = reply.Json;
        if (count++ == 0)
            json.WriteStartArray("results");
        json.WriteStartObject();
        if (ticker is not null)
            json.WriteString(Symbol, ticker);
        reply.Volume(V, bar.Volume);
        if (call.Market.IsInvented)
            reply.Price(Vw, Micros.RoundToStep((bar.Open + bar.High + bar.Low + bar.Close) / 4m));
        reply.Price(O, bar.Open);
        reply.Price(C, bar.Close);
        reply.Price(H, bar.High);
        reply.Price(L, bar.Low);
        json.WriteNumber(T, time);
        if (call.Market.IsInvented)
            json.WriteNumber(N, 1 + (bar.Volume / Micros.One / SharesPerTrade));
        json.WriteEndObject();
    }

    /// <param name="baseBars">How many day bars went into the rows.</param>
    /// <param name="nextUrl">Null on the last page.</param>
    public void End(int baseBars, string? nextUrl)
    {
        // The JavaScript clients spread the results of a later page and throw when there are none.
        if (count == 0 && call.IsLaterPage)
            reply.Json.WriteStartArray("results");
        if (count > 0 || call.IsLaterPage)
            reply.Json.WriteEndArray();
        reply.Json.WriteNumber("queryCount", baseBars);
        reply.Json.WriteNumber("resultsCount", count);
        reply.Json.WriteNumber("count", count);
        reply.Json.WriteString("status", call.BarStatus);
        reply.Json.WriteString("request_id", call.RequestId);
        reply.Text("next_url", nextUrl);
        reply.Json.WriteEndObject();
    }
}
