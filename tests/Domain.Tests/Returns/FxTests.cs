using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>Shares priced in dollars in a portfolio kept in euros; each number worked by hand. Rates are euros per dollar.</summary>
public class FxTests
{
    private readonly Book _book = new(currency: "EUR");

    [Theory]
    [InlineData("110", "0.9", "90", "0")] // 10 x (110 - 100) x 0.9
    [InlineData("100", "1.0", "0", "100")] // 10 x 100 x (1.0 - 0.9)
    [InlineData("110", "1.0", "100", "100")] // the price at the new rate, the old price at the change of the rate
    [InlineData("90", "0.8", "-80", "-100")]
    public void What_the_price_did_and_what_the_rate_did_are_told_apart(string close, string rate, string price, string fx)
    {
        var stock = _book.Stock("A", (1, 100m), (2, Number(close)));
        _book.Rate("USD", "EUR", (1, 0.9m), (2, Number(rate)));
        _book.Buy(stock, 1, 10, 100);

        var figures = _book.Range(1, 2).Stocks.Single().Figures;

        figures.Inflows.Should().Be(900);
        figures.ClosingValue.Should().Be(10 * Number(close) * Number(rate));
        figures.Parts.Should().Be(GainParts.None with { UnrealisedPrice = Number(price), Fx = Number(fx) });
    }

    // Bought before the first rate: 10 x 110 x 0.9 = 990, 10 x 120 x 0.9 = 1080.
    [Fact]
    public void A_purchase_without_a_rate_leaves_its_cost_unknown_and_later_values_known()
    {
        var stock = _book.Stock("A", (1, 100m), (3, 110m), (5, 120m));
        _book.Rate("USD", "EUR", (2, 0.9m));
        _book.Buy(stock, 1, 10, 100);

        var figures = _book.Range(4, 5).Total;
        var measures = RangeMeasures.Of([_book.Ledger], Book.Day(4), Book.Day(5), FlowTiming.InAtStartOutAtEnd).Total;

        (figures.OpeningValue, figures.ClosingValue, figures.Gain).Should().Be((990, 1080, null));
        _book
            .Holding(stock, 5)
            .Should()
            .BeEquivalentTo(
                new
                {
                    Value = 1080m,
                    Cost = (decimal?)null,
                    UnrealisedFx = 0m,
                }
            );
        measures.TimeWeighted.Value.Should().BeApproximately(120.0 / 110 - 1, 1e-12);
        _book.Range(4, 5).AllReasons.Should().Contain(reason => reason.Code == ReasonCodes.FxRateMissing);
    }

    [Fact]
    public void A_sale_realises_the_price_at_its_stated_rate_and_the_change_of_the_rate_apart()
    {
        var stock = Stated();

        var figures = _book.Range(1, 3).Total;

        // paid 10 x 100 x 0.9 = 900, received 10 x 120 x 1.1 = 1320: fx 1000 x 1.1 - 900 = 200, price 10 x 20 x 1.1 = 220
        figures.Should().Be(new Figures(0, 0, 900, 1320, GainParts.None with { RealisedPrice = 220, Fx = 200 }));
        _book.Position(stock).Realised.Should().ContainSingle().Which.FxGain.Should().Be(200);
        _book.Position(stock).Realised[0].Gain.Should().Be(420);
    }

    [Fact]
    public void What_was_shown_as_unrealised_is_taken_back_when_it_is_realised_in_price_and_in_rate()
    {
        Stated();

        // at the end of day 2: 10 x 110 x 0.95 = 1045; fx 1000 x 0.95 - 900 = 50
        _book.Range(1, 2).Total.Parts.Should().Be(GainParts.None with { UnrealisedPrice = 95, Fx = 50 });
        _book.Range(3, 3).Total.Parts.Should().Be(GainParts.None with { RealisedPrice = 220, UnrealisedPrice = -95, Fx = 150 });
    }

    [Fact]
    public void A_sale_of_a_part_settles_the_rate_of_that_part_only()
    {
        var stock = _book.Stock("A", (1, 100m));
        _book.Rate("USD", "EUR", (1, 0.8m), (2, 1m));
        _book.Buy(stock, 1, 10, 100);
        _book.Sell(stock, 2, 4, 100, fee: 5);

        // sold: 400 x 1.0 - 320 = 80; kept: 600 x 1.0 - 480 = 120
        _book.Range(1, 2).Total.Should().Be(new Figures(0, 600, 800, 395, GainParts.None with { Fx = 200, Fees = -5 }));
        _book.Position(stock).SettledFx(Book.Day(2), Book.Day(2)).Should().Be(80);
        _book.Holding(stock, 2).UnrealisedFx.Should().Be(120);
    }

    [Fact]
    public void Each_amount_takes_the_rate_of_its_own_currency_and_day()
    {
        var stock = _book.Stock("A", (1, 100m));
        _book.Rate("USD", "EUR", (1, 0.5m), (3, 0.9m));
        _book.Rate("GBP", "EUR", (1, 1.2m));
        _book.Buy(stock, 1, 10, 100);
        _book.Cash(TransactionKind.Fee, 2, 3, stock);
        _book.Restate("GBP");
        _book.Dividend(stock, 3, 20, tax: 3);
        _book.Cash(TransactionKind.Interest, 3, 7);
        _book.Restate("EUR");

        var range = _book.Range(1, 3);

        // fx of the shares 1000 x (0.9 - 0.5); dividend 20 x 0.9, tax 3 x 0.9, fee 3 x 1.2
        range.Stocks[0].Figures.Parts.Should().Be(GainParts.None with { Dividends = 18, Taxes = -2.7m, Fees = -3.6m, Fx = 400 });
        range.Cash.Parts.Should().Be(GainParts.None with { Interest = 7 });
        range.Total.Gain.Should().Be(418.7m);
    }

