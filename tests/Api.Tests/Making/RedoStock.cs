using System.Text.Json;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>One stock of one portfolio in the answer of <c>explain</c>, made again.</summary>
internal sealed class RedoStock
{
    private readonly Redo _redo;
    private readonly List<(DateOnly Date, decimal From, decimal To)> _splits;
    private readonly List<(DateOnly From, decimal Quantity, decimal? Cost)> _quantities;
    private readonly List<(DateOnly Date, decimal Close)> _closes;

    public RedoStock(Redo redo, JsonElement json)
    {
        (_redo, Json, Id, Currency) = (redo, json, json.Text("stockId")!, json.Text("currency")!);
        _splits = [.. json.At("splits").EnumerateArray().Select(one => (one.Day("executionDate"), Money(one, "from"), Money(one, "to")))];
        _quantities =
        [
            .. json.At("quantities").EnumerateArray().Select(one => (one.Day("from"), Money(one, "quantity"), one.Exact("cost"))),
        ];
        _closes = [.. json.At("closes").EnumerateArray().Select(one => (one.Day("date"), Money(one, "close")))];
    }

    public JsonElement Json { get; }

    public string Id { get; }

    public string Currency { get; }

    public bool Known => Json.At("figures.parts").ValueKind is JsonValueKind.Object;

    /// <summary>The close in force, in shares of the day.</summary>
    public decimal? PriceOn(DateOnly day)
    {
        var index = _closes.FindLastIndex(close => close.Date <= day);
        if (index < 0)
            return null;
        var (date, price) = _closes[index];
        foreach (var split in _splits.Where(split => split.Date > date && split.Date <= day))
            price = Math.Max(0.00000001m, RedoNumbers.Product(price, split.From, RedoNumbers.One(split.To), decimals: 8));
        return price;
    }

    /// <summary>Value at the close of a day; null when a rate is missing.</summary>
    public decimal? ValueOn(DateOnly day)
    {
        var step = _quantities.FindLast(step => step.From <= day);
        if (step.Quantity == 0)
            return 0;
        return PriceOn(day) is not { } price ? step.Cost
            : _redo.RateOn(Currency, day) is { } rate ? RedoNumbers.Product(step.Quantity, price, rate)
            : null;
    }

    /// <summary>Every figure of the stock from its own flows, sales and ends.</summary>
    public void Check(IReadOnlyList<JsonElement> entries, RedoPortfolio portfolio)
    {
        CheckHolding(Json.At("opening"), _redo.From.AddDays(-1));
        CheckHolding(Json.At("closing"), _redo.To);
        if (!Known)
            return;
        var flows = Json.At("flows").EnumerateArray().ToList();
        var mine = entries.Where(entry =>
            _redo.Covers(entry.Day("date")) && (entry.Text("stockId") == Id || entry.Text("intoStockId") == Id)
        );
        Redo.Same(
            string.Join(',', flows.Texts("transactionId")),
            string.Join(',', mine.Texts("transactionId")),
            "flows are of the entries"
        );
        foreach (var (flow, entry) in flows.Zip(mine))
            CheckFlow(flow, entry, portfolio);
        decimal sum(string name) => flows.Sum(flow => Money(flow, name));
        var sales = Sales(entries);
        var realised = sales.Sum(sale => Money(sale, "priceGain"));
        var (v0, v1) = (Money(Json, "opening.value"), Money(Json, "closing.value"));
        var fx = Money(Json, "closing.unrealisedFx") - Money(Json, "opening.unrealisedFx") + Money(Json, "settledFx");
        var made = new RedoFigures(
            v0,
            v1,
            sum("inflow"),
            sum("outflow"),
            [realised, v1 - v0 + sum("traded") - realised - fx, sum("dividends"), 0, sum("fees"), sum("taxes"), fx]
        );
        made.Check(Json.At("figures"), "a stock");
        Redo.Same(made.Gain, v1 - v0 - sum("inflow") + sum("outflow"), "gain of a stock");
        if (mine.All(entry => entry.Text("kind") is "buy" or "sell" or "dividend" or "fee" or "tax"))
            Redo.Same(Money(Json, "settledFx"), sales.Sum(sale => Money(sale, "fxGain")), "settled fx is that of the sales");
    }

