using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetCustomerHistoryTests(TestApp app)
{
    [Fact]
    public async Task All_portfolios_of_a_customer_count_as_one()
    {
        var customer = await app.Customer();
        await Books.External(app, customer);
        await Books.Tracked(app, customer);
        await Books.External(app);

        var answer = await app.Api.Get($"customers/{customer}/history?from=2026-01-01&to=2026-03-31&resolution=month");

        var points = answer.Is(200).At("points").EnumerateArray().ToList();
        points.Texts("date").Should().Equal("2026-01-31", "2026-02-28", "2026-03-31");
        // 1105, 10 x 100 and 1005.80 of cash; 900, 9 x 121 and 1383.63; 991.50, 7 x 130 and the same cash.
        points.Select(point => point.Exact("value")).Should().Equal(3110.8m, 3372.63m, 3285.13m);
        points[^1].Number("timeWeighted").Should().NotBeNull();
    }

    [Fact]
    public async Task A_customer_without_portfolios_has_no_value()
    {
        var answer = await app.Api.Get($"customers/{await app.Customer()}/history?from=2026-01-05&to=2026-01-06");

        answer.Is(200).At("points").EnumerateArray().Select(point => point.Exact("value")).Should().Equal(0, 0);
    }

    [Theory]
    [InlineData("resolution=year", "resolution")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("currency=GBX", "currency")]
    public async Task What_is_no_series_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"customers/{await app.Customer()}/history?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}/history")).IsProblem(404, "customer.notFound");
}
