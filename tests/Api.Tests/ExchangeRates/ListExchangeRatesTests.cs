using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.ExchangeRates;

[Collection(LedgerApp.Name)]
public sealed class ListExchangeRatesTests(TestApp app)
{
    [Fact]
    public async Task A_pair_is_listed_by_day_in_its_own_direction_page_by_page()
    {
        await app.Store(
            ("TND", "MAD", "2026-01-07", "3.23"),
            ("TND", "MAD", "2026-01-05", "3.21"),
            ("TND", "MAD", "2026-01-06", "3.22"),
            ("MAD", "TND", "2026-01-05", "0.31")
        );

        var rates = await app.Api.All("exchange-rates?base=TND&quote=MAD", limit: 2);

        rates.Texts("date").Should().Equal("2026-01-05", "2026-01-06", "2026-01-07");
        rates.Select(rate => rate.Exact("rate")).Should().Equal(3.21m, 3.22m, 3.23m);
        rates.Texts("base").Should().AllBe("TND");
        rates.Texts("quote").Should().AllBe("MAD");
        rates.Texts("source").Should().AllBe("upload");
    }

    [Fact]
    public async Task Both_ends_belong_to_the_range()
    {
        await app.Store(
            ("TND", "EGP", "2026-01-05", "1"),
            ("TND", "EGP", "2026-01-06", "2"),
            ("TND", "EGP", "2026-01-07", "3"),
            ("TND", "EGP", "2026-01-08", "4")
        );

        (await app.Api.All("exchange-rates?base=tnd&quote=egp&from=2026-01-06&to=2026-01-07")).Texts("rate").Should().Equal("2", "3");
    }

    [Fact]
    public async Task A_pair_without_rates_has_an_empty_list() =>
        (await app.Api.Get("exchange-rates?base=TND&quote=XPF")).Is(200).At("items").GetArrayLength().Should().Be(0);

    [Theory]
    [InlineData("quote=USD", "base")]
    [InlineData("base=USD", "quote")]
    [InlineData("base=USD&quote=XXX", "quote")]
    [InlineData("base=USD&quote=usd", "quote")]
    [InlineData("base=GBX&quote=ILA", "base", "quote")]
    [InlineData("base=USD&quote=EUR&limit=0", "limit")]
    [InlineData("base=USD&quote=EUR&cursor=nonsense", "cursor")]
    [InlineData("base=USD&quote=EUR&from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("base=USD&quote=EUR&from=1899-12-31&to=2026-07-02", "from", "to")]
    public async Task What_is_no_list_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"exchange-rates?{query}")).IsInvalid(paths);
}
