using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.ExchangeRates;

[Collection(LedgerApp.Name)]
public sealed class StoreExchangeRatesTests(TestApp app)
{
    [Fact]
    public async Task What_is_new_or_different_is_counted_apart_from_what_is_the_same()
    {
        var first = await app.Store(("PLN", "CZK", "2026-01-05", "5.75"), ("PLN", "CZK", "2026-01-06", "5.76"));
        var again = await app.Store(
            ("PLN", "CZK", "2026-01-05", "5.75"),
            ("PLN", "CZK", "2026-01-06", "5.77"),
            ("PLN", "CZK", "2026-01-07", "5.78")
        );

        (first.Text("stored"), first.Text("unchanged")).Should().Be(("2", "0"));
        (again.Text("stored"), again.Text("unchanged")).Should().Be(("2", "1"));
        (await Rates("PLN", "CZK")).Should().Equal("2026-01-05 5.75 upload", "2026-01-06 5.77 upload", "2026-01-07 5.78 upload");
    }

    [Fact]
    public async Task Sent_twice_with_the_same_rate_it_is_stored_once()
    {
        var answer = await app.Store(
            ("PLN", "HUF", "2026-01-05", "92.5"),
            ("pln", "HUF", "2026-01-05", "92.50"),
            ("HUF", "PLN", "2026-01-05", "0.0108108108")
        );

        (answer.Text("stored"), answer.Text("unchanged")).Should().Be(("2", "1"));
        (await Rates("PLN", "HUF")).Should().Equal("2026-01-05 92.5 upload");
        (await Rates("HUF", "PLN")).Should().Equal("2026-01-05 0.0108108108 upload");
    }

    [Fact]
    public async Task Every_digit_is_kept_from_the_least_rate_to_the_greatest()
    {
        await app.Store(("PLN", "BGN", "2026-01-05", "0.0000000001"), ("PLN", "BGN", "2026-01-06", "100000000"));

        (await Rates("PLN", "BGN")).Should().Equal("2026-01-05 0.0000000001 upload", "2026-01-06 100000000 upload");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_stored()
    {
        (
            await app.TryStore(
                ("PLN", "RON", "2026-01-05", "1.1"),
                ("XXX", "EU", "2026-01-05", "1"),
                ("GBX", "GBp", "2026-01-05", "1"),
                ("PLN", "pln", "2026-01-05", "1"),
                ("PLN", "RON", "1899-12-31", "0"),
                ("PLN", "RON", "2026-07-02", "100000000.1"),
                ("PLN", "RON", "2026-01-06", "1.00000000001"),
                ("PLN", "RON", "2026-01-05", "1.2")
            )
        ).IsInvalid(
            "rates[1].base",
            "rates[1].quote",
            "rates[2].base",
            "rates[2].quote",
            "rates[3].quote",
            "rates[4].date",
            "rates[4].rate",
            "rates[5].date",
            "rates[5].rate",
            "rates[6].rate",
            "rates[7].rate"
        );

        (await Rates("PLN", "RON")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_minor_unit_is_told_which_currency_to_use()
    {
        var answer = await app.TryStore(("GBp", "USD", "2026-01-05", "0.0125"), ("USD", "ZAc", "2026-01-05", "1800"));

        answer.IsInvalid("rates[0].base", "rates[1].quote");
        answer.Body.Should().Contain("use GBP").And.Contain("use ZAR");
    }

    [Theory]
    [InlineData("""{"rates":[]}""", "rates")]
    [InlineData("""{}""", "rates")]
    [InlineData("""{"rates":null}""", "rates")]
    [InlineData("""{"rates":[null,{"base":"PLN","quote":"RON","date":"2026-01-05","rate":"0"}]}""", "rates[0]", "rates[1].rate")]
    [InlineData("""{"rates":[{"base":"PLN","quote":"RON","date":"2026-01-05"}]}""", "rate")]
    [InlineData("""{"rates":[{"base":"PLN","quote":"RON","date":"2026-02-30","rate":"1"}]}""", "rates[0].date")]
    [InlineData("""{"rates":[{"base":"PLN","quote":"RON","date":"2026-01-05","rate":"NaN"}]}""", "rates[0].rate")]
    [InlineData("""{"rates":[{"base":null,"quote":"RON","date":"2026-01-05","rate":"1"}]}""", "rates[0].base")]
    public async Task What_is_no_list_of_rates_is_refused(string body, params string[] paths) =>
        (await app.Api.Send(HttpMethod.Put, "exchange-rates", body)).IsInvalid(paths);

    [Fact]
    public async Task Ten_thousand_rates_are_stored_and_one_more_is_too_many()
    {
        var rates = Enumerable
            .Range(0, 10_001)
            .Select(day =>
                ("DKK", "NOK", new DateOnly(1998, 1, 1).AddDays(day).ToString("O", CultureInfo.InvariantCulture), "1.4412345678")
            )
            .ToArray();

        (await app.TryStore(rates)).IsInvalid("rates");
        (await app.Store(rates[1..])).Text("stored").Should().Be("10000");
        (await app.Store(rates[1..])).Text("unchanged").Should().Be("10000");
    }

    private async Task<List<string>> Rates(string @base, string quote) =>
        (await app.Api.All($"exchange-rates?base={@base}&quote={quote}")).ConvertAll(rate =>
            $"{rate.Text("date")} {rate.Text("rate")} {rate.Text("source")}"
        );
}
