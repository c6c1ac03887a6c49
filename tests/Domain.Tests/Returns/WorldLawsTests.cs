using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>The laws of returns, each over random ledgers of several currencies with corporate actions.</summary>
public class WorldLawsTests
{
    private const int Cases = 1_000;

    [Fact]
    public void The_generated_ledgers_tell_something_and_are_never_oversold()
    {
        var counts = new int[6];
        World.Small.Sample(
            world =>
            {
                var book = world.ToBook();
                Count(0, book.Entries.Exists(entry => entry.Kind is TransactionKind.SpinOff));
                Count(1, book.Entries.Exists(entry => entry.Kind is TransactionKind.Merger));
                Count(2, book.Entries.Exists(entry => entry.FxRate is not null));
                Count(3, book.Range(1, World.Days).Total.Parts is null);
                Count(4, book.Range(1, World.Days).Total.Parts is { Fx: not 0 });
                Count(5, book.Ledger.Stocks.Any(stock => stock.Position.Realised.Any(lot => lot.FxGain != 0)));
                return book.Ledger.Stocks.All(stock => stock.Position.OversoldOn is null);
            },
            iter: Cases
        );
        counts.Should().OnlyContain(count => count > 100, "they are {0}", string.Join(", ", counts));

        void Count(int what, bool there) => Interlocked.Add(ref counts[what], there ? 1 : 0);
    }

