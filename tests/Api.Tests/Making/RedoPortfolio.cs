using System.Text.Json;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>One portfolio in the answer of <c>explain</c>, made again.</summary>
internal sealed class RedoPortfolio
{
    private readonly Redo _redo;
    private readonly JsonElement _json;
    private readonly List<JsonElement> _entries;
    private readonly bool _tracked;

    public RedoPortfolio(Redo redo, JsonElement json)
    {
        (_redo, _json) = (redo, json);
        _tracked = json.Text("cash") is "tracked";
        _entries = [.. json.At("entries").EnumerateArray()];
        Stocks = [.. json.At("stocks").EnumerateArray().Select(stock => new RedoStock(redo, stock))];
        Flows = [.. json.At("flows").EnumerateArray()];
    }

    public IReadOnlyList<RedoStock> Stocks { get; }

    public IReadOnlyList<JsonElement> Flows { get; }

    public void Check()
    {
        foreach (var entry in _entries.Where(entry => entry.At("rate").ValueKind is not JsonValueKind.Null))
            CheckEntry(entry);
        foreach (var stock in Stocks)
            stock.Check(_entries, this);
        CheckFlows();
        if (_tracked && _redo.IsOwn(_json.Text("currency")!) && _json.Exact("closingCash") is { } closing)
        {
            Redo.Same(_json.Exact("openingCash"), Balance(_redo.From.AddDays(-1)), "cash at first");
            Redo.Same(closing, Balance(_redo.To), "cash at last");
        }
        if (!_tracked)
            Redo.Same((_json.Exact("openingCash"), _json.Exact("closingCash")), (0, 0), "cash that is not tracked");
    }

    /// <summary>What delivered shares are worth; null when that is their cost.</summary>
    public decimal? Delivered(JsonElement entry)
    {
        if (entry.Text("intoStockId") is null && entry.Text("kind") is not ("transferIn" or "transferOut"))
            return 0;
        var day = entry.Day("date");
        if (Stocks.SingleOrDefault(one => one.Id == (entry.Text("intoStockId") ?? entry.Text("stockId"))) is not { } stock)
            return null;
        if (stock.PriceOn(day) is { } price)
            return _redo.RateOn(stock.Currency, day) is { } rate
                ? RedoNumbers.Product((entry.Exact("intoQuantity") ?? entry.Exact("quantity"))!.Value, price, rate)
                : null;
        return entry.Text("kind") is "transferIn" ? entry.Exact("gross") : null;
    }

    /// <summary>The cash line.</summary>
    public RedoFigures Cash()
    {
        var parts = new decimal[7];
        decimal inflows = 0,
            outflows = 0;
        foreach (var entry in _entries.Where(entry => _redo.Covers(entry.Day("date"))))
        {
            var kind = entry.Text("kind");
            if (kind is "transferIn" or "transferOut" or "spinOff")
                continue;
            var (cash, gross) = (entry.Exact("cash")!.Value, entry.Exact("gross")!.Value);
            var own = entry.Text("stockId") is null && kind is not ("deposit" or "withdrawal");
            if (own && kind is "interest")
                parts[3] += gross;
            else if (own)
                parts[kind is "fee" ? 4 : 5] -= gross;
            if (own == _tracked)
                continue;
            (inflows, outflows) = (inflows + Math.Max(own ? -cash : cash, 0), outflows + Math.Max(own ? cash : -cash, 0));
        }
        var (opening, closing) = (_json.Exact("openingCash")!.Value, _json.Exact("closingCash")!.Value);
        parts[6] = closing - opening - inflows + outflows - parts.Sum();
        return new RedoFigures(opening, closing, inflows, outflows, parts);
    }

    /// <summary>Adds the values and flows of every day.</summary>
    public void AddTo(RedoSeries series)
    {
        for (var i = 0; i < series.Values.Length; i++)
        {
            var day = _redo.From.AddDays(i - 1);
            series.Values[i] += Stocks.Sum(stock => stock.ValueOn(day)!.Value) + (_tracked ? Balance(day) : 0);
        }
        foreach (var flow in Flows)
        {
            var (index, amount) = (IndexOf(flow), flow.Exact("amount")!.Value);
            series.In[index] += Math.Max(amount, 0);
            series.Out[index] += Math.Max(-amount, 0);
        }
    }

    /// <summary>Adds those of one stock.</summary>
    public void AddStockTo(RedoSeries series, string id)
    {
        foreach (var stock in Stocks.Where(stock => stock.Id == id))
        {
            for (var i = 0; i < series.Values.Length; i++)
                series.Values[i] += stock.ValueOn(_redo.From.AddDays(i - 1))!.Value;
            foreach (var flow in stock.Json.At("flows").EnumerateArray())
            {
                series.In[IndexOf(flow)] += flow.Exact("inflow")!.Value;
                series.Out[IndexOf(flow)] += flow.Exact("outflow")!.Value;
            }
        }
    }

    private int IndexOf(JsonElement flow) => flow.Day("date").DayNumber - _redo.From.DayNumber + 1;

    private decimal Balance(DateOnly day) => _entries.TakeWhile(entry => entry.Day("date") <= day).Sum(entry => entry.Exact("cash") ?? 0);

    private static void CheckEntry(JsonElement entry)
    {
        var rate = RedoNumbers.Rate(entry.At("rate"))!.Value;
        var (quantity, price) = (entry.Exact("quantity") ?? 0, entry.Exact("unitPrice") ?? 0);
        var gross = entry.Exact("amount") is { } amount ? RedoNumbers.Product(amount, 1, rate) : RedoNumbers.Product(quantity, price, rate);
        var (fee, tax) = (RedoNumbers.Product(entry.Exact("fee")!.Value, 1, rate), RedoNumbers.Product(entry.Exact("tax")!.Value, 1, rate));
        Redo.Same((entry.Exact("gross"), entry.Exact("feeConverted"), entry.Exact("taxConverted")), (gross, fee, tax), "money of an entry");
        var cash = entry.Text("kind") switch
        {
            "buy" => -(gross + fee + tax),
            "sell" or "dividend" or "merger" => gross - fee - tax,
            "interest" or "deposit" => gross,
            "fee" or "tax" or "withdrawal" => -gross,
            _ => 0,
        };
        Redo.Same(entry.Exact("cash"), cash, "cash of an entry");
    }

    private void CheckFlows()
    {
        var made = new List<string>();
        foreach (var entry in _entries.Where(entry => _redo.Covers(entry.Day("date"))))
        {
            var kind = entry.Text("kind");
            var border = kind is "deposit" or "withdrawal";
            var told = Flows.Where(flow => flow.Text("transactionId") == entry.Text("transactionId")).Select(flow => flow.Exact("amount"));
            var amount =
                kind is "transferIn" ? Delivered(entry) ?? told.SingleOrDefault()
                : kind is "transferOut" ? -Delivered(entry) ?? told.SingleOrDefault()
                : border == _tracked ? (_tracked ? 1 : -1) * entry.Exact("cash")
                : 0;
            if (amount is not (null or 0))
                made.Add($"{entry.Text("transactionId")} {amount / 1.0000000000000000000000000000m}");
        }
        var all = Flows.Select(flow => $"{flow.Text("transactionId")} {flow.Exact("amount") / 1.0000000000000000000000000000m}");
        Redo.Same(string.Join('\n', all), string.Join('\n', made), "what crossed the border");
    }
}
