using CleanPortfolio.Domain.Currencies;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Currencies;

public class RateBookTests
{
    private static readonly DateOnly Monday = new(2026, 1, 5);
    private static readonly Currency Euro = Currency.Parse("EUR");
    private static readonly Currency Pound = Currency.Parse("GBP");
    private static readonly Currency Yen = Currency.Parse("JPY");
    private static readonly Currency Franc = Currency.Parse("CHF");
    private static readonly Currency Usd = Currency.Usd;

    [Fact]
    public void A_rate_is_carried_over_days_without_one_and_unknown_before_the_first()
    {
        var book = Book(Series(Euro, Usd, (0, 1.10m), (4, 1.12m)));

        Value(book, Euro, Usd, -1).Should().BeNull();
        Value(book, Euro, Usd, 0).Should().Be(1.10m);
        Value(book, Euro, Usd, 3).Should().Be(1.10m);
        Value(book, Euro, Usd, 4).Should().Be(1.12m);
        Value(book, Euro, Usd, 4000).Should().Be(1.12m);
        book.On(Euro, Usd, Monday.AddDays(3))!.Value.Date.Should().Be(Monday);
    }

    [Fact]
    public void Within_one_currency_it_is_one_even_in_an_empty_book()
    {
        RateBook.None.On(Yen, Yen, Monday).Should().Be(Rate.One);
        RateBook.None.Legs(Yen, Yen, Monday).Should().BeEmpty();
        RateBook.None.On(Yen, Usd, Monday).Should().BeNull();
        RateBook.None.Legs(Yen, Usd, Monday).Should().BeNull();
    }

    // 1 / 1.25 = 0.8.
    [Fact]
    public void The_other_direction_is_the_inverse()
    {
        var book = Book(Series(Euro, Usd, (0, 1.25m)));

        Value(book, Usd, Euro, 0).Should().Be(0.8m);
        book.Legs(Usd, Euro, Monday).Should().Equal(new RateLeg(Euro, Usd, Monday, 1.25m, Inverted: true));
    }

    [Fact]
    public void Of_both_directions_the_newer_counts_and_on_one_day_the_one_asked_for()
    {
        var book = Book(Series(Euro, Usd, (0, 1.25m), (5, 1.6m)), Series(Usd, Euro, (0, 0.75m), (2, 0.5m)));

        Value(book, Euro, Usd, 0).Should().Be(1.25m);
        Value(book, Usd, Euro, 0).Should().Be(0.75m);
        Value(book, Euro, Usd, 3).Should().Be(2m, "half a euro a dollar is newer");
        Value(book, Usd, Euro, 6).Should().Be(0.625m, "1.6 dollars a euro is newer");
    }

    // 1 pound = 1.28 dollars, 1 dollar = 150 yen: 192 yen. Back 1 / 192 = 0.00520833...
    [Theory]
    [InlineData(7, 0.85)] // not stale yet
    [InlineData(8, 0.8)] // 1.2 / 1.5
    public void A_stale_pair_gives_way_to_a_fresher_cross(int day, double expected)
    {
        var book = Book(Series(Euro, Pound, (0, 0.85m)), Series(Euro, Usd, (6, 1.2m)), Series(Pound, Usd, (5, 1.5m)));

        Value(book, Euro, Pound, day).Should().Be((decimal)expected);
    }

    [Fact]
    public void A_stale_pair_stays_while_no_cross_is_fresher()
    {
        var book = Book(Series(Euro, Pound, (5, 0.85m)), Series(Euro, Usd, (40, 1.2m)), Series(Pound, Usd, (4, 1.5m)));

        Value(book, Euro, Pound, 50).Should().Be(0.85m);
    }

    [Fact]
    public void A_pair_that_is_not_stored_is_crossed_through_the_dollar_first()
    {
        var book = Book(
            Series(Pound, Usd, (1, 1.28m)),
            Series(Usd, Yen, (0, 150)),
            Series(Euro, Pound, (2, 0.8m)),
            Series(Euro, Yen, (2, 160))
        );

        Value(book, Pound, Yen, 2).Should().Be(192m);
        Value(book, Yen, Pound, 2).Should().Be(0.0052083333m);
        book.On(Pound, Yen, Monday.AddDays(2))!.Value.Date.Should().Be(Monday, "the older leg dates it");
        book.Legs(Yen, Pound, Monday.AddDays(2))
            .Should()
            .Equal(new RateLeg(Usd, Yen, Monday, 150, true), new RateLeg(Pound, Usd, Monday.AddDays(1), 1.28m, true));
    }

    // 160 / 0.8 = 200.
    [Fact]
    public void Where_the_dollar_does_not_lead_the_euro_does()
    {
        var book = Book(Series(Euro, Pound, (0, 0.8m)), Series(Euro, Yen, (0, 160)), Series(Usd, Yen, (0, 150)));

        Value(book, Pound, Yen, 0).Should().Be(200m);
        Value(book, Pound, Franc, 0).Should().BeNull();
    }

