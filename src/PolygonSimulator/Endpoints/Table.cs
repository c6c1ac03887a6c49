using System.Globalization;
using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>A column one can filter by (equality, .gt .gte .lt .lte .any_of) and sort by.</summary>
internal sealed record Column<T>(string Name, Func<T, IComparable?> Of, Func<string, string, IComparable> Parse)
{
    public static Column<T> Text(string name, Func<T, string?> of) => new(name, of, (_, text) => text);

    public static Column<T> Date(string name, Func<T, DateOnly?> of) =>
        new(
            name,
            row => of(row),
            (parameter, text) =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                    ? date
                    : throw Refusal.BadTime(parameter)
        );

    public static Column<T> Number(string name, Func<T, decimal> of) =>
        new(
            name,
            row => of(row),
            (parameter, text) =>
                decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw Refusal.BadRequest($"The parameter '{parameter}' cannot be '{text}'")
        );
}

/// <summary>Rows to list in pages: filters, order and position are read from the request.</summary>
/// <param name="key">Unique for a row; marks where a page ended.</param>
/// <param name="columns">All columns by name.</param>
internal sealed class Table<T>(Func<T, string> key, params Column<T>[] columns)
{
    const string Position = "at";
    static readonly string[] Operators = ["", ".gt", ".gte", ".lt", ".lte", ".any_of"];

    /// <param name="Rows">This page.</param>
    /// <param name="Next">Parameters of the next page's cursor; null on the last page.</param>
    internal sealed record Page(IReadOnlyList<T> Rows, Dictionary<string, string>? Next);

    /// <summary>One page. <paramref name="order"/> names columns with their direction, for instance <c>ticker.asc,execution_date.desc</c>.</summary>
    public Page Read(Call call, IEnumerable<T> rows, string order, int limit)
    {
        var found = rows.ToList();
        foreach (var column in columns)
        {
            foreach (var operation in Operators)
            {
                if (call[column.Name + operation] is { } text)
                    Filter(found, column, operation, text);
            }
        }
        found = [.. Sorted(found, order)];
        var from = call[Position] is { } position ? 1 + found.FindIndex(row => key(row) == position) : 0;
        if (from == 0 && call[Position] is not null)
            throw Refusal.BadRequest("Could not parse the cursor.");
        var page = found.GetRange(from, Math.Min(limit, found.Count - from));
        if (from + page.Count == found.Count)
            return new Page(page, null);
        var next = call.Parameters.ToDictionary(StringComparer.Ordinal);
        next[Position] = key(page[^1]);
        return new Page(page, next);
    }

    static void Filter(List<T> rows, Column<T> column, string operation, string text)
    {
        var values = (operation == ".any_of" ? text.Split(',') : [text])
            .Select(value => column.Parse(column.Name + operation, value))
            .ToArray();
        rows.RemoveAll(row => column.Of(row) is not { } value || !Meets(value, operation, values));
    }

    static bool Meets(IComparable value, string operation, IComparable[] values) =>
        operation switch
        {
            ".gt" => Compare(value, values[0]) > 0,
            ".gte" => Compare(value, values[0]) >= 0,
            ".lt" => Compare(value, values[0]) < 0,
            ".lte" => Compare(value, values[0]) <= 0,
            _ => values.Any(wanted => Compare(value, wanted) == 0),
        };

    /// <summary>Rows equal in all named columns keep the order in which the market holds them, so that pages neither overlap nor leave gaps.</summary>
    IEnumerable<T> Sorted(IEnumerable<T> rows, string order)
    {
        var sorted = rows.Order(Comparer<T>.Create((_, _) => 0));
        foreach (var part in order.Split(','))
        {
            var names = part.Split('.');
            var (column, sign) = (Find(names[0]), Sign(names.ElementAtOrDefault(1) ?? "asc"));
            sorted = sorted.ThenBy(column.Of, Comparer<IComparable?>.Create((left, right) => sign * Compare(left, right)));
        }
        return sorted;
    }

    Column<T> Find(string name) =>
        columns.FirstOrDefault(column => column.Name == name) ?? throw Refusal.BadRequest($"The parameter 'sort' cannot be '{name}'");

    static int Sign(string direction) =>
        direction switch
        {
            "asc" => 1,
            "desc" => -1,
            _ => throw Refusal.BadRequest($"The parameter 'order' cannot be '{direction}'"),
        };

    static int Compare(IComparable? left, IComparable? right) =>
        (left, right) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string one, string other) => string.CompareOrdinal(one, other),
            _ => left.CompareTo(right),
        };
}
