using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class ListQuarantinedRowsTests(ToldApp.App app)
{
    [Fact]
    public async Task A_refused_row_is_listed_as_it_was_told_and_counted_when_it_is_told_again()
    {
        var company = app.New().Bar(3, 10).Bad(4, RowReasons.HighBelowLow, close: 10.50m, high: 9);
        var stock = await app.Fetch(company);
        await app.Fetch(company);

        var row = await app.OnlyRow(company);

        (row.Text("kind"), row.Text("status"), row.Text("reason")).Should().Be(("bar", "held", "highBelowLow"));
        (row.Text("stockId"), row.Text("date"), row.Text("timesSeen")).Should().Be((stock, "2025-03-04", "2"));
        (row.Text("content.close"), row.Text("content.high")).Should().Be(("10.50", "9"));
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m));
    }

    [Fact]
    public async Task A_good_row_of_the_same_day_takes_its_place()
    {
        var company = app.New().Bar(3, 10).Bad(4, RowReasons.ZeroPrice, close: 0, high: 0);
        var stock = await app.Fetch(company);
        company.Rejected.Clear();
        await app.Fetch(company.Bar(4, 11));

        (await app.OnlyRow(company)).Text("status").Should().Be("superseded");
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-04", 11m));
    }

    [Fact]
    public async Task A_close_a_hundred_times_its_neighbours_is_held_wherever_it_came_first()
    {
        // 1010 is 101 times 10 and 100.5 times 10.05.
        var company = app.New().Bar(3, 10).Bar(4, 1010).Bar(5, 10.05m);
        var stock = await app.Fetch(company, "2025-03-04", "2025-03-04");
        await app.Fetch(company, "2025-03-05", "2025-03-05");
        await app.Fetch(company, "2025-03-03", "2025-03-03");

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-05", 10.05m));
        var held = await app.Api.All($"market-data/quarantine?ticker={company.Ticker}&status=held");
        held.Select(row => (row.Text("reason"), row.Text("date"), row.Text("content.close")))
            .Should()
            .Equal(("jump", "2025-03-04", "1010"));

        await app.Fetch(company);
        (await app.Closes(stock)).Should().HaveCount(2, "told again it stays out");
    }

    [Fact]
    public async Task The_last_close_is_held_until_one_that_follows_confirms_its_level()
    {
        var company = app.New().Bar(3, 10).Bar(4, 2000);
        var stock = await app.Fetch(company);
        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m));

        await app.Fetch(company.Bar(5, 2010), "2025-03-05", "2025-03-05");

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-04", 2000m), ("2025-03-05", 2010m));
        var row = await app.OnlyRow(company);
        (row.Text("status"), row.Text("decidedBy")).Should().Be(("released", null));
    }

    [Fact]
    public async Task A_jump_that_a_split_explains_is_none()
    {
        var company = app.New().Bar(3, 10).Bar(4, 1500).Split(4, 150, 1);
        var stock = await app.Fetch(company);

        (await app.Closes(stock)).Should().HaveCount(2);
        (await app.Quarantine(company)).Should().BeEmpty();
        (await app.Splits(stock)).Should().Equal("2025-03-04 150:1");
    }

    [Fact]
    public async Task Of_two_dividends_that_differ_by_id_only_one_is_stored_and_the_other_told()
    {
        var company = app.New().Bar(3, 10).Dividend(4, 0.25m, "A").Dividend(4, 0.25m, "B").Dividend(4, 0.25m, "C", type: "SC");
        var stock = await app.Fetch(company);

        (await app.Api.Get($"stocks/{stock}/actions"))
            .At("dividends")
            .GetArrayLength()
            .Should()
            .Be(2, "regular and special may share a day");
        var row = await app.OnlyRow(company);
        (row.Text("kind"), row.Text("reason"), row.Text("content.providerId")).Should().Be(("dividend", "duplicate", "B"));
    }

    [Fact]
    public async Task A_day_told_twice_keeps_its_first_row_and_the_other_waits_for_an_operator()
    {
        var company = app.New().Bar(3, 10).Bad(3, RowReasons.Duplicate, 5, 5);
        var stock = await app.Fetch(company);
        await app.Fetch(company);

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m));
        var row = await app.OnlyRow(company);
        (row.Text("reason"), row.Text("status"), row.Text("timesSeen")).Should().Be(("duplicate", "held", "2"));
    }

    [Fact]
    public async Task Rows_are_found_by_status_and_reason_page_by_page()
    {
        var company = app.New().Bar(3, 10).Bad(4, RowReasons.NegativePrice, -1, -1).Bad(5, RowReasons.NegativePrice, -2, -2);
        await app.Fetch(company.Bad(6, RowReasons.ZeroPrice, 0, 0));

        var negative = await app.Api.All($"market-data/quarantine?ticker={company.Ticker}&reason=negativePrice&status=held", limit: 1);

        negative.Texts("date").Should().BeEquivalentTo("2025-03-04", "2025-03-05");
        (await app.Api.All($"market-data/quarantine?ticker={company.Ticker}&status=released")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("status=lost", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=!", "cursor")]
    public async Task What_is_no_list_is_refused(string query, string path) =>
        (await app.Api.Get($"market-data/quarantine?{query}")).IsInvalid(path);
}