    [Fact]
    public void Scaling_all_quantities_leaves_every_ratio() =>
        Gen.Select(World.Known, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var (one, many) = (world.ToBook(), world.ToBook(scale: 8));
                    var (plain, scaled) = (one.Range(days.From, days.To).Total, many.Range(days.From, days.To).Total);
                    Near(plain.ClosingValue * 8, scaled.ClosingValue);
                    Near(plain.Gain * 8, scaled.Gain);
                    Near(plain.Parts!.Fx * 8, scaled.Parts!.Fx);
                    if (plain.OpeningValue + plain.Inflows > 1)
                        Near(plain.SimpleReturn, scaled.SimpleReturn);
                    var (before, after) = (Measured(one, days), Measured(many, days));
                    if (Comparable(one, days))
                        Near(before.Total.TimeWeighted.Value, after.Total.TimeWeighted.Value);
                },
                iter: Cases
            );

    [Fact]
    public void A_deposit_without_a_price_change_leaves_the_time_weighted_return() =>
        Gen.Select(World.Known, Gen.Int[1, 30], Gen.Int[31, World.Days], Gen.Int[1, 100_000])
            .Sample(
                (world, from, day, cents) =>
                {
                    // nothing moves from the day on
                    var book = (
                        world with
                        {
                            Cash = CashMode.Tracked,
                            Cuts = [],
                            Closes = Until(world.Closes, day - 1),
                            Rates = Until(world.Rates, day - 1),
                        }
                    ).ToBook(until: day - 2);
                    var before = Measured(book, (from, World.Days)).Total.TimeWeighted;
                    book.Cash(TransactionKind.Deposit, day, cents / 100m);
                    book.Restate(book.Portfolio.Currency.Code);
                    book.Cash(TransactionKind.Deposit, World.Days, cents / 50m);
                    book.Restate(book.Portfolio.Currency.Code);
                    if (book.Range(from, day - 1).Total.ClosingValue > 1)
                        Near(before.Value, Measured(book, (from, World.Days)).Total.TimeWeighted.Value);
                },
                iter: Cases
            );

    [Fact]
    public void Net_present_value_at_the_money_weighted_rate_is_nothing() =>
        Gen.Select(World.Known, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var book = world.ToBook();
                    if (Measured(book, days).Total.MoneyWeighted.Value is not { } rate || rate < -1 + 1e-15)
                        return;
                    var total = book.Range(days.From, days.To).Total;
                    var flows = book
                        .Ledger.ExternalFlows(Book.Day(days.From), Book.Day(days.To))
                        .Select(flow => (Day: flow.Entry.Date.DayNumber - Book.Day(days.From - 1).DayNumber, Amount: -(double)flow.Amount))
                        .Prepend((Day: 0, Amount: -(double)total.OpeningValue!.Value))
                        .Append((Day: days.To - days.From + 1, Amount: (double)total.ClosingValue!.Value))
                        .Where(flow => flow.Amount != 0)
                        .ToList();
                    var first = flows.Min(flow => flow.Day);
                    // near -1 two neighbouring doubles are far apart in what they make of a flow
                    var apart = Math.Abs(Present(Math.BitIncrement(rate)) - Present(Math.BitDecrement(rate)));
                    Assert.True(Math.Abs(Present(rate)) <= (1e-9 * flows.Sum(flow => Math.Abs(flow.Amount))) + apart);

                    double Present(double at) => flows.Sum(flow => flow.Amount * Math.Pow(1 + at, -(flow.Day - first) / 365.0));
                },
                iter: Cases
            );

    [Fact]
    public void Relabelling_all_currencies_with_constant_rates_scales_values_and_leaves_ratios() =>
        Gen.Select(World.Still, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var (dollars, euros) = (world.ToBook(reporting: "USD"), world.ToBook(reporting: "EUR"));
                    var (many, one) = (dollars.Range(days.From, days.To), euros.Range(days.From, days.To));
                    Near(one.Total.ClosingValue * 2, many.Total.ClosingValue);
                    Near(one.Total.Inflows * 2, many.Total.Inflows);
                    Near(one.Total.Gain * 2, many.Total.Gain);
                    Near(one.Total.Parts!.RealisedPrice * 2, many.Total.Parts!.RealisedPrice);
                    Near(0m, one.Total.Parts.Fx);
                    Near(0m, many.Total.Parts.Fx);
                    if (one.Total.OpeningValue + one.Total.Inflows > 1)
                        Near(one.Total.SimpleReturn, many.Total.SimpleReturn);
                    if (Comparable(euros, days))
                        Near(Measured(euros, days).Total.TimeWeighted.Value, Measured(dollars, days).Total.TimeWeighted.Value);
                },
                iter: Cases
            );

    [Fact]
    public void The_quantity_of_the_lots_is_the_position_and_so_are_their_prices() =>
        World.Any.Sample(
            world =>
                world
                    .ToBook()
                    .Ledger.Stocks.All(stock =>
                    {
                        var (lots, end) = (stock.Position.OpenLots, stock.Position.At(DateOnly.MaxValue));
                        return lots.Aggregate(Quantity.Zero, (sum, lot) => sum + lot.Quantity).ToDecimal() == end.Quantity
                            && lots.Sum(lot => lot.Cost) == end.Cost
                            && lots.Sum(lot => lot.Price) == end.Price
                            && lots.Sum(lot => lot.LocalPrice) == end.LocalPrice
                            && lots.All(lot => lot.Price >= 0 && lot.Charges >= 0 && lot.LocalPrice >= 0);
                    }),
            iter: Cases
        );

    [Fact]
    public void Contributions_add_up_to_the_time_weighted_return() =>
        Gen.Select(World.Any, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var measures = Measured(world.ToBook(), days);
                    var parts = measures.Stocks.Values.Select(one => one.Contribution).Append(measures.CashContribution).ToList();
                    if (measures.Total.TimeWeighted.Value is not { } whole)
                        Assert.All(parts, part => Assert.Null(part));
                    else if (parts.TrueForAll(part => part is not null))
                        Assert.Equal(whole, parts.Sum()!.Value, 1e-9 * parts.Sum(part => 1 + Math.Abs(part!.Value)));
                },
                iter: Cases
            );

    [Fact]
    public void Cash_contributes_what_it_gained_on_each_days_capital() =>
        Gen.Select(World.Known, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var book = world.ToBook();
                    if (!Comparable(book, days))
                        return;
                    var (sum, growth) = (0.0, 1.0);
                    for (var day = days.From; day <= days.To; day++)
                    {
                        var range = book.Range(day, day);
                        var capital = (double)(range.Total.OpeningValue + range.Total.Inflows)!.Value;
                        if (capital == 0)
                            continue;
                        sum += growth * (double)range.Cash.Gain!.Value / capital;
                        growth *= (double)(range.Total.ClosingValue + range.Total.Outflows)!.Value / capital;
                    }
                    Near(sum, Measured(book, days).CashContribution);
                },
                iter: Cases / 4
            );

    private static Price[][] Until(Price[][] rows, int day) => [.. rows.Select(row => row.Where(price => price.Day <= day).ToArray())];

    // A quotient of next to nothing tells nothing.
    private static bool Comparable(Book book, (int From, int To) days)
    {
        var points = History.Of([book.Ledger], null, Book.Day(days.From), Book.Day(days.To), Resolution.Day)!;
        return points.All(point => point.Value == 0 || point.Value > 1)
            && points.All(point => point.Inflow == 0 || point.Inflow > 1)
            && book.Range(days.From, days.To).Total.OpeningValue is 0 or > 1
            && Measured(book, days).Total.TimeWeighted.Value is < 1e6;
    }

    private static RangeMeasures Measured(Book book, (int From, int To) days) =>
        RangeMeasures.Of([book.Ledger], Book.Day(days.From), Book.Day(days.To), FlowTiming.InAtStartOutAtEnd);

    private static void Near(decimal? one, decimal? other) => Near((double?)one, (double?)other);

    private static void Near(double? one, double? other)
    {
        Assert.Equal(one.HasValue, other.HasValue);
        if (one is { } a && other is { } b)
            Assert.Equal(a, b, 1e-8 * Math.Max(1, Math.Abs(a)));
    }
}
