using System.Globalization;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Splits in the older and the newer dialect, announced ones of the future included.</summary>
internal static class SplitLists
{
    static readonly Table<Split> Table = new(
        split => split.Id,
        Column<Split>.Text("ticker", split => split.Ticker),
        Column<Split>.Date("execution_date", split => split.Execution),
        Column<Split>.Text("reverse_split", split => split.IsReverse ? "true" : "false"),
        Column<Split>.Text("adjustment_type", AdjustmentType)
    );

    public static Task Reference(Call call, Reply reply)
    {
        var page = Table.Read(call, Visible(call), Listing.Order(call, "execution_date", "desc"), call.Limit(10, 1000));
        if (page.Next is { } next)
        {
            next["ap"] = page.Rows[^1].Execution.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            next["as"] = page.Rows[^1].Ticker;
        }
        var nextUrl = page.Next is null ? null : call.Url(call.Path, Cursor.Encode(page.Next));
        return Listing.Write(reply, call, page.Rows, withCount: true, nextUrl, split => Write(reply, split));
    }

    public static Task Stocks(Call call, Reply reply)
    {
        var page = Table.Read(call, Visible(call), call["sort"] ?? "execution_date.desc", call.Limit(100, 5000));
        var nextUrl = page.Next is null ? null : call.Url(call.Path, Cursor.EncodeBinary(page.Next));
        return Listing.Write(reply, call, page.Rows, withCount: false, nextUrl, split => WriteStocks(call, reply, split));
    }

    static void WriteStocks(Call call, Reply reply, Split split)
    {
        Write(reply, split);
        reply.Json.WriteString("adjustment_type", AdjustmentType(split));
        var (from, to) = new Adjustment(call.Market.Find(split.Ticker)!, call.Today).After(split.Execution.DayNumber - 1);
        reply.Json.WriteNumber("historical_adjustment_factor", decimal.Round(from / to, 6, MidpointRounding.AwayFromZero));
    }

    static void Write(Reply reply, Split split)
    {
        reply.Json.WriteString("id", split.Id);
        reply.Json.WriteString("ticker", split.Ticker);
        reply.Date("execution_date", split.Execution);
        reply.Json.WriteNumber("split_from", split.From);
        reply.Json.WriteNumber("split_to", split.To);
    }

    static IEnumerable<Split> Visible(Call call)
    {
        var oldest = call.Plan.SplitYears is { } years ? call.Today.AddYears(-years) : DateOnly.MinValue;
        return Sources
            .Of(call)
            .SelectMany(stock => stock.Splits)
            .Where(split => split.Announced <= call.Today && split.Execution >= oldest)
            .SelectMany(call.RowFaults.Splits);
    }

    static string AdjustmentType(Split split) => split.IsReverse ? "reverse_split" : "forward_split";
}