    private List<JsonElement> Sales(IReadOnlyList<JsonElement> entries)
    {
        var sales = Json.At("sales").EnumerateArray().ToList();
        foreach (var sale in sales)
            Redo.Same(
                Money(sale, "priceGain"),
                Money(sale, "proceeds") - Money(sale, "price") - Money(sale, "fxGain"),
                "price gain of a sale"
            );
        foreach (var group in sales.GroupBy(sale => sale.Text("saleId")))
        {
            var gross = Money(entries.Single(entry => entry.Text("transactionId") == group.Key), "gross");
            Redo.Same(group.Sum(sale => Money(sale, "proceeds")), gross, "proceeds of a sale are shared out");
        }
        return sales;
    }

    private void CheckFlow(JsonElement flow, JsonElement entry, RedoPortfolio portfolio)
    {
        var (gross, fee, tax) = (Money(entry, "gross"), Money(entry, "feeConverted"), Money(entry, "taxConverted"));
        var (kind, incoming) = (entry.Text("kind"), entry.Text("intoStockId") == Id);
        // Shares without a price go at their cost, which no figure told makes again.
        var told =
            incoming || kind is "transferIn" ? Money(flow, "inflow") : Money(flow, "outflow") - (kind is "merger" ? gross - fee - tax : 0);
        var moved = portfolio.Delivered(entry) ?? told;
        var made = incoming
            ? [moved, 0, -moved, 0, 0, 0]
            : kind switch
            {
                "buy" => [gross + fee + tax, 0, -gross, 0, -fee, -tax],
                "sell" => [0, gross - fee - tax, gross, 0, -fee, -tax],
                "dividend" => [0, gross - fee - tax, 0, gross, -fee, -tax],
                "transferIn" => [moved, 0, -moved, 0, 0, 0],
                "transferOut" or "spinOff" => [0, moved, moved, 0, 0, 0],
                "merger" => [0, moved + gross - fee - tax, moved + gross, 0, -fee, -tax],
                "fee" => [0, -gross, 0, 0, -gross, 0],
                _ => new[] { 0, -gross, 0, 0, 0, -gross },
            };
        var names = new[] { "inflow", "outflow", "traded", "dividends", "fees", "taxes" };
        for (var i = 0; i < names.Length; i++)
            Redo.Same(Money(flow, names[i]), made[i], $"{names[i]} of a {kind}");
    }

    private void CheckHolding(JsonElement holding, DateOnly day)
    {
        var quantity = Money(holding, "quantity");
        Redo.Same(quantity, _quantities.FindLast(step => step.From <= day).Quantity, "quantity held");
        Redo.Same(holding.Exact("price"), PriceOn(day), "price in force");
        if (holding.Exact("value") is not { } value)
            return;
        Redo.Same(value, ValueOn(day) ?? -1, "value of a holding");
        var lots = holding.At("lots").EnumerateArray().ToList();
        if (holding.Exact("cost") is null)
        {
            Redo.Same(lots.Exists(lot => lot.Exact("price") is not null), false, "no cost, no price of a lot");
            return;
        }
        Redo.Same(Money(holding, "cost"), lots.Sum(lot => Money(lot, "price") + Money(lot, "charges")), "cost of the lots");
        Redo.Near((double)quantity, (double)lots.Sum(lot => Money(lot, "quantity")), 1e-9, "quantity of the lots");
        if (holding.Exact("price") is null || quantity == 0 || _redo.SameMajor(Currency))
            Redo.Same(Money(holding, "unrealisedFx"), 0, "no exchange, no fx");
        else
            Redo.Same(
                Money(holding, "unrealisedFx"),
                RedoNumbers.Product(lots.Sum(lot => Money(lot, "localPrice")), 1, RedoNumbers.Rate(holding.At("rate"))!.Value)
                    - lots.Sum(lot => Money(lot, "price")),
                "unrealised fx"
            );
    }

    private static decimal Money(JsonElement json, string path) =>
        json.Exact(path) ?? throw new KeyNotFoundException($"{path} is null: {json}");
}
