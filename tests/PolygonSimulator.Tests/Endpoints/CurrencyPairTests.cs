using System.Net;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class CurrencyPairTests
{
    const string March = "range/1/day/2024-03-01/2024-03-31";

    [Fact]
    public async Task Bars_of_a_pair_start_at_midnight_in_utc_and_leave_saturdays_out()
    {
        await using var served = await Served.Start();

        var rows = await served.Rows($"/v2/aggs/ticker/C:EURUSD/{March}");

        var starts = rows.Select(row => DateTimeOffset.FromUnixTimeMilliseconds(row.Time())).ToList();
        starts.Should().HaveCount(31 - 5).And.BeInAscendingOrder();
        starts.Should().OnlyContain(start => start.TimeOfDay == TimeSpan.Zero && start.DayOfWeek != DayOfWeek.Saturday);
        rows.Should().OnlyContain(row => row.Number("l") <= row.Number("c") && row.Number("c") <= row.Number("h"));
    }

    [Fact]
    public async Task Small_pages_together_are_the_large_page()
    {
        await using var served = await Served.Start();
        const string Years = "/v2/aggs/ticker/C:GBPJPY/range/1/day/2022-01-01/2023-12-31";

        var whole = await served.Rows($"{Years}?limit=50000");
        var pages = await served.AllRows($"{Years}?limit=41");

        pages.Select(row => row.GetRawText()).Should().Equal(whole.Select(row => row.GetRawText()));
    }

    [Fact]
    public async Task Pairs_agree_with_each_other_and_stay_in_sight_of_their_level()
    {
        await using var served = await Served.Start();
        var (euro, pound, cross) = (await Closes("C:EURUSD"), await Closes("C:GBPUSD"), await Closes("C:EURGBP"));

        for (var i = 0; i < cross.Count; i++)
            cross[i].Should().BeApproximately(euro[i] / pound[i], 0.000003m);
        euro.Should().HaveCountGreaterThan(3000).And.OnlyContain(close => close > 0.7m && close < 1.7m);

        async Task<List<decimal>> Closes(string ticker) =>
            (await served.Rows($"/v2/aggs/ticker/{ticker}/range/1/day/2016-01-04/2026-06-30?limit=50000")).ConvertAll(row =>
                row.Number("c")
            );
    }

    [Fact]
    public async Task Every_machine_draws_the_same_rates_however_far()
    {
        await using var served = await Served.Start();
        await using var later = await Served.Start(new SimulatorOptions { Now = Served.Noon.AddYears(4) });

        var rows = await served.Rows($"/v2/aggs/ticker/C:EURUSD/{March}");

        (await later.Rows($"/v2/aggs/ticker/C:EURUSD/{March}"))
            .Select(row => row.GetRawText())
            .Should()
            .Equal(rows.Select(row => row.GetRawText()));
    }

    [Fact]
    public async Task Details_name_the_market_and_both_currencies()
    {
        await using var served = await Served.Start();

        var pair = (await served.Get("/v3/reference/tickers/C:EURUSD")).GetProperty("results");

        (pair.Text("market"), pair.Text("locale"), pair.Text("name")).Should().Be(("fx", "global", "Euro - United States Dollar"));
        (pair.Text("base_currency_symbol"), pair.Text("currency_symbol")).Should().Be(("EUR", "USD"));
    }

    [Theory]
    [InlineData("C:EUREUR")]
    [InlineData("C:EURXAU")]
    [InlineData("C:eurusd")]
    [InlineData("C:EURUSDX")]
    [InlineData("C:EUSD")]
    [InlineData("C:")]
    [InlineData("EURUSD")]
    public async Task What_is_no_pair_has_neither_bars_nor_details(string ticker)
    {
        await using var served = await Served.Start();

        (await served.Get($"/v2/aggs/ticker/{ticker}/{March}")).TryGetProperty("results", out _).Should().BeFalse();
        (await served.Ask($"/v3/reference/tickers/{ticker}")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_market_of_stocks_knows_nothing_of_pairs()
    {
        await using var served = await Served.Start();
        await served.Rows($"/v2/aggs/ticker/C:EURUSD/{March}");

        (await served.AllRows("/v3/reference/tickers?limit=1000")).Should().NotContain(row => row.Text("ticker").StartsWith("C:"));
        (await served.Rows("/v3/reference/tickers?ticker=C:EURUSD&market=stocks")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_folder_may_bring_its_own_rates()
    {
        var folder = Directory.CreateTempSubdirectory("simulator").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "mine_2020.csv"),
                "symbol,date,open,high,low,close,volume\nZZZ,2020-01-02,1,2,0.5,1.5,1000\nZZZ,2020-01-31,1,2,0.5,1.5,1000\n"
            );
            await File.WriteAllTextAsync(
                Path.Combine(folder, "mine_fx.csv"),
                "base,quote,date,rate\nEUR,USD,2020-01-03,1.1167\nEUR,USD,2020-01-02,1.1193\nEUR,USD,2020-01-03,1.1172\nUSD,JPY,2020-01-02,108.57\n"
            );
            await using var served = await Served.Start(new SimulatorOptions { DataFolder = folder });

            var euro = await served.Rows("/v2/aggs/ticker/C:EURUSD/range/1/day/2020-01-01/2020-01-05");

            euro.Select(row => row.Number("c")).Should().Equal(1.1193m, 1.1172m);
            euro.Select(row => row.Time()).Should().Equal(1577923200000, 1578009600000);
            (await served.Rows("/v2/aggs/ticker/C:JPYUSD/range/1/day/2020-01-01/2020-01-05")).Should().BeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
