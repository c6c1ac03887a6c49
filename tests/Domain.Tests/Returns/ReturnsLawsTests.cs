using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>What is true of every ledger, tried on random ones.</summary>
public class ReturnsLawsTests
{
    private const int Cases = 1_000;

    // Splits and restated numbers that stay whole enough for every product to be exact.
    private static readonly (decimal From, decimal To)[] ExactRatios = [(1, 2), (1, 4), (1, 5), (1, 10), (2, 1), (4, 1), (10, 1), (2, 5)];

    [Fact]
    public void The_gain_is_what_the_values_and_flows_leave_with_no_residual() =>
        Gen.Select(Plan.Any, Plan.AnyRange)
            .Sample(
                (plan, days) =>
                {
                    var range = plan.ToBook().Range(days.From, days.To);
                    return range.Stocks.Select(stock => stock.Figures).Append(range.Cash).Append(range.Total).All(Balances);
                },
                iter: Cases
            );

    [Fact]
    public void The_stocks_and_cash_add_up_to_the_total() =>
        Gen.Select(Plan.Any, Plan.AnyRange)
            .Sample(
                (plan, days) =>
                {
                    var range = plan.ToBook().Range(days.From, days.To);
                    var lines = range.Stocks.Select(stock => stock.Figures).Append(range.Cash).ToList();
                    return lines.Sum(line => line.Gain) == range.Total.Gain
                        && lines.Sum(line => line.OpeningValue) == range.Total.OpeningValue
                        && lines.Sum(line => line.ClosingValue) == range.Total.ClosingValue
                        && lines.Aggregate(GainParts.None, (sum, line) => sum + line.Parts!) == range.Total.Parts;
                },
                iter: Cases
            );

    [Fact]
    public void The_value_of_a_portfolio_is_its_holdings_and_its_cash() =>
        Gen.Select(Plan.Any, Plan.AnyRange)
            .Sample(
                (plan, days) =>
                {
                    var book = plan.ToBook();
                    var held = book.Ledger.HoldingsOn(Book.Day(days.To)).Sum(holding => holding.Value);
                    return book.Range(days.From, days.To).Total.ClosingValue == held + book.Ledger.CashOn(Book.Day(days.To));
                },
                iter: Cases
            );

    [Fact]
    public void Gains_of_adjacent_ranges_add_up_part_by_part() =>
        Gen.Select(Plan.Any, Plan.AnyRange, Gen.Int[0, 30])
            .Sample(
                (plan, days, more) =>
                {
                    var book = plan.ToBook();
                    var (first, second) = (book.Range(days.From, days.To), book.Range(days.To + 1, days.To + 1 + more));
                    var whole = book.Range(days.From, days.To + 1 + more);
                    return first.Total.Parts! + second.Total.Parts! == whole.Total.Parts
                        && first.Total.NetInflow + second.Total.NetInflow == whole.Total.NetInflow
                        && first.Total.ClosingValue == second.Total.OpeningValue;
                },
                iter: Cases
            );

    [Fact]
    public void The_order_of_entering_does_not_matter() =>
        Gen.Select(Plan.Any, Plan.AnyRange, Gen.Int)
            .Sample(
                (plan, days, seed) =>
                {
                    var book = plan.ToBook();
                    var before = book.Range(days.From, days.To);
                    var positions = book.Ledger.Stocks.ToDictionary(stock => stock.Facts.Id, stock => stock.Position);
                    var shuffled = book.Entries.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    book.Entries.Clear();
                    book.Entries.AddRange(shuffled);
                    var after = book.Range(days.From, days.To);
                    return after.Total == before.Total
                        && after.Cash == before.Cash
                        && after.Stocks.SequenceEqual(before.Stocks)
                        && book.Ledger.Stocks.All(stock => stock.Position.Realised.SequenceEqual(positions[stock.Facts.Id].Realised));
                },
                iter: Cases
            );

