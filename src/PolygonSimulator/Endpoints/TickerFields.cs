using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>What list and details say alike about a ticker.</summary>
internal static class TickerFields
{
    public static void Write(Reply reply, Call call, Stock stock, DateOnly date)
    {
        if (stock.Pair is { } pair)
        {
            Write(reply, stock, pair, date);
            return;
        }
        var isFormer = call.RowFaults.IsFormerOwners(stock.Ticker, date);
        var json = reply.Json;
        json.WriteString("ticker", stock.Ticker);
        json.WriteString("name", isFormer ? $"Former {stock.Ticker} Fund" : stock.Name);
        json.WriteString("market", "stocks");
        json.WriteString("locale", "us");
        reply.Text("primary_exchange", stock.Exchange);
        json.WriteString("type", isFormer ? "ETF" : stock.Type);
        json.WriteBoolean("active", stock.IsActive(date));
        json.WriteString("currency_name", "usd");
        reply.Text("cik", isFormer ? null : stock.Cik);
        reply.Text("composite_figi", isFormer ? "BBG00FORMER1" : stock.CompositeFigi);
        reply.Text("share_class_figi", isFormer ? "BBG001FORMER" : stock.ShareClassFigi);
        json.WriteString("last_updated_utc", $"{stock.Updated ?? date:yyyy-MM-dd}T00:00:00Z");
        if (stock.IsDelisted(date))
            json.WriteString("delisted_utc", $"{stock.LastDay!.Value.AddDays(1):yyyy-MM-dd}T00:00:00Z");
    }

    static void Write(Reply reply, Stock stock, CurrencyPair pair, DateOnly date)
    {
        var json = reply.Json;
        json.WriteString("ticker", stock.Ticker);
        json.WriteString("name", stock.Name);
        json.WriteString("market", "fx");
        json.WriteString("locale", "global");
        json.WriteBoolean("active", value: true);
        json.WriteString("currency_symbol", pair.Quote);
        json.WriteString("currency_name", pair.QuoteName);
        json.WriteString("base_currency_symbol", pair.Base);
        json.WriteString("base_currency_name", pair.BaseName);
        json.WriteString("last_updated_utc", $"{date:yyyy-MM-dd}T00:00:00Z");
    }
}
