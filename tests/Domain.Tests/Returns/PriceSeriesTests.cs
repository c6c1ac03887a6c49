using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public class PriceSeriesTests
{
    private static readonly PriceSeries Series = Book.Series((3, 10m), (4, 12m), (8, 6.00000001m));
    private static readonly Id<Stock> Stock = Id<Stock>.New(DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(3, 3, 10)]
    [InlineData(4, 4, 12)]
    [InlineData(7, 4, 12)]
    public void The_last_close_is_carried_forward(int day, int of, int price) =>
        Series.On(Book.Day(day), []).Should().Be(new Quote(Book.Day(of), price));

    [Fact]
    public void There_is_no_price_before_the_first()
    {
        Series.On(Book.Day(2), []).Should().BeNull();
        PriceSeries.None.On(Book.Day(2), []).Should().BeNull();
    }

    [Fact]
    public void A_close_is_kept_to_eight_decimals() => Series.On(Book.Day(99), [])!.Value.Price.Should().Be(6.00000001m);

    [Theory]
    [InlineData(5, "12")] // the day before the split: old shares
    [InlineData(6, "3")] // 12 x 1 / 4
    [InlineData(7, "3")]
    [InlineData(8, "6.00000001")] // traded in new shares
    public void A_close_carried_over_a_split_is_in_new_shares(int day, string price) =>
        Series
            .On(Book.Day(day), [new Split(Stock, Book.Day(6), 1, 4)])!
            .Value.Price.ToString(System.Globalization.CultureInfo.InvariantCulture)
            .Should()
            .Be(price);

    [Fact]
    public void A_close_of_the_execution_day_is_left_alone() =>
        Series.On(Book.Day(5), [new Split(Stock, Book.Day(4), 1, 4)])!.Value.Price.Should().Be(12);

    [Fact]
    public void A_carried_close_is_half_even_to_eight_decimals() =>
        Book.Series((1, 1m)).On(Book.Day(9), [new Split(Stock, Book.Day(2), 1, 3)])!.Value.Price.Should().Be(0.33333333m);

    [Fact]
    public void A_carried_close_never_rounds_to_nothing()
    {
        var series = Book.Series((1, 0.00000001m));
        Split[] splits = [new(Stock, Book.Day(2), 1, 100)];
        var closes = new long[1];
        series.FillForward(new Timeline(Book.Day(2), Book.Day(2)), splits, closes);

        series.On(Book.Day(2), splits)!.Value.Price.Should().Be(0.00000001m);
        closes.Should().Equal(1);
    }

    [Fact]
    public void Filling_forward_agrees_with_asking_each_day() =>
        Gen.Select(
                Gen.Select(Gen.Int[1, 40], Gen.Long[1, 1_000_000_000_000]).Array[0, 15],
                Gen.Select(Gen.Int[1, 40], Gen.Int[1, 7], Gen.Int[1, 7]).Array[0, 4],
                Gen.Int[1, 40],
                Gen.Int[0, 30]
            )
            .Sample(
                (closes, cuts, first, length) =>
                {
                    var series = Book.Series([
                        .. closes
                            .DistinctBy(close => close.Item1)
                            .OrderBy(close => close.Item1)
                            .Select(close => (close.Item1, close.Item2 / 1e8m)),
                    ]);
                    var splits = cuts.OrderBy(cut => cut.Item1)
                        .Select(cut => new Split(Stock, Book.Day(cut.Item1), cut.Item2, cut.Item3))
                        .ToList();
                    var timeline = new Timeline(Book.Day(first), Book.Day(first + length));
                    var filled = new long[timeline.Length];
                    series.FillForward(timeline, splits, filled);
                    return Enumerable
                        .Range(0, timeline.Length)
                        .All(i => filled[i] == (series.On(timeline[i], splits) is { } quote ? PriceSeries.Scaled(quote.Price) : 0));
                },
                iter: 3_000
            );

    [Fact]
    public void Days_that_are_replaced_give_way_to_those_of_the_range_and_to_no_others()
    {
        var series = new PriceSeries([1, 3, 5, 7], [10, 30, 50, 70]);

        Of(series.Replace(Day(3), Day(6), new PriceSeries([4, 6], [41, 61]))).Should().Equal((1, 10), (4, 41), (6, 61), (7, 70));
        Of(series.Replace(Day(0), Day(0), new PriceSeries([0], [1]))).Should().Equal((0, 1), (1, 10), (3, 30), (5, 50), (7, 70));
        Of(series.Replace(Day(8), Day(9), new PriceSeries([9], [90]))).Should().Equal((1, 10), (3, 30), (5, 50), (7, 70), (9, 90));
        Of(series.Replace(Day(0), Day(9), PriceSeries.None)).Should().BeEmpty();
        Of(PriceSeries.None.Replace(Day(0), Day(9), series)).Should().Equal(Of(series));

        static DateOnly Day(int number) => DateOnly.FromDayNumber(number);
        static List<(int, long)> Of(PriceSeries series) => [.. series.Days.ToArray().Zip(series.Closes.ToArray())];
    }

    [Fact]
    public void Lengths_that_differ_are_refused_at_once()
    {
        var making = () => new PriceSeries([1], []);
        var filling = () => Series.FillForward(new Timeline(Book.Day(1), Book.Day(2)), [], new long[3]);

        making.Should().Throw<ArgumentException>();
        filling.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_timeline_counts_both_ends()
    {
        var timeline = new Timeline(Book.Day(1), Book.Day(60));

        timeline.Length.Should().Be(60);
        timeline[59].Should().Be(Book.Day(60));
        timeline.IndexOf(Book.Day(60)).Should().Be(59);
        timeline.IndexOf(Book.Day(0)).Should().Be(-1);
    }
}
