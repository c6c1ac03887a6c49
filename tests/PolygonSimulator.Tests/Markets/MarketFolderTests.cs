using System.Globalization;
using System.IO.Compression;
using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Markets.Files;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Markets;

public sealed class MarketFolderTests : IDisposable
{
    const string Header = "symbol,date,open,high,low,close,volume\n";

    readonly string folder = Directory.CreateTempSubdirectory("simulator").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Kinds_are_told_by_their_headers_and_sets_by_their_prefix()
    {
        Write("mine_2020.csv", Header + "ZZZ,2020-01-02,1,2,0.5,1.5,1000\r\nZZZ,2020-01-03,1.5,2,1,1.75,1000.25\r\n");
        Zip("mine_splits.csv.gz", "symbol,execution_date,split_from,split_to\nZZZ,2020-01-03,5,11\nZZZ,2020-01-03,5,11\n");
        Write("mine_dividends.csv", "symbol,ex_dividend_date,cash_amount\nZZZ,2020-01-03,0.25\n");
        Write("mine_symbols.csv", "symbol,name,first_bar,last_bar,bars\nZZZ,\"Zed, Zed & \"\"Zed\"\"\",2020-01-02,2020-01-03,2\n");
        Write("notes.csv", "anything,else\n");

        var stock = Load().Find("ZZZ")!;

        stock.Name.Should().Be("Zed, Zed & \"Zed\"");
        stock.Bars.Select(bar => Micros.ToDecimal(bar.Volume)).Should().Equal(1000m, 1000.25m);
        stock.Splits.Should().HaveCount(2, "a vendor's duplicates stay in").And.OnlyContain(split => split.From == 5 && split.To == 11);
        stock.Dividends.Should().ContainSingle().Which.Cash.Should().Be(0.25m);
    }

    [Fact]
    public async Task A_bar_that_was_corrected_later_shows_its_first_values_until_then()
    {
        Write("mine_2020.csv", Header + "ZZZ,2020-01-02,1,2,0.5,1.5,1000\nZZZ,2020-01-03,1.5,2,1,1.75,1000\nAAA,2020-01-03,1,1,1,1,1\n");
        Zip(
            "mine_corrections.csv.gz",
            "symbol,date,seen_next,open0,high0,low0,close0,volume0,open1,high1,low1,close1,volume1\n"
                + "ZZZ,2020-01-02,2020-01-06,1,3,0.5,1.25,900,1,2,0.5,1.5,1000\nGONE,2020-01-02,2020-01-03,1,1,1,1,1,1,1,1,1,1\n"
        );
        const string Range = "/v2/aggs/ticker/ZZZ/range/1/day/2020-01-02/2020-01-03?adjusted=false";
        const string Grouped = "/v2/aggs/grouped/locale/us/market/stocks/2020-01-02?adjusted=false";
        await using var served = await Served.Start(new SimulatorOptions { DataFolder = folder });

        served.Simulator.Now = new DateTimeOffset(2020, 1, 5, 17, 0, 0, TimeSpan.Zero);
        var (before, grouped) = (await served.Rows(Range), await served.Rows(Grouped));
        served.Simulator.Now = new DateTimeOffset(2020, 1, 6, 17, 0, 0, TimeSpan.Zero);
        var (after, groupedAfter) = (await served.Rows(Range), await served.Rows(Grouped));

        before.Select(row => (row.Number("h"), row.Number("c"), row.Number("v"))).Should().Equal((3, 1.25m, 900), (2, 1.75m, 1000));
        after.Select(row => (row.Number("h"), row.Number("c"), row.Number("v"))).Should().Equal((2, 1.5m, 1000), (2, 1.75m, 1000));
        (grouped.Single().Number("c"), groupedAfter.Single().Number("c")).Should().Be((1.25m, 1.5m));
    }

    [Fact]
    public void Lines_may_come_in_any_order_and_the_later_of_two_for_a_day_counts()
    {
        Write("prices.csv", Header + "B,2020-01-03,1,1,1,1,1\nA,2020-01-03,2,2,2,2,2\nB,2020-01-02,3,3,3,3,3\nB,2020-01-03,4,4,4,4,4");

        var market = Load();

        market.Stocks.Select(stock => stock.Ticker).Should().Equal("A", "B");
        market.Find("B")!.Bars.Select(bar => Micros.ToDecimal(bar.Close)).Should().Equal(3, 4);
    }

