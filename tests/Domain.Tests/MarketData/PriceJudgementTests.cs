using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.MarketData;

public sealed class PriceJudgementTests
{
    private static readonly Id<Stock> Stock = new(Guid.Parse("01a2056a-1b12-7c92-867d-0d513e1ab1df"));

    // Days from 0; each case names the days that are held.
    public static TheoryData<string, decimal[], int[]> Cases { get; } =
        new()
        {
            { "nothing leaps", [10, 11, 9, 10], [] },
            { "one high in the middle", [10, 1001, 10, 11], [1] },
            { "one low in the middle", [10, 0.0999m, 10, 11], [1] },
            { "cents for dollars, while the price moves", [10, 1000, 10.4m], [1] },
            { "dollars for cents, while the price moves", [10, 0.104m, 10.5m], [1] },
            { "exactly fifty times is no leap", [10, 500, 10], [] },
            { "the last one", [10, 10, 1001], [2] },
            { "a level that lasts", [10, 10, 1001, 1000], [] },
            { "the first one: nobody knows which side is wrong", [1001, 10, 10], [] },
            { "two in a row last, and the end leaps from them", [10, 1001, 1001, 10], [3] },
            { "one in the middle does not make the last one leap", [10, 1001, 10], [1] },
            { "two apart", [10, 1001, 10, 1001, 10], [1, 3] },
            { "neighbours that do not agree", [1, 1001, 500_000, 500_000], [] },
            { "one alone", [10], [] },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Closes_that_stand_alone_are_held(string what, decimal[] closes, int[] held) =>
        Held(closes.Select((close, day) => new KnownClose(Day(day), close))).Should().Equal(held, "{0}", what);

    [Fact]
    public void A_split_explains_a_leap_only_with_its_own_ratio()
    {
        KnownClose[] closes = [new(Day(0), 10), new(Day(1), 2000), new(Day(2), 2000), new(Day(3), 1)];

        Held(closes, new Split(Stock, Day(1), 200, 1), new Split(Stock, Day(3), 1, 2000)).Should().BeEmpty();
        // 1 to 15 makes 2000 expect 133.3; 1 is less than a fiftieth of that.
        Held(closes, new Split(Stock, Day(1), 200, 1), new Split(Stock, Day(3), 1, 15)).Should().Equal(3);
    }

    [Fact]
    public void What_an_operator_vouches_for_is_not_held_and_nothing_is_measured_by_it()
    {
        KnownClose[] closes = [new(Day(0), 10), new(Day(1), 5000, Trusted: true), new(Day(2), 11)];
        Held(closes).Should().BeEmpty();
        Held([.. closes, new(Day(3), 5001)]).Should().Equal(3);
    }

    [Fact]
    public void The_order_in_which_closes_are_given_does_not_matter()
    {
        var dice = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var closes = Enumerable.Range(0, 12).Select(day => new KnownClose(Day(day), dice.Next(4) == 0 ? 5000 : 10)).ToArray();
            var expected = Held(closes);
            dice.Shuffle(closes);
            Held(closes).Should().Equal(expected);
        }
    }

    private static DateOnly Day(int day) => new DateOnly(2025, 3, 3).AddDays(day);

    private static IEnumerable<int> Held(IEnumerable<KnownClose> closes, params Split[] splits) =>
        PriceJudgement.Unbelievable(closes, splits).Select(day => day.DayNumber - Day(0).DayNumber).Order();
}
