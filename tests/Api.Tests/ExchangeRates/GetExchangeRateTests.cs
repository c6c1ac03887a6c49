using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.ExchangeRates;

[Collection(LedgerApp.Name)]
public sealed class GetExchangeRateTests(TestApp app)
{
    [Fact]
    public async Task A_stored_rate_is_answered_as_it_is_and_carried_over_days_without_one()
    {
        await app.Store(("KES", "UGX", "2026-01-02", "27.95"), ("KES", "UGX", "2026-01-05", "28.05"));

        var friday = (await app.Api.Get("exchange-rates/convert?from=KES&to=UGX&date=2026-01-04")).Is(200);
        var monday = (await app.Api.Get("exchange-rates/convert?from=KES&to=UGX&date=2026-01-05")).Is(200);

        (friday.Exact("rate"), friday.Text("rateDate"), friday.Text("date")).Should().Be((27.95m, "2026-01-02", "2026-01-04"));
        friday.Text("reason").Should().BeNull();
        Legs(friday).Should().Equal("KES UGX 2026-01-02 27.95 straight");
        (monday.Exact("rate"), monday.Text("rateDate")).Should().Be((28.05m, "2026-01-05"));
    }

    // 1 / 27.95 = 0.03577817531305903..., half-even to 10 decimals 0.0357781753.
    [Fact]
    public async Task The_other_direction_is_the_inverse()
    {
        await app.Store(("KES", "TZS", "2026-01-02", "27.95"));

        var answer = (await app.Api.Get("exchange-rates/convert?from=TZS&to=KES&date=2026-01-02")).Is(200);

        answer.Exact("rate").Should().Be(0.0357781753m);
        Legs(answer).Should().Equal("KES TZS 2026-01-02 27.95 inverted");
    }

    // 1 / 3.67 / 0.0625 = 4.35967302452316..., dated by the older of the two.
    [Fact]
    public async Task A_pair_that_is_not_stored_is_crossed_through_the_dollar()
    {
        await app.Store(("GHS", "USD", "1995-01-03", "0.0625"), ("USD", "AED", "1995-01-05", "3.67"));

        var answer = (await app.Api.Get("exchange-rates/convert?from=AED&to=GHS&date=1995-01-06")).Is(200);

        answer.Exact("rate").Should().Be(4.3596730245m);
        answer.Text("rateDate").Should().Be("1995-01-03");
        Legs(answer).Should().Equal("USD AED 1995-01-05 3.67 inverted", "GHS USD 1995-01-03 0.0625 inverted");
    }

    // 100 pence are a pound: at 58.4 rupees a pound a penny is 0.584.
    [Fact]
    public async Task Minor_units_are_converted_by_the_hundred()
    {
        await app.Store(("GBP", "MUR", "2026-01-02", "58.4"));

        var penny = (await app.Api.Get("exchange-rates/convert?from=GBp&to=MUR&date=2026-01-02")).Is(200);
        var pound = (await app.Api.Get("exchange-rates/convert?from=MUR&to=GBX&date=2026-01-02")).Is(200);
        var hundred = (await app.Api.Get("exchange-rates/convert?from=GBP&to=GBX")).Is(200);

        (penny.Exact("rate"), penny.Text("from")).Should().Be((0.584m, "GBX"));
        Legs(penny).Should().Equal("GBP GBX  100 inverted", "GBP MUR 2026-01-02 58.4 straight");
        pound.Exact("rate").Should().Be(1.7123287671m); // 100 / 58.4 = 1.71232876712...
        Legs(pound).Should().Equal("GBP MUR 2026-01-02 58.4 inverted", "GBP GBX  100 straight");
        (hundred.Exact("rate"), hundred.Text("rateDate"), hundred.Text("reason")).Should().Be((100m, null, null));
    }

    [Fact]
    public async Task Within_one_currency_it_is_one_without_a_leg()
    {
        var answer = (await app.Api.Get("exchange-rates/convert?from=USD&to=USD")).Is(200);

        (answer.Exact("rate"), answer.Text("date"), answer.Text("reason")).Should().Be((1m, "2026-06-30", null));
        Legs(answer).Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_rate_is_null_and_never_one()
    {
        await app.Store(("KES", "ETB", "2026-01-02", "1.1"));

        foreach (var query in new[] { "from=KES&to=ETB&date=2026-01-01", "from=KES&to=SBD&date=2026-01-02", "from=SBD&to=TOP" })
        {
            var answer = (await app.Api.Get($"exchange-rates/convert?{query}")).Is(200);

            (answer.Text("rate"), answer.Text("rateDate"), answer.Text("reason")).Should().Be((null, null, "fxRateMissing"), query);
            Legs(answer).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("2026-01-09", null)]
    [InlineData("2026-01-10", "fxRateStale")]
    public async Task A_rate_is_stale_after_seven_days(string date, string? reason)
    {
        await app.Store(("KES", "RWF", "2026-01-02", "11.2"));

        var answer = (await app.Api.Get($"exchange-rates/convert?from=KES&to=RWF&date={date}")).Is(200);

        (answer.Exact("rate"), answer.Text("reason")).Should().Be((11.2m, reason));
    }

    [Fact]
    public async Task A_correction_is_seen_at_once()
    {
        await app.Store(("KES", "MZN", "2026-01-02", "0.49"));
        (await Rate()).Should().Be(0.49m);
        await app.Store(("KES", "MZN", "2026-01-02", "0.5"));
        (await Rate()).Should().Be(0.5m);

        async Task<decimal?> Rate() => (await app.Api.Get("exchange-rates/convert?from=KES&to=MZN&date=2026-01-02")).Exact("rate");
    }

    [Theory]
    [InlineData("to=EUR", "from")]
    [InlineData("from=EUR", "to")]
    [InlineData("from=EUR&to=XXX", "to")]
    [InlineData("from=EUR&to=USD&date=2026-02-30", "date")]
    [InlineData("from=EUR&to=USD&date=1899-12-31", "date")]
    [InlineData("from=EUR&to=USD&date=2026-07-02", "date")]
    public async Task What_is_no_conversion_is_refused(string query, string path) =>
        (await app.Api.Get($"exchange-rates/convert?{query}")).IsInvalid(path);

    private static IEnumerable<string> Legs(Answer answer) =>
        answer
            .At("legs")
            .EnumerateArray()
            .Select(leg =>
                $"{leg.Text("base")} {leg.Text("quote")} {leg.Text("date")} {leg.Text("rate")} "
                + (leg.At("inverted").GetBoolean() ? "inverted" : "straight")
            );
}
