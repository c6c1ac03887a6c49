using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

[Collection(IdleApp.Name)]
public sealed class StartPopulationTests(IdleApp.App app)
{
    [Fact]
    public async Task A_job_is_accepted_and_found_at_its_location()
    {
        var draft = new
        {
            from = "2026-01-01",
            to = "2026-01-31",
            tickers = new[] { "AAPL", "KO", "AAPL" },
        };

        var answer = (await app.Api.Post("stocks/population", draft)).Is(202);

        answer.Location.Should().Be($"/api/v1/jobs/{answer.Text("id")}");
        answer.Text("kind").Should().Be("stockPopulation");
        answer.Text("status").Should().Be("queued");
        answer.Text("from").Should().Be("2026-01-01");
        answer.At("progress.done").GetInt32().Should().Be(0);
        answer.At("progress.total").GetInt32().Should().Be(4, "AAPL, KO, splits and dividends");
        answer.Text("progress.unit").Should().Be("parts");
        answer.At("counts.pending").GetInt32().Should().Be(4);
        // Bars and listing of each, one batch of splits and one of dividends.
        (answer.At("calls.planned").GetInt32(), answer.At("calls.made").GetInt32())
            .Should()
            .Be((6, 0));
        answer.Text("startedAt").Should().BeNull();
        (await app.Api.Get(answer.Location!)).Is(200).Body.Should().Be(answer.Body);
    }

    [Fact]
    public async Task Without_tickers_it_is_the_whole_market_session_by_session_until_yesterday()
    {
        var answer = (await app.Api.Post("stocks/population", new { from = "2026-06-22" })).Is(202);

        answer.Text("kind").Should().Be("marketPopulation");
        answer.Text("to").Should().Be("2026-06-29");
        var items = await app.Api.All($"jobs/{answer.Text("id")}/items");
        items
            .Texts("key")
            .Should()
            .Equal("listings", "2026-06-29", "2026-06-26", "2026-06-25", "2026-06-24", "2026-06-23", "2026-06-22", "splits", "dividends");
    }

    [Theory]
    [InlineData("""{"to":"2026-01-31","tickers":["KO"]}""", "from")]
    [InlineData("""{"from":"2026-02-01","to":"2026-01-31","tickers":["KO"]}""", "from")]
    [InlineData("""{"from":"2026-02-30","tickers":["KO"]}""", "from")]
    [InlineData("""{"from":"0001-01-01","tickers":["KO"]}""", "from")]
    [InlineData("""{"from":"9999-12-31","tickers":["KO"]}""", "from")]
    [InlineData("""{"from":"2026-01-01","to":"9999-12-31","tickers":["KO"]}""", "to")]
    [InlineData("""{"from":"1900-01-01","to":"2026-01-31","tickers":["KO"]}""", "to")]
    [InlineData("""{"from":"2026-01-01","tickers":[]}""", "tickers")]
    [InlineData("""{"from":"2026-01-01","tickers":"KO"}""", "tickers")]
    [InlineData("""{"from":"2026-01-01","tickers":["KO","",null]}""", "tickers[1]", "tickers[2]")]
    [InlineData(
        """{"from":"2026-01-01","tickers":["K O","A\u0000","../x?y","ABCDEFGHIJKLMNOPQRSTU"]}""",
        "tickers[0]",
        "tickers[1]",
        "tickers[2]",
        "tickers[3]"
    )]
    public async Task What_is_no_population_is_refused(string body, params string[] paths) =>
        (await app.Api.Post("stocks/population", body)).IsInvalid(paths);

    [Fact]
    public async Task More_than_two_thousand_tickers_are_refused() =>
        (
            await app.Api.Post("stocks/population", new { from = "2026-01-01", tickers = Enumerable.Range(0, 2001).Select(i => $"T{i}") })
        ).IsInvalid("tickers");
}