    [Fact]
    public void Scaling_every_quantity_scales_values_and_leaves_ratios() =>
        Gen.Select(Plan.Any, Plan.AnyRange, Gen.Int[2, 50])
            .Sample(
                (plan, days, scale) =>
                {
                    var (one, many) = (plan.ToBook().Range(days.From, days.To).Total, plan.ToBook(scale).Range(days.From, days.To).Total);
                    // quantities between odd splits are rounded to 10 decimals when valued, so the last digits may differ
                    return Math.Abs(((one.ClosingValue * scale) - many.ClosingValue)!.Value) < 0.0001m
                        && Math.Abs(((one.Gain * scale) - many.Gain)!.Value) < 0.0001m
                        && one.SimpleReturn.HasValue == many.SimpleReturn.HasValue
                        && Math.Abs((one.SimpleReturn - many.SimpleReturn) ?? 0) <= 1e-7 * Math.Max(1, Math.Abs(one.SimpleReturn ?? 0));
                },
                iter: Cases
            );

    [Fact]
    public void A_split_with_the_price_moved_by_its_ratio_changes_no_figure() =>
        Gen.Select(Plan.Unsplit, Plan.AnyRange, Gen.Int[0, 2], Gen.Int[2, Plan.Days], Gen.Int[0, ExactRatios.Length - 1])
            .Sample(
                (plan, days, stock, day, index) =>
                {
                    var ratio = ExactRatios[index];
                    var plain = plan.ToBook().Range(days.From, days.To);
                    var split = plan.ToBook(extra: (stock, day, ratio.From, ratio.To)).Range(days.From, days.To);
                    return plain.Total == split.Total
                        && plain.Cash == split.Cash
                        && plain.Stocks.Select(line => line.Figures).SequenceEqual(split.Stocks.Select(line => line.Figures));
                },
                iter: 2 * Cases
            );

    [Fact]
    public void Deposits_move_nothing_of_a_portfolio_without_tracked_cash() =>
        Gen.Select(Plan.Any, Plan.AnyRange)
            .Sample(
                (plan, days) =>
                {
                    var book = (plan with { Cash = CashMode.External }).ToBook();
                    var before = book.Range(days.From, days.To);
                    book.Entries.RemoveAll(entry => entry.Kind is TransactionKind.Deposit or TransactionKind.Withdrawal);
                    return book.Range(days.From, days.To).Total == before.Total;
                },
                iter: Cases
            );

    [Fact]
    public void The_gain_does_not_depend_on_where_cash_is_kept_nor_on_the_cost_method() =>
        Gen.Select(Plan.Any, Plan.AnyRange, Gen.Enum<CostMethod>())
            .Sample(
                (plan, days, method) =>
                {
                    // while a price is missing a position stands at the cost of its lots, which the method decides
                    var priced = plan with
                    {
                        Closes = [.. plan.Closes.Select(row => row.Prepend(new Price(1, 100)).ToArray())],
                    };
                    var one = (priced with { Cash = CashMode.External }).ToBook().Range(days.From, days.To);
                    var other = (priced with { Cash = CashMode.Tracked, Method = method }).ToBook().Range(days.From, days.To);
                    return one.Total.Gain == other.Total.Gain;
                },
                iter: Cases
            );

    [Fact]
    public void Buying_selling_and_buying_again_is_the_sum_of_its_parts() =>
        Gen.Select(Plan.Any, Plan.Any, Plan.AnyRange)
            .Sample(
                (one, other, days) =>
                {
                    var parts = new[] { one, other with { Closes = one.Closes } };
                    var (first, second) = (parts[0].ToBook().Range(days.From, days.To), parts[1].ToBook().Range(days.From, days.To));
                    var sum = RangeReturns.Sum(Book.Day(days.From), Book.Day(days.To), [first, second]);
                    return Balances(sum.Total)
                        && sum.Total.Parts == first.Total.Parts! + second.Total.Parts!
                        && sum.Stocks.Sum(line => line.Figures.Gain) + sum.Cash.Gain == sum.Total.Gain;
                },
                iter: Cases
            );

    private static bool Balances(Figures figures) =>
        figures.Gain == figures.ClosingValue - figures.OpeningValue - figures.Inflows + figures.Outflows
        && figures.Gain == figures.ClosingValue - figures.OpeningValue - figures.NetInflow;
}