    [Fact]
    public void Listed_and_delisted_are_inferred_from_first_and_last_bars()
    {
        Write(
            "prices.csv",
            Header + "OLD,2020-01-02,1,1,1,1,1\nNEW,2020-01-20,1,1,1,1,1\nBOTH,2020-01-02,1,1,1,1,1\nBOTH,2020-01-20,1,1,1,1,1\n"
        );

        var market = Load();

        market.Find("OLD")!.LastDay.Should().Be(new DateOnly(2020, 1, 2));
        market.Find("NEW")!.Listed.Should().Be(new DateOnly(2020, 1, 20));
        market.Find("BOTH")!.Should().Match<Stock>(stock => stock.Listed == null && stock.LastDay == null);
    }

    [Fact]
    public void A_folder_with_several_sets_wants_a_choice()
    {
        Write("one_2020.csv", Header + "A,2020-01-02,1,1,1,1,1\n");
        Write("two_2020.csv", Header + "B,2020-01-02,1,1,1,1,1\n");

        FluentActions.Invoking(() => Load()).Should().Throw<InvalidDataException>().WithMessage("*'one', 'two'*");
        FluentActions.Invoking(() => Load("three")).Should().Throw<InvalidDataException>().WithMessage("*'three'*'one', 'two'*");
        Load("two").Stocks.Should().ContainSingle().Which.Ticker.Should().Be("B");
    }

    [Theory]
    [InlineData("A,2020-01-02,1,1,1,x,1", "*line 2: 'x' is not*")]
    [InlineData("A,2020-02-30,1,1,1,1,1", "*line 2: '2020-02-30' is not a date*")]
    [InlineData("A,2020-01-02,1,1,1", "*line 2*")]
    public void A_line_that_cannot_be_read_is_named(string line, string message)
    {
        Write("prices.csv", Header + line + "\n");

        FluentActions.Invoking(() => Load()).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void A_folder_without_prices_is_refused() =>
        FluentActions.Invoking(() => Load()).Should().Throw<InvalidDataException>().WithMessage("No prices*");

    [MarketDataFact]
    public async Task Real_bars_splits_and_dividends_are_served_as_they_stand_in_the_files()
    {
        await using var served = await Served.Start(new SimulatorOptions { DataFolder = Checkout.MarketData, DataPrefix = "us_selected" });
        var bars = new List<string>();
        foreach (var ticker in (await served.AllRows("/v3/reference/tickers?limit=50")).Select(row => row.Text("ticker")))
            bars.AddRange((await served.AllRows(Raw(ticker))).Select(bar => Line(ticker, bar)));
        var gone = await served.AllRows("/v3/reference/tickers?active=false&limit=1000");
        foreach (var ticker in gone.Select(row => row.Text("ticker")))
            bars.AddRange((await served.AllRows(Raw(ticker))).Select(bar => Line(ticker, bar)));

        bars.Should().HaveCount(60_515);
        bars.Order(StringComparer.Ordinal).Should().Equal(Lines("us_selected_2015_2017.csv").Order(StringComparer.Ordinal));
        var splits = await served.AllRows("/v3/reference/splits?limit=3");
        splits
            .Select(row => $"{row.Text("ticker")},{row.Text("execution_date")},{row.Number("split_from")},{row.Number("split_to")}")
            .Should()
            .BeEquivalentTo(Lines("us_selected_splits.csv").Select(line => line[..line.LastIndexOf(',')]));
        var dividends = await served.AllRows("/stocks/v1/dividends?limit=100");
        dividends
            .Select(row => $"{row.Text("ticker")},{row.Text("ex_dividend_date")},{row.GetProperty("cash_amount").GetRawText()}")
            .Should()
            .BeEquivalentTo(Lines("us_selected_dividends.csv"));

        static string Raw(string ticker) => $"/v2/aggs/ticker/{ticker}/range/1/day/2015-03-20/2017-03-31?adjusted=false&limit=200";
    }

    static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(Checkout.MarketData, file)).Skip(1);

    static string Line(string ticker, System.Text.Json.JsonElement bar) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{ticker},{bar.Day():yyyy-MM-dd},{bar.Number("o")},{bar.Number("h")},{bar.Number("l")},{bar.Number("c")},{bar.Number("v")}"
        );

    Market Load(string? prefix = null) => MarketFolder.Load(folder, prefix, CancellationToken.None);

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    void Zip(string name, string text)
    {
        using var gzip = new GZipStream(File.Create(Path.Combine(folder, name)), CompressionLevel.Fastest);
        using var writer = new StreamWriter(gzip);
        writer.Write(text);
    }
}
