using System.Globalization;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>One intended entry: what becomes of it depends on what is held by then.</summary>
internal readonly record struct Step(int Stock, int Gap, int Kind, int Size, int Cents, int Charge);

/// <summary>One intended split.</summary>
internal readonly record struct Cut(int Stock, int Day, int Ratio);

/// <summary>One price of a stock; of several of a day the first counts.</summary>
internal readonly record struct Price(int Day, int Cents);

/// <summary>A random ledger of three stocks over sixty days in small whole numbers, so that a failing one shrinks to something readable.</summary>
internal sealed record Plan(CashMode Cash, CostMethod Method, Step[] Steps, Cut[] Cuts, Price[][] Closes)
{
    public const int Days = 60;
    private const int Stocks = 3;

    // 3 : 1 and 7 : 3 leave fractions that no decimal holds; the last is a stock dividend.
    private static readonly (decimal From, decimal To)[] Ratios =
    [
        (1, 2),
        (1, 4),
        (2, 1),
        (10, 1),
        (3, 1),
        (1, 3),
        (7, 3),
        (5, 11),
        (1, 1.05m),
    ];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Int[0, Stocks - 1],
        Gen.Int[0, 5],
        Gen.Int[0, 12],
        Gen.Int[1, 5000],
        Gen.Int[1, 50000],
        Gen.Int[0, 300],
        (stock, gap, kind, size, cents, charge) => new Step(stock, gap, kind, size, cents, charge)
    );

    private static readonly Gen<Cut> AnyCut = Gen.Select(
        Gen.Int[0, Stocks - 1],
        Gen.Int[2, Days],
        Gen.Int[0, Ratios.Length - 1],
        (stock, day, ratio) => new Cut(stock, day, ratio)
    );

    private static readonly Gen<Price> AnyPrice = Gen.Select(Gen.Int[1, Days], Gen.Int[1, 50000], (day, cents) => new Price(day, cents));

    /// <summary>Any ledger: odd splits, holes in the prices, days before the first price, every kind of entry.</summary>
    public static Gen<Plan> Any { get; } = Make(AnyCut.Array[0, 4]);

    /// <summary>As <see cref="Any"/>, without splits.</summary>
    public static Gen<Plan> Unsplit { get; } = Make(Gen.Const(Array.Empty<Cut>()));

    private static Gen<Plan> Make(Gen<Cut[]> cuts) =>
        Gen.Select(
            Gen.Enum<CashMode>(),
            Gen.Enum<CostMethod>(),
            AnyStep.Array[1, 25],
            cuts,
            AnyPrice.Array[0, 25].Array[Stocks],
            (cash, method, steps, taken, closes) => new Plan(cash, method, steps, taken, closes)
        );

    /// <summary>Two days of the plan, in order.</summary>
    public static Gen<(int From, int To)> AnyRange { get; } =
        Gen.Select(Gen.Int[1, Days], Gen.Int[1, Days], (a, b) => (Math.Min(a, b), Math.Max(a, b)));

    /// <summary>
    /// The ledger: never oversold, since a sale takes a part of what is surely there.
    /// </summary>
    /// <param name="scale">Multiplies every quantity and every amount of money.</param>
    /// <param name="extra">A split to be added, with prices and trades from its day on restated in new shares.</param>
    public Book ToBook(decimal scale = 1, (int Stock, int Day, decimal From, decimal To)? extra = null)
    {
        var book = new Book(Cash, Method);
        var ids = Closes.Select((closes, stock) => book.Stock($"S{stock}", [.. Quotes(stock, closes, extra)])).ToList();
        foreach (var cut in Cuts)
            book.Split(ids[cut.Stock], cut.Day, Ratios[cut.Ratio].From, Ratios[cut.Ratio].To);
        if (extra is { } split)
            book.Split(ids[split.Stock], split.Day, split.From, split.To);

        var held = new decimal[Stocks];
        var day = 1;
        foreach (var step in Steps)
        {
            for (var end = day + step.Gap; day < end; )
                Open(++day, held);
            if (day <= Days)
                Enter(book, ids, step, day, held, scale, extra is { } x && x.Stock == step.Stock && x.Day <= day ? x.To / x.From : 1);
        }
        return book;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Cash} {Method}\n{string.Join('\n', Steps)}\n{string.Join('\n', Cuts)}\n{string.Join('\n', Closes.Select(row => string.Join(' ', row)))}"
        );

    private static IEnumerable<(int Day, decimal Close)> Quotes(
        int stock,
        Price[] closes,
        (int Stock, int Day, decimal From, decimal To)? extra
    ) =>
        closes
            .DistinctBy(price => price.Day)
            .OrderBy(price => price.Day)
            .Select(price => (price.Day, Close: price.Cents / 100m))
            .Select(quote => extra is { } x && x.Stock == stock && x.Day <= quote.Day ? (quote.Day, quote.Close * x.From / x.To) : quote);

    private void Open(int day, decimal[] held)
    {
        foreach (var cut in Cuts.Where(cut => cut.Day == day))
            held[cut.Stock] = Floor(held[cut.Stock] / Ratios[cut.Ratio].From * Ratios[cut.Ratio].To, 8);
    }

    private static void Enter(Book book, List<Id<Stock>> ids, Step step, int day, decimal[] held, decimal scale, decimal restated)
    {
        var stock = ids[step.Stock];
        var (size, price, charge) = (step.Size / 100m, step.Cents / 100m, step.Charge / 100m);
        var leaving = Floor(held[step.Stock] * (step.Size % 9) / 8, 2);
        var sum = size * scale * (step.Charge % 2 == 0 ? 1 : -1);
        decimal shares(decimal quantity) => quantity * scale * restated;
        switch (step.Kind)
        {
            case 0 or 1 or 2:
            case 3 or 4 when leaving == 0:
                book.Buy(stock, day, shares(size), price / restated, charge * scale, step.Charge % 7 * scale);
                held[step.Stock] += size;
                break;
            case 3 or 4:
                book.Sell(stock, day, shares(leaving), price / restated, charge * scale, step.Charge % 5 * scale);
                held[step.Stock] -= leaving;
                break;
            case 5:
                book.Dividend(stock, day, size * scale, charge * scale);
                break;
            case 6:
                book.Cash(TransactionKind.Interest, day, sum);
                break;
            case 7 or 8:
                book.Cash(step.Kind == 7 ? TransactionKind.Fee : TransactionKind.Tax, day, sum, step.Charge % 3 == 0 ? null : stock);
                break;
            case 9 or 10:
                book.Cash(step.Kind == 9 ? TransactionKind.Deposit : TransactionKind.Withdrawal, day, size * scale);
                break;
            case 11:
                book.TransferIn(stock, day, shares(size), price / restated);
                held[step.Stock] += size;
                break;
            case 12 when leaving > 0:
                book.TransferOut(stock, day, shares(leaving));
                held[step.Stock] -= leaving;
                break;
        }
    }

    private static decimal Floor(decimal value, int decimals)
    {
        var unit = decimals == 2 ? 100m : 100_000_000m;
        return decimal.Floor(value * unit) / unit;
    }
}
