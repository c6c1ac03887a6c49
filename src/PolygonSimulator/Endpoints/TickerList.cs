using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>The tickers active, or no longer active, on a day.</summary>
internal static class TickerList
{
    static readonly Table<Stock> Table = new(
        stock => stock.Ticker,
        Column<Stock>.Text("ticker", stock => stock.Ticker),
        Column<Stock>.Text("name", stock => stock.Name),
        Column<Stock>.Text("type", stock => stock.Type),
        Column<Stock>.Text("market", stock => stock.Pair is null ? "stocks" : "fx"),
        Column<Stock>.Text("locale", stock => stock.Pair is null ? "us" : "global"),
        Column<Stock>.Text("currency_name", _ => "usd"),
        Column<Stock>.Text("exchange", stock => stock.Exchange),
        Column<Stock>.Text("primary_exchange", stock => stock.Exchange),
        Column<Stock>.Text("cik", stock => stock.Cik),
        Column<Stock>.Text("cusip", _ => null),
        Column<Stock>.Text("composite_figi", stock => stock.CompositeFigi),
        Column<Stock>.Text("share_class_figi", stock => stock.ShareClassFigi),
        Column<Stock>.Text("last_updated_utc", _ => null),
        Column<Stock>.Date("delisted_utc", stock => stock.LastDay)
    );

    public static Task Answer(Call call, Reply reply)
    {
        var active = call.Flag("active", otherwise: true);
        var date = call["date"] is { } text ? call.Date("date", text) : call.Today;
        var rows = Sources.Of(call).Where(stock => active ? stock.IsActive(date) : stock.IsDelisted(date));
        rows = call.RowFaults.Crawl(rows, date);
        if (call["search"] is { } search)
            rows = rows.Where(stock => Contains(stock.Ticker, search) || Contains(stock.Name, search));
        var order = call["search"] is null ? Listing.Order(call, "ticker", "asc") : "ticker.asc";
        var page = Table.Read(call, rows, order, call.Limit(100, 1000));
        return Listing.Write(
            reply,
            call,
            page.Rows,
            withCount: true,
            NextUrl(call, page, active, date, order),
            stock => TickerFields.Write(reply, call, stock, date)
        );
    }

    /// <summary>The cursor pins the date, so that a crawl over midnight stays consistent.</summary>
    static string? NextUrl(Call call, Table<Stock>.Page page, bool active, DateOnly date, string order)
    {
        if (page.Next is not { } next)
            return null;
        var (last, parts) = (page.Rows[^1].Ticker, order.Split('.'));
        next["active"] = active ? "true" : "false";
        next["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        next["limit"] = call.Limit(100, 1000).ToString(CultureInfo.InvariantCulture);
        next["sort"] = parts[0];
        next["order"] = parts[1];
        next["page_marker"] = $"{last}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(last)))}";
        return call.Url(call.Path, Cursor.Encode(next));
    }

    static bool Contains(string text, string search) => text.Contains(search, StringComparison.OrdinalIgnoreCase);
}
