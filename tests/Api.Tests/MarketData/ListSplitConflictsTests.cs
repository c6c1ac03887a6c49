using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class ListSplitConflictsTests(ToldApp.App app)
{
    [Fact]
    public async Task A_split_that_prices_contradict_is_a_conflict_and_the_real_one_counts()
    {
        // The shape of NFLX in July 2015: 1:7 told for Tuesday and Wednesday, the price fell to a seventh on Wednesday.
        var company = app.New().Bar(3, 707).Bar(4, 702).Bar(5, 100).Split(4, 1, 7, "E1").Split(5, 1, 7, "E2");
        var stock = await app.Fetch(company);

        (await app.Splits(stock)).Should().Equal("2025-03-05 1:7");
        var conflict = (await app.Conflicts(stock)).Should().ContainSingle().Subject;
        (conflict.Text("executionDate"), conflict.Text("verdict"), conflict.Text("reason"), conflict.Text("providerId"))
            .Should()
            .Be(("2025-03-04", "conflict", "toldTwice", "E1"));
    }

    [Fact]
    public async Task Of_several_ratios_of_a_day_the_one_that_prices_show_counts_and_the_same_one_counts_once()
    {
        var company = app.New().Bar(3, 90).Bar(4, 30).Split(4, 1, 2).Split(4, 1, 3, "A").Split(4, 2, 6, "B");
        var stock = await app.Fetch(company);

        (await app.Splits(stock)).Should().Equal("2025-03-04 1:3");
        (await app.Conflicts(stock))
            .Select(row => (row.Text("verdict"), row.Text("reason")))
            .Should()
            .BeEquivalentTo([("conflict", (string?)"otherRatioThatDay"), ("duplicate", "sameSplit")]);
    }

    [Fact]
    public async Task A_split_told_before_its_prices_is_judged_anew_when_they_come()
    {
        var company = app.New().Bar(3, 40).Split(6, 1, 4);
        var stock = await app.Fetch(company);
        (await app.Splits(stock)).Should().Equal("2025-03-06 1:4");

        await app.Fetch(company.Bar(5, 40).Bar(6, 41));

        (await app.Splits(stock)).Should().BeEmpty();
        (await app.Conflicts(stock)).Texts("reason").Should().Equal("notInPrices");
    }

    [Theory]
    [InlineData("decided=perhaps", "decided")]
    [InlineData("limit=501", "limit")]
    public async Task What_is_no_list_is_refused(string query, string path) =>
        (await app.Api.Get($"market-data/split-conflicts?{query}")).IsInvalid(path);
}
