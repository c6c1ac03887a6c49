using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Portfolios;

/// <summary>What is true of every position, tried on random ledgers.</summary>
public class PositionLawsTests
{
    private const int Cases = 1_000;

    [Fact]
    public void The_lots_hold_the_position_and_its_cost() =>
        Plan.Any.Sample(
            plan =>
                plan.ToBook()
                    .Ledger.Stocks.All(stock =>
                    {
                        var (position, end) = (stock.Position, stock.Position.At(DateOnly.MaxValue));
                        var quantity = position.OpenLots.Aggregate(Quantity.Zero, (sum, lot) => sum + lot.Quantity);
                        return quantity.ToDecimal() == end.Quantity && position.OpenLots.Sum(lot => lot.Cost) == end.Cost;
                    }),
            iter: Cases
        );

    [Fact]
    public void What_is_held_is_what_came_and_went_carried_over_the_splits_since() =>
        Gen.Select(Plan.Any, Gen.Int[1, Plan.Days])
            .Sample(
                (plan, number) =>
                {
                    var (book, day) = (plan.ToBook(), Book.Day(number));
                    return book.Ledger.Stocks.All(stock =>
                    {
                        var held = Quantity.Zero;
                        foreach (var entry in stock.Entries.Where(entry => entry.Date <= day && entry.Quantity is not null))
                        {
                            var moved = Quantity.Of(entry.Quantity!.Value);
                            foreach (var split in stock.Facts.Splits)
                                if (split.ExecutionDate > entry.Date && split.ExecutionDate <= day)
                                    moved = moved.Split(split.From, split.To);
                            held = entry.Kind is TransactionKind.Buy or TransactionKind.TransferIn ? held + moved : held - moved;
                        }
                        return stock.Position.At(day).Quantity == held.ToDecimal();
                    });
                },
                iter: Cases
            );

    [Fact]
    public void Cost_is_conserved_it_is_open_realised_or_delivered_out() =>
        Plan.Any.Sample(
            plan =>
            {
                var book = plan.ToBook();
                book.Entries.RemoveAll(entry => entry.Kind is TransactionKind.TransferOut);
                return book.Ledger.Stocks.All(stock =>
                {
                    var paid = stock
                        .Entries.Where(entry => entry.Kind is TransactionKind.Buy or TransactionKind.TransferIn)
                        .Sum(entry =>
                            Amounts.Of(entry, Conversion.Within(Currency.Usd)) is { } amounts
                                ? amounts.Gross + amounts.Fee + amounts.Tax
                                : 0
                        );
                    var realised = stock.Position.Realised.Sum(lot => lot.Price + lot.PurchaseCharges);
                    return paid == realised + stock.Position.OpenLots.Sum(lot => lot.Cost);
                });
            },
            iter: Cases
        );

    [Fact]
    public void Every_sale_is_shared_out_wholly() =>
        Plan.Any.Sample(
            plan =>
                plan.ToBook()
                    .Ledger.Stocks.All(stock =>
                        stock
                            .Entries.Where(entry => entry.Kind is TransactionKind.Sell)
                            .All(sale =>
                            {
                                var lots = stock.Position.Realised.Where(lot => lot.SaleId == sale.Id).ToList();
                                return lots.Sum(lot => lot.Proceeds) == Amounts.Of(sale, Conversion.Within(Currency.Usd))!.Value.Gross
                                    && lots.Sum(lot => lot.SaleCharges) == sale.Fee + sale.Tax
                                    && Math.Abs(lots.Sum(lot => lot.Quantity) - sale.Quantity!.Value) < 0.0000001m;
                            })
                    ),
            iter: Cases
        );

    [Fact]
    public void The_generated_ledgers_are_never_oversold_and_tell_something()
    {
        var (sales, splits, outs) = (0, 0, 0);
        Plan.Any.Sample(
            plan =>
            {
                var book = plan.ToBook();
                Interlocked.Add(ref sales, book.Entries.Count(entry => entry.Kind is TransactionKind.Sell));
                Interlocked.Add(ref outs, book.Entries.Count(entry => entry.Kind is TransactionKind.TransferOut));
                Interlocked.Add(ref splits, book.Facts.Values.Sum(facts => facts.Splits.Count));
                return book.Ledger.Stocks.All(stock => stock.Position.OversoldOn is null);
            },
            iter: Cases
        );
        sales.Should().BeGreaterThan(500);
        splits.Should().BeGreaterThan(500);
        outs.Should().BeGreaterThan(100);
    }

    [Fact]
    public void A_position_up_to_a_day_knows_nothing_later() =>
        Gen.Select(Plan.Any, Gen.Int[1, Plan.Days])
            .Sample(
                (plan, number) =>
                {
                    var (book, day) = (plan.ToBook(), Book.Day(number));
                    return book.Ledger.Stocks.All(stock =>
                    {
                        var until = Position.Of(stock.Entries, stock.Facts.Splits, book.Portfolio.CostMethod, Currency.Usd, day);
                        return until.Steps.SequenceEqual(stock.Position.Steps.Where(step => step.From <= day))
                            && until.Realised.SequenceEqual(stock.Position.Realised.Where(lot => lot.SoldOn <= day));
                    });
                },
                iter: Cases
            );
}
