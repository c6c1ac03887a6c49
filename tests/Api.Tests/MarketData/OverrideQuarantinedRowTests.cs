using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class OverrideQuarantinedRowTests(ToldApp.App app)
{
    [Fact]
    public async Task The_true_price_goes_in_and_stays_whatever_is_told_later()
    {
        var company = app.New().Bar(3, 10).Bad(4, RowReasons.HighBelowLow, close: 10, high: 9);
        var stock = await app.Fetch(company);
        var id = (await app.OnlyRow(company)).Text("id");

        var row = await app.Api.Post($"market-data/quarantine/{id}/override", new { close = "10.25", reason = "the exchange says so" });
        await app.Fetch(company.Bar(4, 10.75m));

        row.Is(200).Text("status").Should().Be("overridden");
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-04", 10.25m));
        (await app.Corrections(stock)).Should().Equal($"2025-03-04 ->10.25 manual {await app.Caller()}");
    }

    [Theory]
    [InlineData("""{"reason":"x"}""", "close")]
    [InlineData("""{"reason":"x","close":"-1"}""", "open,high,low,close")]
    [InlineData("""{"reason":"x","close":"10","high":"9"}""", "high")]
    [InlineData("""{"reason":"x","from":"2","to":"2"}""", "to")]
    [InlineData("""{"reason":"x","from":"0"}""", "from,to")]
    public async Task Values_that_can_not_be_are_refused(string body, string paths) =>
        (await app.Api.Post($"market-data/quarantine/{Guid.NewGuid()}/override", body)).IsInvalid(paths.Split(','));

    [Fact]
    public async Task A_split_is_no_price()
    {
        var company = app.New().Bar(3, 10).Bad(4, RowReasons.HighBelowLow, close: 10, high: 9);
        await app.Fetch(company);
        var id = (await app.OnlyRow(company)).Text("id");
        var split = """{"reason":"x","from":"1","to":"2"}""";

        (await app.Api.Post($"market-data/quarantine/{id}/override", split)).IsProblem(422, "quarantine.notStorable");

        (await app.OnlyRow(company)).Text("status").Should().Be("held");
    }
}
