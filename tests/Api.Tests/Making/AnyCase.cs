using System.Globalization;
using System.Text.Json;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>
/// A random case for <c>POST /calculations</c>: up to three stocks in three currencies, every kind of entry, both cash modes, every cost
/// method, splits, prices and rates that begin late. What leaves is a part of what is surely there.
/// </summary>
internal sealed class AnyCase(int seed)
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly string[] Kinds =
    [
        "buy",
        "buy",
        "sell",
        "sell",
        "dividend",
        "interest",
        "fee",
        "tax",
        "deposit",
        "withdrawal",
        "transferIn",
        "transferOut",
        "spinOff",
        "merger",
    ];
    private static readonly string[] Currencies = ["USD", "EUR", "GBX"];
    private static readonly (decimal From, decimal To)[] Ratios = [(1, 2), (1, 4), (2, 1), (10, 1), (7, 3), (1, 1.05m)];

    private readonly Random _random = new(seed);
    private readonly List<Dictionary<string, object?>> _entries = [];
    private readonly List<(int Stock, int Day, decimal From, decimal To)> _splits = [];
    private readonly decimal[] _held = new decimal[3];

    /// <summary>The body of the request.</summary>
    public string Json()
    {
        var large = _random.Next(4) == 0 ? 12_345.678m : 1m;
        for (var stock = 0; stock < 3; stock++)
            if (_random.Next(3) == 0)
                AddSplit(stock, 10 + _random.Next(50));
        var day = 5;
        for (var count = 1 + _random.Next(14); count > 0; count--)
        {
            var next = day + _random.Next(6);
            foreach (var split in _splits.Where(split => split.Day > day && split.Day <= next))
                _held[split.Stock] = Down(_held[split.Stock] * split.To / split.From);
            day = next;
            Add(Kinds[_random.Next(Kinds.Length)], _random.Next(3), day, large);
        }
        var from = _random.Next(70);
        var asked = _random.Next(3) == 0;
        return JsonSerializer.Serialize(
            new
            {
                currency = Currencies[_random.Next(2)],
                cash = _random.Next(2) == 0 ? "tracked" : "external",
                costMethod = new[] { "fifo", "lifo", "hifo", "average" }[_random.Next(4)],
                flowTiming = _random.Next(2) == 0 ? "startOfDay" : "inAtStartOutAtEnd",
                bookDividends = new[] { "none", "exDate", "payDate" }[_random.Next(3)],
                transactions = _entries,
                stocks = Enumerable.Range(0, 3).Select(Stock),
                exchangeRates = Rates("EUR").Concat(Rates("GBP")),
                from = asked ? null : Day(from),
                to = asked ? null : Day(from + _random.Next(60)),
                benchmark = _random.Next(2) == 0 ? "S0" : null,
                explain = true,
            }
        );
    }

    private void AddSplit(int stock, int day)
    {
        var (from, to) = Ratios[_random.Next(Ratios.Length)];
        _splits.Add((stock, day, from, to));
    }

    private void Add(string kind, int stock, int day, decimal large)
    {
        var into = (stock + 1) % 3;
        var leaves = kind is "sell" or "transferOut" or "merger";
        if ((leaves || kind is "spinOff") && _held[stock] < 0.1m)
            return;
        var trade = kind is "buy" or "sell" or "transferIn" or "transferOut" or "merger";
        var quantity =
            leaves ? (_random.Next(3) == 0 ? _held[stock] : Down(_held[stock] * _random.Next(1, 10) / 10))
            : trade ? _random.Next(1, 5000) / 100m
            : (decimal?)null;
        var corporate = kind is "spinOff" or "merger";
        var brought = corporate ? _random.Next(1, 2000) / 100m : (decimal?)null;
        var cashOfMerger = kind is "merger" && _random.Next(2) == 0;
        var charged = kind is "buy" or "sell" or "dividend" || cashOfMerger;
        var isAmount = !trade && kind is not "spinOff";
        var currency = _random.Next(2) == 0 ? null : Currencies[_random.Next(3)];
        var named = trade || corporate || kind is "dividend" || (kind is "fee" or "tax" && _random.Next(2) == 0);
        _entries.Add(
            new()
            {
                ["kind"] = kind,
                ["date"] = Day(day),
                ["symbol"] = named ? $"S{stock}" : null,
                ["quantity"] = Text(quantity),
                ["unitPrice"] = kind is "buy" or "sell" or "transferIn" ? Text(Cents() * large) : null,
                ["amount"] = isAmount || cashOfMerger ? Text(Cents() * large) : null,
                ["fee"] = charged && _random.Next(2) == 0 ? Text(_random.Next(300) / 100m) : "0",
                ["tax"] = charged && _random.Next(3) == 0 ? Text(_random.Next(300) / 100m) : "0",
                ["currency"] = currency,
                ["acquiredOn"] = kind is "transferIn" && _random.Next(2) == 0 ? Day(day - _random.Next(600)) : null,
                ["intoSymbol"] = corporate ? $"S{into}" : null,
                ["intoQuantity"] = Text(brought),
                ["costShare"] = kind is "spinOff" || cashOfMerger ? Text(_random.Next(101) / 100m) : null,
            }
        );
        _held[stock] +=
            leaves ? -quantity!.Value
            : kind is "buy" or "transferIn" ? quantity!.Value
            : 0;
        _held[into] += brought ?? 0;
    }

    private object Stock(int stock)
    {
        var days = Enumerable.Range(0, 90).Where(_ => _random.Next(5) == 0).Where(day => day > stock * 4).ToList();
        var dividends = Enumerable.Range(0, _random.Next(3)).Select(i => 20 + (i * 17)).ToList();
        return new
        {
            symbol = $"S{stock}",
            currency = Currencies[stock],
            closes = days.Select(day => new { date = Day(day), close = Text(Cents() * (_random.Next(8) == 0 ? 1.234567m : 1)) }),
            splits = _splits
                .Where(split => split.Stock == stock)
                .Select(split => new
                {
                    date = Day(split.Day),
                    from = Text(split.From),
                    to = Text(split.To),
                }),
            dividends = dividends.Select(day => new
            {
                exDate = Day(day),
                amount = Text(_random.Next(1, 400) / 1000m),
                payDate = _random.Next(2) == 0 ? Day(day + 9) : null,
            }),
        };
    }

    private IEnumerable<object> Rates(string currency)
    {
        var known = _random.Next(6) > 0;
        foreach (var day in Enumerable.Range(-1, 90).Where(day => (day < 0 && known) || _random.Next(9) == 0))
            yield return new
            {
                @base = currency,
                quote = "USD",
                date = Day(day < 0 ? -700 : day),
                rate = Text(_random.Next(7000, 15000) / 10000m),
            };
    }

    private decimal Cents() => _random.Next(100, 20000) / 100m;

    private static decimal Down(decimal value) => decimal.Round(value, 6, MidpointRounding.ToZero);

    private static string Day(int day) => First.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);
}
