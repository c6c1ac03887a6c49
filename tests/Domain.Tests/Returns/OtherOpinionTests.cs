using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CleanPortfolio.Testing.Naive;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>The engine against a plain day-by-day recomputation that shares no code with it.</summary>
public class OtherOpinionTests
{
    private const int Cases = 1_000;

    [Fact]
    public void Values_flows_and_every_part_of_the_gain_equal_the_other_opinion() =>
        Gen.Select(World.Known, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var book = world.ToBook();
                    var (range, naive) = (book.Range(days.From, days.To), book.Naive(days.To));
                    foreach (var line in range.Stocks)
                        Same(line.Figures, naive, line.Stock.Ticker, days, world);
                    Same(range.Cash, naive, NaiveLedger.Cash, days, world);
                    var flows = Enumerable.Range(days.From, days.To - days.From + 1).Select(naive.Flow).ToList();
                    Near(range.Total.Inflows!.Value, flows.Sum(flow => flow.In), "inflows", world);
                    Near(range.Total.Outflows!.Value, flows.Sum(flow => flow.Out), "outflows", world);
                    Near(range.Total.ClosingValue!.Value, naive.Value(days.To), "value", world);
                },
                iter: Cases
            );

    [Fact]
    public void Time_weighted_returns_and_contributions_equal_the_other_opinion() =>
        Gen.Select(World.Known, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var book = world.ToBook();
                    var naive = book.Naive(days.To);
                    var measures = RangeMeasures.Of([book.Ledger], Book.Day(days.From), Book.Day(days.To), FlowTiming.InAtStartOutAtEnd);
                    var (growth, contributed) = (1.0, book.Facts.Values.ToDictionary(facts => facts.Ticker, _ => 0.0));
                    for (var day = days.From; day <= days.To; day++)
                    {
                        var ((@in, @out), before, value) = (naive.Flow(day), naive.Value(day - 1), naive.Value(day));
                        var capital = before + @in;
                        if (Math.Abs(capital) < 1 && (capital != 0 || before != 0))
                            return; // too little for a quotient to be compared
                        if (capital < 0)
                        {
                            Assert.Equal(ReasonCodes.CapitalNotPositive, measures.Total.TimeWeighted.Reason);
                            return;
                        }
                        if (capital == 0)
                            continue;
                        foreach (var ticker in contributed.Keys)
                            contributed[ticker] += growth * (double)(Gain(naive, ticker, day) / capital);
                        growth *= (double)((value + @out) / capital);
                    }
                    Near((decimal)measures.Total.TimeWeighted.Value!.Value, (decimal)(growth - 1), "time-weighted", world);
                    foreach (var facts in book.Facts.Values.Where(facts => measures.Stocks.ContainsKey(facts.Id)))
                        Near(
                            (decimal)measures.Stocks[facts.Id].Contribution!.Value,
                            (decimal)contributed[facts.Ticker],
                            $"contribution of {facts.Ticker}",
                            world
                        );
                },
                iter: Cases
            );

    [Fact]
    public void Lots_and_realised_gains_equal_the_other_opinion() =>
        World.Known.Sample(
            world =>
            {
                var book = world.ToBook();
                var naive = book.Naive(World.Days);
                foreach (var (facts, position, _) in book.Ledger.Stocks)
                {
                    var (open, sales) = (naive.Lots(facts.Ticker), naive.Sales.Where(sale => sale.Stock == facts.Ticker).ToList());
                    Near(position.OpenLots.Sum(lot => lot.Quantity.ToDecimal()), open.Sum(lot => lot.Quantity), "quantity", world);
                    Near(position.OpenLots.Sum(lot => lot.Cost), open.Sum(lot => lot.Price + lot.Charges), "cost", world);
                    Near(position.OpenLots.Sum(lot => lot.LocalPrice), open.Sum(lot => lot.Local), "local price", world);
                    Near(position.Realised.Sum(lot => lot.FxGain), sales.Sum(sale => sale.Fx), "realised fx", world);
                    foreach (var day in sales.Select(sale => (sale.Sold, sale.Acquired)).Distinct())
                        Near(
                            position
                                .Realised.Where(lot => lot.SoldOn == Book.Day(day.Sold) && lot.AcquiredOn == Book.Day(day.Acquired))
                                .Sum(lot => lot.Gain),
                            sales.Where(sale => (sale.Sold, sale.Acquired) == day).Sum(sale => sale.Proceeds - sale.Cost),
                            $"gain of {day}",
                            world
                        );
                }
            },
            iter: Cases
        );

    private static decimal Gain(NaiveLedger naive, string ticker, int day) =>
        naive.On(ticker, day).Value - naive.On(ticker, day - 1).Value - naive.On(ticker, day).In + naive.On(ticker, day).Out;

    private static void Same(Figures figures, NaiveLedger naive, string line, (int From, int To) range, World world)
    {
        var days = Enumerable.Range(range.From, range.To - range.From + 1).Select(day => naive.On(line, day)).ToList();
        var (before, after, parts) = (naive.On(line, range.From - 1), naive.On(line, range.To), figures.Parts!);
        Near(figures.OpeningValue!.Value, before.Value, $"opening value of {line}", world);
        Near(figures.ClosingValue!.Value, after.Value, $"closing value of {line}", world);
        Near(figures.Inflows!.Value, days.Sum(day => day.In), $"inflows of {line}", world);
        Near(figures.Outflows!.Value, days.Sum(day => day.Out), $"outflows of {line}", world);
        Near(parts.Dividends, days.Sum(day => day.Dividends), $"dividends of {line}", world);
        Near(parts.Interest, days.Sum(day => day.Interest), $"interest of {line}", world);
        Near(parts.Fees, days.Sum(day => day.Fees), $"fees of {line}", world);
        Near(parts.Taxes, days.Sum(day => day.Taxes), $"taxes of {line}", world);
        var known = days.Sum(day => day.Dividends + day.Interest + day.Fees + day.Taxes);
        var gain = after.Value - before.Value - days.Sum(day => day.In - day.Out);
        if (line == NaiveLedger.Cash)
        {
            Near(parts.Fx, gain - known, "fx of cash", world);
            return;
        }
        var (realised, fx) = (days.Sum(day => day.Realised), days.Sum(day => day.Fx) + after.OpenFx - before.OpenFx);
        var unrealised = after.OpenPrice - before.OpenPrice + days.Sum(day => day.Delivered);
        Near(gain, realised + unrealised + fx + known, $"residual of the other opinion on {line}", world);
        Near(parts.RealisedPrice, realised, $"realised price of {line}", world);
        Near(parts.UnrealisedPrice, unrealised, $"unrealised price of {line}", world);
        Near(parts.Fx, fx, $"fx of {line}", world);
    }

    // 1e-9 of the figure: the engine rounds each amount to 1e-10, the other opinion none; a rate of a hundred makes that 1e-8.
    private static void Near(decimal figure, decimal expected, string what, World world)
    {
        var within = 1e-9m * Math.Max(10, Math.Abs(expected));
        if (Math.Abs(figure - expected) > within)
            Assert.Fail($"{what}: {figure} instead of {expected}\n{world}");
    }
}
