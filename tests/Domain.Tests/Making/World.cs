using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>One intended entry of a <see cref="World"/>; <paramref name="Extra"/> decides about its currency, stated rate and other stock.</summary>
internal readonly record struct Act(int Stock, int Gap, int Kind, int Size, int Cents, int Extra);

/// <summary>
/// A random ledger of five stocks in three currencies over sixty days: rates that may begin late and have holes, stated rates, transfers with
/// older purchase dates, spin-offs, mergers, splits, both cash modes, every cost method, any reporting currency. In small whole numbers, so
/// that a failing one shrinks to something readable.
/// </summary>
internal sealed record World(
    CashMode Cash,
    CostMethod Method,
    int Home,
    int Reporting,
    Act[] Acts,
    Cut[] Cuts,
    Price[][] Closes,
    Price[][] Rates
)
{
    public const int Days = 60;

    /// <summary>Long before the first day.</summary>
    public const int Before = -400;

    private static readonly string[] Currencies = ["USD", "EUR", "GBP"];
    private static readonly string[] Listed = ["USD", "EUR", "GBX", "USD", "EUR"];
    private static readonly (string Base, string Quote)[] Pairs = [("EUR", "USD"), ("GBP", "USD"), ("USD", "EUR")];

    // Two decimals of a quantity become at most eight: nothing is left over that only rounding made.
    private static readonly (decimal From, decimal To)[] Whole = [(1, 2), (1, 4), (2, 1), (10, 1), (5, 11), (4, 5)];
    private static readonly (decimal From, decimal To)[] Odd = [(1, 2), (3, 1), (7, 3), (5, 11), (1, 1.05m), (10, 1)];

    private static readonly Gen<Act> AnyAct = Gen.Select(
        Gen.Int[0, Listed.Length - 1],
        Gen.Int[0, 5],
        Gen.Int[0, 17],
        Gen.Int[100, 5000],
        Gen.Int[100, 20000],
        Gen.Int[0, 300],
        (stock, gap, kind, size, cents, extra) => new Act(stock, gap, kind, size, cents, extra)
    );

    private static readonly Gen<Cut> AnyCut = Gen.Select(
        Gen.Int[0, Listed.Length - 1],
        Gen.Int[2, Days],
        Gen.Int[0, Whole.Length - 1],
        (stock, day, ratio) => new Cut(stock, day, ratio)
    );

    private static readonly Gen<Price> AnyPrice = Gen.Select(Gen.Int[1, Days], Gen.Int[100, 20000], (day, cents) => new Price(day, cents));

    // Of one to some three.
    private static readonly Gen<Price> AnyRate = Gen.Select(Gen.Int[-5, Days], Gen.Int[3000, 30000], (day, rate) => new Price(day, rate));

    private bool OddSplits { get; init; }

    private bool Constant { get; init; }

    /// <summary>Any world: rates and prices may be missing at first, splits leave fractions that no decimal holds.</summary>
    public static Gen<World> Any { get; } = Make(18).Select(world => world with { OddSplits = true });

    /// <summary>As <see cref="Any"/> with fewer entries: many of them in the time.</summary>
    public static Gen<World> Small { get; } = Make(10).Select(world => world with { OddSplits = true });

    /// <summary>Every price and rate is known from the start.</summary>
    public static Gen<World> Known { get; } =
        Make(24)
            .Select(world =>
                world with
                {
                    Closes = [.. world.Closes.Select(row => row.Prepend(new Price(Before, 1000)).ToArray())],
                    Rates = [.. world.Rates.Select(row => row.Prepend(new Price(Before, 8000)).ToArray())],
                }
            );

    /// <summary>As <see cref="Known"/>, with rates that never change: a euro is two dollars, a pound four; none is stated.</summary>
    public static Gen<World> Still { get; } =
        Known.Select(world =>
            world with
            {
                Constant = true,
                Rates =
                [
                    [new Price(Before, 20000)],
                    [new Price(Before, 40000)],
                    [new Price(Before, 5000)],
                ],
            }
        );

    private static Gen<World> Make(int acts) =>
        Gen.Select(
            Gen.Enum<CashMode>(),
            Gen.Enum<CostMethod>(),
            Gen.Int[0, 2],
            Gen.Int[0, 5],
            AnyAct.Array[1, acts],
            AnyCut.Array[0, 3],
            AnyPrice.Array[0, 12].Array[Listed.Length],
            AnyRate.Array[1, 8].Array[Pairs.Length],
            (cash, method, home, reporting, acts, cuts, closes, rates) =>
                new World(cash, method, home, reporting, acts, cuts, closes, rates)
        );

    public static string CurrencyOf(int number) => Currencies[number % Currencies.Length];

    /// <summary>The ledger: never oversold, since what leaves is a part of what is surely there.</summary>
    /// <param name="scale">Multiplies every quantity and every amount of money.</param>
    /// <param name="reporting">Reports in this currency instead.</param>
    /// <param name="until">Leaves out what is intended after this day.</param>
    public Book ToBook(decimal scale = 1, string? reporting = null, int until = Days)
    {
        var book = new Book(Cash, Method, Currencies[Home]) { Reporting = reporting ?? (Reporting < 3 ? Currencies[Reporting] : null) };
        var ids = Closes
            .Select((row, i) => book.StockIn(Listed[i], $"S{i}", [.. InOrder(row).Select(at => (at.Day, at.Cents / 100m))]))
            .ToList();
        for (var i = 0; i < Pairs.Length; i++)
            book.Rate(Pairs[i].Base, Pairs[i].Quote, [.. InOrder(Rates[i]).Select(at => (at.Day, at.Cents / 10_000m))]);
        var ratios = OddSplits ? Odd : Whole;
        var cuts = Cuts.DistinctBy(cut => (cut.Stock, cut.Day)).ToList();
        foreach (var cut in cuts)
            book.Split(ids[cut.Stock], cut.Day, ratios[cut.Ratio].From, ratios[cut.Ratio].To);
        new WorldWriter(this, book, ids, scale, Constant).Write(
            cuts.ConvertAll(cut => (cut.Stock, cut.Day, Ratio: ratios[cut.Ratio].To / ratios[cut.Ratio].From)),
            until
        );
        return book;
    }

    public override string ToString() =>
        $"{Cash} {Method} {Currencies[Home]} {Reporting} {OddSplits} {Constant}\n{string.Join('\n', Acts)}\n{string.Join('\n', Cuts)}\n"
        + string.Join('\n', Closes.Concat(Rates).Select(row => string.Join(' ', row)));

    private static IEnumerable<Price> InOrder(Price[] row) => row.DistinctBy(price => price.Day).OrderBy(price => price.Day);
}
