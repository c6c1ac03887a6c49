using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class OverrideStockPriceTests(ToldApp.App app)
{
    [Fact]
    public async Task A_price_set_by_hand_wins_over_what_the_provider_says_later()
    {
        var company = app.New().Bar(3, 10).Bar(4, 20);
        var stock = await app.Fetch(company);

        var set = (await Put(stock, "2025-03-04", """{"close":"12.5","open":"12","reason":"typo"}""")).Is(200);
        (await Put(stock, "2025-03-04", """{"close":"12.5","open":"12","reason":"again"}""")).Is(200);
        await app.Fetch(company.Bar(4, 21));

        (set.Text("values.high"), set.Text("values.low"), set.Text("values.volume")).Should().Be(("12.5", "12", "0"));
        (set.Text("provider.close"), set.Text("by"), set.Text("reason")).Should().Be(("20", await app.Caller(), "typo"));
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-04", 12.5m));
        (await app.Corrections(stock)).Should().Equal($"2025-03-04 20>12.5 manual {await app.Caller()}");
    }

    [Fact]
    public async Task A_day_without_a_price_gets_one()
    {
        var stock = await app.Fetch(app.New().Bar(3, 10));

        (await Put(stock, "2025-03-05", """{"close":"11","reason":"missing"}"""))
            .Is(200)
            .At("provider")
            .ValueKind.Should()
            .Be(System.Text.Json.JsonValueKind.Null);

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-05", 11m));
    }

    [Theory]
    [InlineData("""{"close":"0","reason":""}""", "open,high,low,close,reason")]
    [InlineData("""{"close":"1","low":"2","reason":"x"}""", "low")]
    [InlineData("""{"close":"1.123456789","reason":"x"}""", "open,high,low,close")]
    [InlineData("""{"close":"1","volume":"-1","reason":"x"}""", "volume")]
    [InlineData("""{"reason":"x"}""", "close")]
    public async Task What_can_not_be_is_refused(string body, string paths) =>
        (await Put(Guid.NewGuid().ToString(), "2025-03-05", body)).IsInvalid(paths.Split(','));

    [Fact]
    public async Task The_future_and_unknown_stocks_have_no_price()
    {
        const string Body = """{"close":"1","reason":"x"}""";
        (await Put(Guid.NewGuid().ToString(), "2026-07-01", Body)).IsInvalid("date");
        (await Put(Guid.NewGuid().ToString(), "2026-06-30", Body)).IsProblem(404, "stock.notFound");
    }

    private Task<Answer> Put(string stock, string date, string body) => app.Api.Send(HttpMethod.Put, $"stocks/{stock}/prices/{date}", body);
}