    [Fact]
    public void A_purchase_paid_in_the_portfolio_currency_has_its_dollar_price_at_the_rate_of_its_day()
    {
        var stock = _book.Stock("A", (1, 100m));
        _book.Rate("USD", "EUR", (1, 0.8m), (2, 1m));
        _book.Buy(stock, 1, 10, 80);
        _book.Restate("EUR");

        _book.Position(stock).OpenLots.Single().LocalPrice.Should().Be(1000);
        _book.Range(1, 2).Total.Parts.Should().Be(GainParts.None with { Fx = 200 });
    }

    [Fact]
    public void Pence_are_hundredths_of_pounds()
    {
        var stock = _book.StockIn("GBX", "L", (1, 1000m), (2, 1100m));
        _book.Rate("GBP", "EUR", (1, 1.2m), (2, 1.3m));
        _book.Buy(stock, 1, 10, 1000);
        _book.Restate("GBX");

        // 10 x 10 pounds x 1.2 = 120; 10 x 11 x 1.3 = 143; fx 100 pounds x 0.1 = 10
        _book.Range(1, 2).Total.Should().Be(new Figures(0, 143, 120, 0, GainParts.None with { UnrealisedPrice = 13, Fx = 10 }));
    }

    [Fact]
    public void A_stated_rate_of_pounds_is_the_rate_of_a_sale_quoted_in_pence()
    {
        var stock = _book.StockIn("GBX", "L", (1, 1000m));
        _book.Rate("GBP", "EUR", (1, 1.2m));
        _book.Buy(stock, 1, 10, 10);
        _book.Restate("GBP");
        _book.Sell(stock, 2, 10, 11);
        _book.Restate("GBP", 1.3m);

        // received 110 x 1.3 = 143 for 120: fx 100 x 1.3 - 120 = 10, price 10 x 1.3 = 13
        _book.Range(1, 2).Total.Parts.Should().Be(GainParts.None with { RealisedPrice = 13, Fx = 10 });
    }

    [Fact]
    public void Pence_in_a_portfolio_of_pounds_have_no_effect_of_rates_however_a_lot_divides()
    {
        var book = new Book(currency: "GBP");
        var stock = book.StockIn("GBX", "L", (1, 33.33m), (3, 37.77m));
        book.Buy(stock, 1, 7, 33.3333333333m);
        book.Restate("GBX");
        for (var day = 2; day < 6; day++)
        {
            book.Sell(stock, day, 1.3m, 35.55m);
            book.Restate("GBX");
        }

        book.Range(1, 6).Total.Parts!.Fx.Should().Be(0);
        book.Position(stock).Realised.Should().OnlyContain(lot => lot.FxGain == 0);
        book.Holding(stock, 6).UnrealisedFx.Should().Be(0);
    }

    [Fact]
    public void A_pair_that_is_not_stored_is_crossed_through_the_dollar_without_rounding()
    {
        var stock = _book.StockIn("CHF", "Z", (1, 108m));
        _book.Rate("EUR", "USD", (1, 1.2m), (2, 1m));
        _book.Rate("USD", "CHF", (1, 0.9m));
        _book.Buy(stock, 1, 1, 108);
        _book.Restate("CHF");

        // 108 / 0.9 / 1.2 = 100, then 108 / 0.9 = 120
        _book.Range(1, 1).Total.ClosingValue.Should().Be(100);
        _book.Range(1, 2).Total.Should().Be(new Figures(0, 120, 100, 0, GainParts.None with { Fx = 20 }));
    }

    [Theory]
    [InlineData(3, 0.9)] // Saturday, Sunday: that of Friday
    [InlineData(4, 0.9)]
    [InlineData(5, 0.95)]
    public void A_rate_is_carried_over_the_week_end(int day, double rate)
    {
        var stock = _book.Stock("A", (1, 100m), (5, 100m));
        _book.Rate("USD", "EUR", (2, 0.9m), (5, 0.95m));
        _book.Buy(stock, 2, 1, 100);

        _book.Holding(stock, day).Value.Should().Be(100 * (decimal)rate);
        _book.Range(2, day).Reasons.Should().BeEmpty();
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void A_rate_of_more_than_seven_days_is_stale_and_used(int day, bool stale)
    {
        var stock = _book.Stock("A", [.. Enumerable.Range(1, 9).Select(day => (day, 100m))]);
        _book.Rate("USD", "EUR", (1, 0.9m));
        _book.Buy(stock, 1, 1, 100);

        var range = _book.Range(1, day);

        range.Total.ClosingValue.Should().Be(90);
        range.Reasons.Select(reason => reason.Code).Should().Equal(stale ? [ReasonCodes.FxRateStale] : []);
        Quality.Of(range.Reasons).Status.Should().Be(stale ? QualityStatus.Estimated : QualityStatus.Complete);
    }

    private Id<Domain.Stocks.Stock> Stated()
    {
        var stock = _book.Stock("A", (1, 100m), (2, 110m));
        _book.Rate("USD", "EUR", (1, 0.8m), (2, 0.95m), (3, 1m));
        _book.Buy(stock, 1, 10, 100);
        _book.Restate("USD", 0.9m);
        _book.Sell(stock, 3, 10, 120);
        _book.Restate("USD", 1.1m);
        return stock;
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
