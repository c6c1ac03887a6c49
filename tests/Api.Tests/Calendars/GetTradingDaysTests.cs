using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Calendars;

[Collection(LedgerApp.Name)]
public sealed class GetTradingDaysTests(TestApp app)
{
    [Fact]
    public async Task Weekends_and_holidays_are_none_and_short_days_close_early()
    {
        var answer = (await app.Api.Get("calendars/us?from=2025-11-26&to=2025-12-01")).Is(200);

        var days = answer.At("days").EnumerateArray().ToList();
        days.Texts("date").Should().Equal("2025-11-26", "2025-11-28", "2025-12-01");
        days.Texts("closesAt").Should().Equal("16:00:00", "13:00:00", "16:00:00");
    }

    [Theory]
    [InlineData("from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("from=2000-01-01&to=2026-01-01", "to")]
    [InlineData("from=0001-01-01&to=9999-12-31", "from", "to")]
    [InlineData("from=1997-12-31&to=1998-01-05", "from")]
    [InlineData("from=2026-01-01&to=2028-01-01", "to")]
    [InlineData("from=2026-01-01", "to")]
    public async Task What_is_no_range_or_not_known_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"calendars/us?{query}")).IsInvalid(paths);
}