    // 250 pence at 1.28 dollars a pound are 3.2 dollars; a dollar is 78.125 pence; 1 agora is 100th of a shekel.
    [Fact]
    public void Minor_units_are_a_hundredth_of_their_major_one()
    {
        var (penny, agora) = (Currency.Parse("GBp"), Currency.Parse("ILA"));
        var book = Book(Series(Pound, Usd, (0, 1.28m)), Series(Usd, Currency.Parse("ILS"), (0, 4)));

        book.On(penny, Usd, Monday)!.Value.Convert(250).Should().Be(3.2m);
        Value(book, Usd, penny, 0).Should().Be(78.125m);
        Value(book, penny, agora, 0).Should().Be(5.12m);
        Value(book, penny, Pound, 0).Should().Be(0.01m);
        RateBook.None.On(Pound, penny, Monday)!.Value.ToDecimal().Should().Be(100m);
        RateBook.None.On(Pound, penny, Monday)!.Value.Date.Should().BeNull();
        book.Legs(penny, agora, Monday).Should().HaveCount(4);
        book.Legs(penny, Yen, Monday).Should().BeNull();
    }

    [Fact]
    public void A_pair_belongs_in_a_book_once()
    {
        var twice = () => Book(Series(Euro, Usd, (0, 1)), Series(Euro, Usd, (0, 2)));
        twice.Should().Throw<ArgumentException>();
        var crooked = () => new RateSeries(Euro, Usd, [1, 2], [1m]);
        crooked.Should().Throw<ArgumentException>();
    }

    /// <summary>Any currencies, some of them minor units, each with rates to the dollar on days of its own.</summary>
    private static readonly Gen<(RateBook Book, Currency[] Currencies, DateOnly Day)> AnyBook =
        from euro in AnySeries(Euro)
        from pound in AnySeries(Pound)
        from yen in AnySeries(Yen)
        from day in Gen.Int[0, 40]
        select (new RateBook([euro, pound, yen], 1), new[] { Euro, Pound, Yen, Usd, Currency.Parse("GBX") }, Monday.AddDays(day));

    [Fact]
    public void There_and_back_is_where_it_was() =>
        AnyBook.Sample(
            x =>
                x.Currencies.All(a =>
                    x.Currencies.All(b => x.Book.On(a, b, x.Day) is not { } there || (there * x.Book.On(b, a, x.Day)!.Value).IsOne)
                ),
            iter: 1_000
        );

    [Fact]
    public void Crossed_rates_go_round_a_triangle_without_a_rest() =>
        AnyBook.Sample(
            x =>
                (
                    from a in x.Currencies
                    from b in x.Currencies
                    let step = x.Book.On(a, b, x.Day)
                    where step is not null
                    from c in x.Currencies
                    let next = x.Book.On(b, c, x.Day)
                    where next is not null
                    select (step.Value * next.Value * x.Book.On(c, a, x.Day)!.Value).IsOne
                ).All(one => one),
            iter: 1_000
        );

    [Fact]
    public void The_legs_multiply_to_the_rate_and_their_oldest_day_is_its_day() =>
        AnyBook.Sample(
            x =>
                (
                    from a in x.Currencies
                    from b in x.Currencies
                    let rate = x.Book.On(a, b, x.Day)
                    where rate is not null && a != b
                    let legs = x.Book.Legs(a, b, x.Day)!
                    let product = legs.Aggregate(
                        Rate.One,
                        (sum, leg) => sum * (leg.Inverted ? Rate.Of(leg.Value).Inverse() : Rate.Of(leg.Value))
                    )
                    select product.ToDecimal() == rate.Value.ToDecimal() && legs.Min(leg => leg.Date) == rate.Value.Date
                ).All(same => same),
            iter: 1_000
        );

    [Fact]
    public void On_every_day_the_last_rate_before_it_is_in_force() =>
        AnySeries(Euro)
            .Sample(
                series =>
                {
                    (DateOnly, decimal)? last = null;
                    for (var day = Monday; day < Monday.AddDays(60); day = day.AddDays(1))
                    {
                        var found = series.On(day);
                        if (found?.Date == day)
                            last = found;
                        if (found != last)
                            return false;
                    }
                    return true;
                },
                iter: 1_000
            );

    private static Gen<RateSeries> AnySeries(Currency currency) =>
        Gen.Select(Gen.Int[0, 45].Array[0, 20], Gen.Long[1, 100_000_000_000].Array[20])
            .Select(
                (days, rates) =>
                {
                    int[] sorted = [.. days.Distinct().Order().Select(day => Monday.DayNumber + day)];
                    return new RateSeries(currency, Usd, sorted, [.. rates.Take(sorted.Length).Select(rate => rate / 1e7m)]);
                }
            );

    private static RateBook Book(params RateSeries[] series) => new(series, 1);

    private static RateSeries Series(Currency @base, Currency quote, params (int Day, decimal Rate)[] rates) =>
        new(@base, quote, [.. rates.Select(rate => Monday.DayNumber + rate.Day)], [.. rates.Select(rate => rate.Rate)]);

    private static decimal? Value(RateBook book, Currency from, Currency to, int day) =>
        book.On(from, to, Monday.AddDays(day))?.ToDecimal();
}
