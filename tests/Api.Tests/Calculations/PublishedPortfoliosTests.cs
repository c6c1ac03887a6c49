using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Calculations;

/// <summary>Whole portfolios whose figures others published, sent as cases.</summary>
[Collection(LedgerApp.Name)]
public sealed class PublishedPortfoliosTests(TestApp app)
{
    private const string Baloise = "BALN.SW";
    private const string Novartis = "NOVN.SW";

    // ghostfolio, portfolio calculator specs: BALN.SW closes at 148.9 on 2021-12-18, NOVN.SW at 87.8 on 2022-04-11.
    [Fact]
    public async Task Ghostfolio_bought_once() =>
        await Holds(
            Baloise,
            [("buy", "2021-11-30", "2", "136.6", "1.55")],
            [("2021-11-30", "136.6"), ("2021-12-18", "148.9")],
            gain: 24.6m - 1.55m,
            value: 297.8m,
            price: 24.6m,
            fees: 1.55m
        );

    [Fact]
    public async Task Ghostfolio_bought_and_sold() =>
        await Holds(
            Baloise,
            [("buy", "2021-11-22", "2", "142.9", "1.55"), ("sell", "2021-11-30", "2", "136.6", "1.65")],
            [("2021-11-22", "142.9"), ("2021-11-30", "136.6"), ("2021-12-18", "148.9")],
            gain: -12.6m - 3.2m,
            value: 0,
            price: -12.6m,
            fees: 3.2m
        );

    [Fact]
    public async Task Ghostfolio_bought_and_sold_in_two() =>
        await Holds(
            Baloise,
            [
                ("buy", "2021-11-22", "2", "142.9", "1.55"),
                ("sell", "2021-11-30", "1", "136.6", "1.65"),
                ("sell", "2021-11-30", "1", "136.6", "0"),
            ],
            [("2021-11-22", "142.9"), ("2021-11-30", "136.6"), ("2021-12-18", "148.9")],
            gain: -12.6m - 3.2m,
            value: 0,
            price: -12.6m,
            fees: 3.2m
        );

    [Fact]
    public async Task Ghostfolio_bought_twice_and_sold_at_once() =>
        await Holds(
            Baloise,
            [
                ("buy", "2021-11-22", "2", "142.9", "1.55"),
                ("buy", "2021-11-30", "2", "136.6", "1.65"),
                ("sell", "2021-11-30", "4", "136.6", "0"),
            ],
            [("2021-11-22", "142.9"), ("2021-11-30", "136.6"), ("2021-12-18", "148.9")],
            gain: -12.6m - 3.2m,
            value: 0,
            price: -12.6m,
            fees: 3.2m
        );

    [Fact]
    public async Task Ghostfolio_Novartis_sold_in_part() =>
        await Holds(
            Novartis,
            [("buy", "2022-03-07", "2", "75.8", "1.3"), ("sell", "2022-04-08", "1", "85.73", "2.95")],
            [("2022-03-07", "75.8"), ("2022-04-08", "85.73"), ("2022-04-11", "87.8")],
            gain: 21.93m - 4.25m,
            value: 87.8m,
            price: 21.93m,
            fees: 4.25m
        );

    [Fact]
    public async Task Ghostfolio_Novartis_sold_whole() =>
        await Holds(
            Novartis,
            [("buy", "2022-03-07", "2", "75.8", "0"), ("sell", "2022-04-08", "2", "85.73", "0")],
            [("2022-03-07", "75.8"), ("2022-04-08", "85.73"), ("2022-04-11", "87.8")],
            gain: 19.86m,
            value: 0,
            price: 19.86m,
            fees: 0
        );

    [Fact]
    public async Task Ghostfolio_Bitcoin_sold_in_part() =>
        await Holds(
            "BTCUSD",
            [("buy", "2015-01-01", "2", "320.43", "0"), ("sell", "2017-12-31", "1", "14156.4", "0")],
            [("2015-01-01", "314.25"), ("2017-12-31", "14156.4"), ("2018-01-01", "13657.2")],
            gain: 27172.74m,
            value: 13657.2m,
            price: 27172.74m,
            fees: 0
        );

    // Excel's documentation of XIRR: 10000 paid in on 2008-01-01, 2750, 4250, 3250 and 2750 back until 2009-04-01: 0.373362535.
    [Fact]
    public async Task Excels_flows_as_the_cash_of_a_portfolio()
    {
        const string Body = """
            {"currency":"USD","cash":"tracked","from":"2008-01-01","to":"2009-04-01","transactions":[
              {"kind":"deposit","date":"2008-01-01","amount":"10000"},
              {"kind":"withdrawal","date":"2008-03-01","amount":"2750"},
              {"kind":"withdrawal","date":"2008-10-30","amount":"4250"},
              {"kind":"withdrawal","date":"2009-02-15","amount":"3250"},
              {"kind":"interest","date":"2009-03-31","amount":"3000"},
              {"kind":"withdrawal","date":"2009-04-01","amount":"2750"}]}
            """;

        var answer = (await app.Api.Post("calculations", Body)).Is(200);

        answer.Number("returns.measures.moneyWeighted").Should().BeApproximately(0.373362535, 5e-9);
    }

    private async Task Holds(
        string symbol,
        (string Kind, string Date, string Quantity, string Price, string Fee)[] trades,
        (string Date, string Close)[] closes,
        decimal gain,
        decimal value,
        decimal price,
        decimal fees
    )
    {
        var answer = await Calculated(symbol, trades, closes);
        answer.Exact("returns.total.gain").Should().Be(gain);
        answer.Exact("returns.total.closingValue").Should().Be(value);
        answer.Exact("returns.total.parts.fees").Should().Be(-fees);
        (answer.Exact("returns.total.parts.realisedPrice") + answer.Exact("returns.total.parts.unrealisedPrice")).Should().Be(price);
    }

    private async Task<Answer> Calculated(
        string symbol,
        (string Kind, string Date, string Quantity, string Price, string Fee)[] trades,
        (string Date, string Close)[] closes
    )
    {
        var body = new
        {
            currency = "CHF",
            transactions = trades.Select(trade => new
            {
                kind = trade.Kind,
                date = trade.Date,
                symbol,
                quantity = trade.Quantity,
                unitPrice = trade.Price,
                fee = trade.Fee,
            }),
            stocks = new[] { new { symbol, closes = closes.Select(close => new { date = close.Date, close = close.Close }) } },
        };
        return (await app.Api.Post("calculations", body)).Is(200);
    }
}
