using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests;

public class OfficialClientTests
{
    [NodeTheory]
    [InlineData("polygon.mjs", "/v3/reference/splits")]
    [InlineData("massive.mjs", "/stocks/v1/splits")]
    public async Task The_providers_clients_page_through_tickers_bars_splits_and_dividends(string script, string splitsPath)
    {
        await using var served = await Served.Start();
        var market = served.Simulator.Market;
        var today = DateOnly.FromDateTime(Served.Noon.UtcDateTime);

        var read = JsonDocument.Parse(await NodeClients.Run(script, served.Simulator.BaseAddress)).RootElement;

        Texts(read, "tickers").Should().Equal(market.Stocks.Where(stock => stock.IsActive(today)).Select(stock => stock.Ticker));
        Texts(read, "splits")
            .Should()
            .Equal(market.Stocks.SelectMany(stock => stock.Splits).Select(split => split.Id).Order(StringComparer.Ordinal));
        Texts(read, "dividends")
            .Should()
            .Equal(
                market.Find("KO")!.Dividends.Where(paid => paid.Declared <= today).Select(paid => paid.Id).Order(StringComparer.Ordinal)
            );
        var bars = read.GetProperty("bars")
            .EnumerateArray()
            .Select(row => row.EnumerateArray().Skip(1).Select(value => value.GetDecimal()));
        bars.Select(row => string.Join(' ', row)).Should().Equal(Expected(market).Select(row => string.Join(' ', row)));
        served
            .Simulator.Calls.Count(call => call.Path.StartsWith("/v2/aggs", StringComparison.Ordinal))
            .Should()
            .Be(13, "505 bars make 13 pages of 40");
        served
            .Simulator.Calls.Should()
            .Contain(call => call.Path.StartsWith(splitsPath, StringComparison.Ordinal))
            .And.OnlyContain(call => call.Status == 200);
    }

    static IEnumerable<decimal[]> Expected(Market market)
    {
        var apple = market.Find("AAPL")!;
        return apple
            .Bars[apple.IndexFrom(new DateOnly(2019, 9, 1).DayNumber)..apple.IndexFrom(new DateOnly(2021, 9, 1).DayNumber)]
            .Select(bar => new[] { bar.Open, bar.High, bar.Low, bar.Close, bar.Volume }.Select(Micros.ToDecimal).ToArray());
    }

    static IEnumerable<string> Texts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(value => value.GetString()!);
}
