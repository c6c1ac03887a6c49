using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public class TotalReturnTests
{
    private const int LastDay = 60;
    private static readonly Id<Stock> Stock = Id<Stock>.New(DateTimeOffset.UnixEpoch);
    private static readonly (decimal From, decimal To)[] Ratios = [(1, 2), (3, 4), (5, 11), (1, 1.05m), (10, 1)];

    private static readonly Gen<Market> Markets = Gen.Select(
            Gen.Select(Gen.Int[1, LastDay], Gen.Decimal[10m, 500m]).Array[2, 30],
            Gen.Select(Gen.Int[2, LastDay], Gen.Int[0, Ratios.Length - 1]).Array[0, 3],
            Gen.Select(Gen.Int[2, LastDay], Gen.Decimal[0.01m, 5m]).Array[0, 6]
        )
        .Select((closes, splits, dividends) => new Market(closes, splits, dividends));

    [Fact]
    public void Levels_are_as_worked_out_by_hand()
    {
        // Day 4: 98 + 2 of 100, and 100 / 98 shares. Day 6: 1 a share is paid, then 2 for 1; day 7: 100 / 98 x (2 x 49 + 1) = 99 / 0.98.
        var prices = Book.Series((2, 100), (4, 98), (7, 49), (8, 98));
        var levels = Levels(prices, [new Split(Stock, Book.Day(6), 1, 2)], [Pays(2, 7), Pays(4, 2), Pays(6, 1), Pays(9, 5)], 1, 9);

        double[] expected = [0, 1, 1, 1, 1, 1, 0.99 / 0.98, 2 * 0.99 / 0.98, 2 * 0.99 / 0.98];
        for (var i = 0; i < expected.Length; i++)
            levels[i].Should().BeApproximately(expected[i], 1e-14, "day {0}", i + 1);
    }

    [Fact]
    public void It_begins_at_the_price_in_force_when_the_timeline_does()
    {
        // Bought on day 5 at the 50 that the 100 of day 2 are since the split; what was paid by then is another's.
        var prices = Book.Series((2, 100), (6, 51), (7, 60));

        Levels(prices, [new Split(Stock, Book.Day(4), 1, 2)], [Pays(5, 3), Pays(6, 4)], 5, 7)
            .Should()
            .Equal(1, 55 / 50.0, (1 + (4 / 51.0)) * 60 / 50);
    }

    [Fact]
    public void Without_any_price_there_is_no_level() => Levels(PriceSeries.None, [], [Pays(2, 1)], 1, 3).Should().Equal(0, 0, 0);

    [Fact]
    public void Levels_of_another_length_are_refused() =>
        FluentActions
            .Invoking(() => TotalReturn.Levels(PriceSeries.None, [], [], new Timeline(Book.Day(1), Book.Day(3)), new double[2]))
            .Should()
            .Throw<ArgumentException>();

    [Fact]
    public void The_daily_returns_of_the_adjusted_closes_are_the_growth_of_one_share_with_its_dividends_reinvested() =>
        Markets.Sample(
            market =>
            {
                var adjusted = AdjustedPrices.Of(market.Bars, market.Splits, market.Dividends);
                var product = 1.0;
                for (var i = 1; i < adjusted.Count; i++)
                    product *= (double)adjusted[i].Close / (double)adjusted[i - 1].Close;
                return Near(product, market.Growth());
            },
            iter: 1_000
        );

    [Fact]
    public void Levels_grow_as_one_share_with_its_dividends_reinvested() =>
        Markets.Sample(
            market =>
            {
                var first = market.Bars[0].Date.DayNumber - Book.Day(1).DayNumber + 1;
                var levels = Levels(market.Prices, market.Splits, market.Dividends, first, LastDay);
                return levels[0] == 1 && Near(levels[^1], market.Growth());
            },
            iter: 1_000
        );

    [Fact]
    public void Nothing_is_allocated()
    {
        var prices = Book.Series([.. Enumerable.Range(1, 200).Select(day => (day, 100m + day))]);
        Split[] splits = [new Split(Stock, Book.Day(50), 1, 2)];
        Dividend[] dividends = [Pays(20, 1), Pays(120, 1)];
        var timeline = new Timeline(Book.Day(1), Book.Day(220));
        var levels = new double[timeline.Length];
        TotalReturn.Levels(prices, splits, dividends, timeline, levels);

        var before = GC.GetAllocatedBytesForCurrentThread();
        TotalReturn.Levels(prices, splits, dividends, timeline, levels);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-7 * Math.Abs(b);

    private static Dividend Pays(int exDay, decimal amount) =>
        new(Id<Dividend>.New(DateTimeOffset.UnixEpoch), Stock, Book.Day(exDay), amount, Currency.Usd, "CD", null, null, null, null);

    private static double[] Levels(PriceSeries prices, IReadOnlyList<Split> splits, IReadOnlyList<Dividend> dividends, int from, int to)
    {
        var timeline = new Timeline(Book.Day(from), Book.Day(to));
        var levels = new double[timeline.Length];
        TotalReturn.Levels(prices, splits, dividends, timeline, levels);
        return levels;
    }

    private sealed class Market((int Day, decimal Close)[] closes, (int Day, int Ratio)[] splits, (int Day, decimal Amount)[] dividends)
    {
        public List<Bar> Bars { get; } =
        [
            .. closes
                .DistinctBy(close => close.Day)
                .OrderBy(close => close.Day)
                .Select(close => (close.Day, Price: decimal.Round(close.Close, 2)))
                .Select(close => new Bar(Book.Day(close.Day), close.Price, close.Price, close.Price, close.Price, 100)),
        ];

        public PriceSeries Prices =>
            new([.. Bars.Select(bar => bar.Date.DayNumber)], [.. Bars.Select(bar => PriceSeries.Scaled(bar.Close))]);

        public List<Split> Splits =>
            [
                .. splits
                    .DistinctBy(split => split.Day)
                    .OrderBy(split => split.Day)
                    .Select(split => new Split(Stock, Book.Day(split.Day), Ratios[split.Ratio].From, Ratios[split.Ratio].To))
                    .Where(split => split.ExecutionDate > Bars[0].Date && split.ExecutionDate <= Bars[^1].Date),
            ];

        public List<Dividend> Dividends =>
            [
                .. dividends
                    .Select(dividend => Pays(dividend.Day, decimal.Round(dividend.Amount, 2)))
                    .Where(dividend => dividend.ExDate > Bars[0].Date),
            ];

        /// <summary>Day by day with a purse: the morning's holding is paid, then split; the purse is emptied at the next close.</summary>
        public double Growth()
        {
            var (splitsThen, paidThen) = (Splits.ToLookup(split => split.ExecutionDate), Dividends.ToLookup(dividend => dividend.ExDate));
            var (shares, purse) = (1.0, 0.0);
            var priced = Bars.ToDictionary(bar => bar.Date, bar => (double)bar.Close);
            for (var day = Bars[0].Date.AddDays(1); day <= Bars[^1].Date; day = day.AddDays(1))
            {
                var paid = paidThen[day].Sum(dividend => shares * (double)dividend.Amount);
                foreach (var split in splitsThen[day])
                    shares = shares / (double)split.From * (double)split.To;
                purse += paid;
                if (!priced.TryGetValue(day, out var close))
                    continue;
                shares += purse / close;
                purse = 0;
            }
            return shares * priced[Bars[^1].Date] / priced[Bars[0].Date];
        }
    }
}
