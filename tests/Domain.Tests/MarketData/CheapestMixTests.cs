using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Domain.Tests.MarketData;

public sealed class CheapestMixTests
{
    private static readonly DateOnly First = new(2025, 3, 3);

    [Fact]
    public void Few_tickers_and_many_days_are_asked_ticker_by_ticker()
    {
        var mix = Mix(("A", [0, 1, 2]), ("B", [0, 1, 2]));

        mix.Tickers.Should().Equal("A", "B");
        mix.Days.Should().BeEmpty();
    }

    [Fact]
    public void Many_tickers_and_few_days_are_asked_day_by_day()
    {
        var mix = Mix(("A", [0, 1]), ("B", [0, 1]), ("C", [0, 1]));

        mix.Tickers.Should().BeEmpty();
        mix.Days.Should().Equal(Day(0), Day(1));
    }

    [Fact]
    public void At_the_same_price_tickers_are_preferred()
    {
        Mix(("A", [0])).Tickers.Should().Equal("A");
        Mix(("A", [0, 1]), ("B", [0, 1])).Tickers.Should().Equal("A", "B");
    }

    [Fact]
    public void One_ticker_without_history_and_one_day_of_all_the_others_cost_two_calls()
    {
        // Z lacks four days, everybody lacks the last of them: one call for Z, one for that day.
        var mix = Mix(("Z", [0, 1, 2, 3]), ("A", [3]), ("B", [3]), ("C", [3]));

        mix.Tickers.Should().Equal("Z");
        mix.Days.Should().Equal(Day(3));
        mix.Calls.Should().Be(2);
    }

    [Fact]
    public void Nothing_missing_costs_nothing() => Mix(("A", []), ("B", [])).Calls.Should().Be(0);

    [Fact]
    public void No_mix_is_cheaper_and_every_cell_is_covered()
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var dice = new Random(seed);
            var (tickers, days, chance) = (dice.Next(1, 7), dice.Next(1, 7), dice.NextDouble());
            var needs = Enumerable
                .Range(0, tickers)
                .Select(t => ($"T{t}", Enumerable.Range(0, days).Where(_ => dice.NextDouble() < chance).ToArray()))
                .ToArray();

            var mix = Mix(needs);

            foreach (var (ticker, missing) in needs)
                missing.Where(day => !mix.Tickers.Contains(ticker) && !mix.Days.Contains(Day(day))).Should().BeEmpty("seed {0}", seed);
            mix.Calls.Should().BeLessThanOrEqualTo(Math.Min(tickers, days), "seed {0}", seed);
            mix.Calls.Should().Be(Cheapest(needs, days), "seed {0}", seed);
        }
    }

    [Fact]
    public void Two_thousand_tickers_with_days_of_their_own_are_planned()
    {
        var dice = new Random(1);
        var needs = Enumerable
            .Range(0, 2000)
            .Select(t =>
            {
                var first = dice.Next(0, 450);
                return ($"T{t}", Enumerable.Range(first, 500 - first).ToArray());
            })
            .ToArray();

        Mix(needs).Calls.Should().Be(500);
    }

    // Every choice of days; the tickers that still lack something are asked for one by one.
    private static int Cheapest((string Ticker, int[] Days)[] needs, int days) =>
        Enumerable
            .Range(0, 1 << days)
            .Min(chosen =>
                System.Numerics.BitOperations.PopCount((uint)chosen) + needs.Count(need => need.Days.Any(day => (chosen & (1 << day)) == 0))
            );

    private static CheapestMix Mix(params (string Ticker, int[] Days)[] needs) =>
        CheapestMix.Of([.. needs.Select(need => new TickerNeed(need.Ticker, [.. need.Days.Select(Day)]))]);

    private static DateOnly Day(int number) => First.AddDays(number);
}
