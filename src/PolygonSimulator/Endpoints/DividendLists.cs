using System.Globalization;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Dividends in the older and the newer dialect, declared ones of the future included.</summary>
internal static class DividendLists
{
    static readonly Column<Dividend>[] Shared =
    [
        Column<Dividend>.Text("ticker", dividend => dividend.Ticker),
        Column<Dividend>.Date("ex_dividend_date", dividend => dividend.ExDate),
        Column<Dividend>.Number("frequency", dividend => dividend.Frequency),
    ];

    static readonly Table<Dividend> ReferenceTable = new(
        dividend => dividend.Id,
        [
            .. Shared,
            Column<Dividend>.Date("record_date", dividend => dividend.Record),
            Column<Dividend>.Date("declaration_date", dividend => dividend.Declared),
            Column<Dividend>.Date("pay_date", dividend => dividend.Paid),
            Column<Dividend>.Number("cash_amount", dividend => dividend.Cash),
            Column<Dividend>.Text("dividend_type", DividendType),
        ]
    );

    static readonly Table<Dividend> StocksTable = new(
        dividend => dividend.Id,
        [.. Shared, Column<Dividend>.Text("distribution_type", DistributionType)]
    );

    public static Task Reference(Call call, Reply reply)
    {
        var page = ReferenceTable.Read(call, Visible(call), Listing.Order(call, "ex_dividend_date", "desc"), call.Limit(10, 1000));
        if (page.Next is { } next)
        {
            next["ap"] = page.Rows[^1].ExDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            next["as"] = page.Rows[^1].Ticker;
        }
        var nextUrl = page.Next is null ? null : call.Url(call.Path, Cursor.Encode(page.Next));
        return Listing.Write(reply, call, page.Rows, withCount: true, nextUrl, dividend => WriteReference(reply, dividend));
    }

    public static Task Stocks(Call call, Reply reply)
    {
        var page = StocksTable.Read(call, Visible(call), call["sort"] ?? "ticker.asc", call.Limit(100, 5000));
        var nextUrl = page.Next is null ? null : call.Url(call.Path, Cursor.EncodeBinary(page.Next));
        return Listing.Write(reply, call, page.Rows, withCount: false, nextUrl, dividend => WriteStocks(call, reply, dividend));
    }

    static void WriteReference(Reply reply, Dividend dividend)
    {
        Write(reply, dividend);
        reply.Json.WriteString("dividend_type", DividendType(dividend));
    }

    static void WriteStocks(Call call, Reply reply, Dividend dividend)
    {
        Write(reply, dividend);
        reply.Json.WriteString("distribution_type", DistributionType(dividend));
        var stock = call.Market.Find(dividend.Ticker)!;
        var (from, to) = new Adjustment(stock, call.Today).After(dividend.ExDate.DayNumber);
        reply.Json.WriteNumber("split_adjusted_cash_amount", Round(dividend.Cash * from / to));
        reply.Json.WriteNumber("historical_adjustment_factor", Round(Factor(stock, dividend.ExDate, call.Today)));
    }

    /// <summary>Product of 1 - cash / previous close over the dividends from this ex date to today.</summary>
    static decimal Factor(Stock stock, DateOnly from, DateOnly today)
    {
        var factor = 1m;
        foreach (var dividend in stock.Dividends.Where(dividend => dividend.ExDate >= from && dividend.ExDate <= today))
        {
            var before = stock.IndexFrom(dividend.ExDate.DayNumber) - 1;
            if (before >= 0)
                factor *= 1 - (dividend.Cash / Micros.ToDecimal(stock.Bars[before].Close));
        }
        return factor;
    }

    static void Write(Reply reply, Dividend dividend)
    {
        reply.Json.WriteString("id", dividend.Id);
        reply.Json.WriteString("ticker", dividend.Ticker);
        reply.Json.WriteNumber("cash_amount", dividend.Cash);
        reply.Json.WriteString("currency", "USD");
        reply.Date("declaration_date", dividend.Declared);
        reply.Date("ex_dividend_date", dividend.ExDate);
        reply.Date("record_date", dividend.Record);
        reply.Date("pay_date", dividend.Paid);
        reply.Json.WriteNumber("frequency", dividend.Frequency);
    }

    static IEnumerable<Dividend> Visible(Call call) =>
        Sources
            .Of(call)
            .SelectMany(stock => stock.Dividends)
            .Where(dividend => dividend.Announced <= call.Today && !call.RowFaults.Hides(dividend))
            .Select(call.RowFaults.Told);

    static string DividendType(Dividend dividend) => dividend.IsSpecial ? "SC" : "CD";

    static string DistributionType(Dividend dividend) =>
        dividend.IsSpecial ? "special"
        : dividend.Frequency == 0 ? "unknown"
        : "recurring";

    static decimal Round(decimal value) => decimal.Round(value, 6, MidpointRounding.AwayFromZero);
}
