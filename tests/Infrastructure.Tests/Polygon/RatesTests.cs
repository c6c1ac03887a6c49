using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

public sealed class RatesTests
{
    private static readonly Currency Euro = Currency.Parse("EUR");

    // The provider stamps 00:00 UTC, and 00:00 in New York would be 05:00 UTC in winter and 04:00 in summer. Clocks there changed on
    // 2024-03-10 and 2024-11-03.
    [Theory]
    [InlineData("2024-03-08T00:00:00Z", "2024-03-08")]
    [InlineData("2024-03-08T05:00:00Z", "2024-03-08")]
    [InlineData("2024-03-10T00:00:00Z", "2024-03-10")]
    [InlineData("2024-03-10T05:00:00Z", "2024-03-10")]
    [InlineData("2024-03-11T00:00:00Z", "2024-03-11")]
    [InlineData("2024-03-11T04:00:00Z", "2024-03-11")]
    [InlineData("2024-11-03T04:00:00Z", "2024-11-03")]
    [InlineData("2024-11-04T05:00:00Z", "2024-11-04")]
    [InlineData("2024-11-04T00:00:00Z", "2024-11-04")]
    public async Task The_day_of_a_rate_is_that_of_utc(string stamp, string day)
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(200, Page(Bar(stamp, "1.0921")));

        var rates = await Ask(client, day, day);

        rates.Rejected.Should().BeEmpty();
        rates.Good.Should().Equal(new ExchangeRate(Euro, Currency.Usd, Day(day), 1.0921m));
        provider.Calls.Should().ContainSingle().Which.PathAndQuery.Should().StartWith("/v2/aggs/ticker/C");
    }

    [Fact]
    public async Task A_neighbouring_day_that_comes_along_is_left_out_without_a_word_and_a_far_one_is_told()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(
            200,
            Page(
                Bar("2024-03-07T00:00:00Z", "1.01"),
                Bar("2024-03-08T00:00:00Z", "1.02"),
                Bar("2024-03-09T00:00:00Z", "1.03"),
                Bar("2024-03-11T00:00:00Z", "1.04")
            )
        );

        var rates = await Ask(client, "2024-03-08", "2024-03-08");

        rates.Good.Select(rate => rate.Rate).Should().Equal(1.02m);
        rates.Rejected.Should().ContainSingle().Which.Detail.Should().StartWith("2024-03-11");
    }

    [Fact]
    public async Task Rates_that_cannot_be_are_told_one_by_one_and_those_that_can_are_kept_to_ten_decimals()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        provider.Then(
            200,
            Page(
                Bar("2024-03-04T00:00:00Z", "0.00671234567891"),
                Bar("2024-03-05T00:00:00Z", "0"),
                Bar("2024-03-06T00:00:00Z", "-1.09"),
                Bar("2024-03-07T00:00:00Z", "\"1.09\""),
                Bar("2024-03-08T00:00:00Z", "100000001"),
                Bar("2024-03-10T00:00:00Z", "0.00000000001"),
                Bar("2024-03-11T00:00:00Z", "1.1").Replace("\"h\":1.1", "\"h\":1.0"),
                """{"c":1.09}""",
                Bar("2024-03-12T00:00:00Z", "1.0921e0").Replace("\"v\":5,", ""),
                Bar("2024-03-12T00:00:00Z", "1.5")
            )
        );

        var rates = await Ask(client, "2024-03-01", "2024-03-31");

        rates.Good.Select(rate => rate.Rate).Should().Equal(0.0067123457m, 1.0921m);
        rates.Rejected[^1].Detail.Should().Be("C:EURUSD 2024-03-12: told before, with other values; the first ones are kept");
        rates.Rejected.Should().HaveCount(8, "{0}", string.Join('\n', rates.Rejected.Select(row => row.Detail)));
    }

    [Fact]
    public async Task Pages_of_any_size_give_the_same_rates_of_every_day_but_saturdays()
    {
        await using var market = await Simulator.Start(new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) }, default);
        await using var whole = Client.Of(market);
        await using var pages = Client.Of(market, ("BarsPerPage", "7"));

        var expected = await Ask(whole, "2024-01-01", "2024-12-31");
        var got = await Ask(pages, "2024-01-01", "2024-12-31");

        got.Good.Should().Equal(expected.Good).And.HaveCount(366 - 52);
        got.Good.Should().OnlyContain(rate => rate.Date.DayOfWeek != DayOfWeek.Saturday);
        got.Rejected.Should().BeEmpty();
    }

    [Fact]
    public async Task A_pair_that_the_provider_does_not_know_has_no_rates()
    {
        await using var market = await Simulator.Start(new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) }, default);
        await using var client = Client.Of(market);

        var rates = await client.Ask((m, stop) => m.Rates(Euro, Currency.Parse("TOP"), Day("2024-01-01"), Day("2024-12-31"), stop));

        rates.Good.Should().BeEmpty();
        (await client.Ask((m, stop) => m.FindListing("C:EURTOP", false, stop))).Should().BeNull();
        (await client.Ask((m, stop) => m.FindListing("C:EURUSD", false, stop))).Should().NotBeNull();
    }

    private static Task<Rows<ExchangeRate>> Ask(Client client, string from, string to) =>
        client.Ask((market, stop) => market.Rates(Euro, Currency.Usd, Day(from), Day(to), stop));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Bar(string stamp, string close)
    {
        var t = DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        return $$"""{"v":5,"o":{{close}},"c":{{close}},"h":{{close}},"l":{{close}},"t":{{t}}}""";
    }

    private static string Page(params string[] rows) => $$"""{"status":"OK","results":[{{string.Join(',', rows)}}]}""";
}
