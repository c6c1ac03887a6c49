using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Calculations;

[Collection(LedgerApp.Name)]
public sealed class CalculateReturnSeriesTests(TestApp app)
{
    private const string Path = "calculations/return-series";

    // The weekly and monthly series of the published tests of empyrical 0.5.
    private static readonly double[] Empyrical = [0, 0.01, 0.10, -0.04, 0.02, 0.03, 0.02, 0.01, -0.10];

    [Theory]
    [InlineData(52, 0.24690830513998208, 0.38851569394870583, 0.25888650451930134, 1.1158901056866439, 2.4690830513998208)]
    [InlineData(12, 0.052242061386048144, 0.18663690238892558, 0.1243650540411842, 0.53605626741889756, 0.52242061386048144)]
    public async Task Figures_equal_those_of_empyrical(
        int year,
        double rate,
        double deviation,
        double downside,
        double sortino,
        double calmar
    )
    {
        var answer = (await app.Api.Post(Path, new { returns = Empyrical, periodsPerYear = year })).Is(200);

        answer.At("risk.annualised").GetDouble().Should().BeApproximately(rate, 1e-8);
        answer.At("risk.volatility").GetDouble().Should().BeApproximately(deviation, 1e-8);
        answer.At("risk.downsideDeviation").GetDouble().Should().BeApproximately(downside, 1e-8);
        answer.At("risk.sortino").GetDouble().Should().BeApproximately(sortino, 1e-8);
        answer.At("risk.calmar").GetDouble().Should().BeApproximately(calmar, 1e-8);
        answer.At("risk.cumulative").GetDouble().Should().BeApproximately(0.038931091700480147, 1e-8);
        answer.At("risk.maxDrawdown").GetDouble().Should().BeApproximately(-0.1, 1e-12);
        answer.At("risk.periods").GetInt32().Should().Be(9);
        (answer.Text("benchmark"), answer.Text("from")).Should().Be((null, null));
        answer.At("conventions.periodsPerYear").GetDouble().Should().Be(year);
        answer.At("quality.reasons").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task The_deepest_fall_has_its_dates()
    {
        double[] returns = [0.1, -0.2, -0.1, 0.5, -0.1];
        string[] dates = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"];

        var answer = (await app.Api.Post(Path, new { returns, dates })).Is(200);

        // 1.1, 0.88, 0.792, 1.188, 1.0692: 0.792 / 1.1 - 1
        answer.At("risk.maxDrawdown").GetDouble().Should().BeApproximately(-0.28, 1e-12);
        answer.Text("risk.drawdown.peakDate").Should().Be("2026-01-05");
        answer.Text("risk.drawdown.troughDate").Should().Be("2026-01-07");
        answer.Text("risk.drawdown.recoveryDate").Should().Be("2026-01-08");
        (answer.Text("from"), answer.Text("to")).Should().Be(("2026-01-05", "2026-01-09"));
    }

    [Fact]
    public async Task A_fall_from_the_start_has_a_peak_without_a_date_and_no_recovery_yet()
    {
        var answer = (await app.Api.Post(Path, new { returns = new[] { -0.5, 0.1 }, dates = new[] { "2026-01-05", "2026-01-06" } })).Is(
            200
        );

        answer.At("risk.drawdown.peak").GetInt32().Should().Be(0);
        answer.At("risk.drawdown.trough").GetInt32().Should().Be(1);
        answer.Text("risk.drawdown.peakDate").Should().BeNull();
        answer.Text("risk.drawdown.troughDate").Should().Be("2026-01-05");
        answer.Text("risk.drawdown.recovery").Should().BeNull();
        answer.Text("risk.drawdown.recoveryDate").Should().BeNull();
    }

    [Fact]
    public async Task Against_a_benchmark_figures_are_as_worked_out_by_hand()
    {
        // r = 2 b + 0.01
        double[] benchmark = [0.00, 0.02, 0.04];
        double[] returns = [0.01, 0.05, 0.09];

        var answer = (
            await app.Api.Post(
                Path,
                new
                {
                    returns,
                    benchmark,
                    periodsPerYear = 4,
                }
            )
        ).Is(200);

        answer.At("benchmark.beta").GetDouble().Should().BeApproximately(2, 1e-12);
        answer.At("benchmark.alpha").GetDouble().Should().BeApproximately(Math.Pow(1.01, 4) - 1, 1e-12);
        answer.At("benchmark.correlation").GetDouble().Should().BeApproximately(1, 1e-12);
        // r - b = 0.01, 0.03, 0.05: mean 0.03, sd 0.02
        answer.At("benchmark.trackingError").GetDouble().Should().BeApproximately(0.04, 1e-12);
        answer.At("benchmark.informationRatio").GetDouble().Should().BeApproximately(3, 1e-10);
        answer.At("benchmark.periods").GetInt32().Should().Be(3);
    }

    [Fact]
    public async Task With_dates_on_both_only_common_dates_are_compared()
    {
        var body = new
        {
            returns = new[] { 0.01, 0.5, 0.05, 0.09 },
            dates = new[] { "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08" },
            benchmark = new[] { -0.9, 0.00, 0.02, 0.04, 0.7 },
            benchmarkDates = new[] { "2026-01-04", "2026-01-05", "2026-01-07", "2026-01-08", "2026-01-09" },
            periodsPerYear = 4,
        };

        var answer = (await app.Api.Post(Path, body)).Is(200);

        answer.At("risk.periods").GetInt32().Should().Be(4);
        answer.At("benchmark.periods").GetInt32().Should().Be(3);
        answer.At("benchmark.beta").GetDouble().Should().BeApproximately(2, 1e-12);
    }

    [Fact]
    public async Task Without_a_common_date_benchmark_figures_are_null_with_a_reason()
    {
        var body = new
        {
            returns = new[] { 0.01, 0.02 },
            dates = new[] { "2026-01-05", "2026-01-06" },
            benchmark = new[] { 0.01 },
            benchmarkDates = new[] { "2026-01-04" },
        };

        var answer = (await app.Api.Post(Path, body)).Is(200);

        answer.Text("benchmark.beta").Should().BeNull();
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("noOverlap");
    }

    [Fact]
    public async Task What_does_not_exist_is_null_with_a_reason_each()
    {
        var answer = (await app.Api.Post(Path, new { returns = Enumerable.Repeat(0.01, 10) })).Is(200);

        answer.At("risk.volatility").GetDouble().Should().Be(0);
        answer.Text("risk.sharpe").Should().BeNull();
        answer.Text("risk.sortino").Should().BeNull();
        answer.Text("risk.calmar").Should().BeNull();
        answer.Text("risk.drawdown").Should().BeNull();
        answer.At("risk.maxDrawdown").GetDouble().Should().Be(0);
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Equal("zeroDeviation", "noDrawdown");
        answer.At("quality.reasons").EnumerateArray().Texts("detail").Should().Equal("sharpe, sortino.", "calmar.");
    }

    [Fact]
    public async Task One_return_has_no_deviation()
    {
        var answer = (await app.Api.Post(Path, """{"returns":[0.01],"benchmark":[0.02]}""")).Is(200);

        answer.At("risk.cumulative").GetDouble().Should().BeApproximately(0.01, 1e-15);
        foreach (var figure in new[] { "risk.volatility", "risk.downsideDeviation", "risk.sharpe", "risk.sortino", "benchmark.beta" })
            answer.Text(figure).Should().BeNull(figure);
        answer.Text("quality.reasons.0.code").Should().Be("tooFewReturns");
    }

    [Fact]
    public async Task Yearly_rates_become_those_of_a_period()
    {
        // 1.0201^(1/2) - 1 = 0.01; r - 0.01 = 0.01, 0.03: mean 0.02, sd 0.02 / sqrt(2)
        var body = """{"returns":[0.02,0.04],"periodsPerYear":2,"riskFreeRate":"0.0201","minimumAcceptableReturn":0.0609}""";

        var answer = (await app.Api.Post(Path, body)).Is(200);

        answer.At("risk.sharpe").GetDouble().Should().BeApproximately(2, 1e-10);
        // 1.0609^(1/2) - 1 = 0.03: below it is 0.01 once of two
        answer.At("risk.downsideDeviation").GetDouble().Should().BeApproximately(0.01, 1e-10);
        answer.At("risk.sortino").GetDouble().Should().BeApproximately(0, 1e-10);
    }

    [Theory]
    [InlineData("""{"returns":[]}""", "returns")]
    [InlineData("""{"returns":[null]}""", "returns[0]")]
    [InlineData("""{"returns":["NaN"]}""", "returns[0]")]
    [InlineData("""{"returns":[1e999]}""", "returns[0]")]
    [InlineData("""{"returns":[0.1],"benchmark":[0.1,0.2]}""", "benchmark")]
    [InlineData("""{"returns":[0.1],"benchmark":[]}""", "benchmark")]
    [InlineData("""{"returns":[0.1],"dates":["2026-01-01","2026-01-02"]}""", "dates")]
    [InlineData("""{"returns":[0.1,0.2],"dates":["2026-01-02","2026-01-01"]}""", "dates[1]")]
    [InlineData("""{"returns":[0.1],"benchmark":[0.1],"benchmarkDates":["2026-01-01"]}""", "dates")]
    [InlineData("""{"returns":[0.1],"benchmark":[0.1],"dates":["2026-01-01"],"benchmarkDates":[]}""", "benchmarkDates")]
    [InlineData("""{"returns":[0.1],"benchmarkDates":["2026-01-01"],"dates":["2026-01-01"]}""", "benchmarkDates")]
    [InlineData("""{"returns":[0.1],"periodsPerYear":0}""", "periodsPerYear")]
    [InlineData("""{"returns":[0.1],"riskFreeRate":-1}""", "riskFreeRate")]
    [InlineData("""{"returns":[0.1],"minimumAcceptableReturn":"-1.5"}""", "minimumAcceptableReturn")]
    [InlineData("""{"benchmark":[0.1]}""", "returns")]
    public async Task Wrong_input_is_told_by_its_path(string body, string path) => (await app.Api.Post(Path, body)).IsInvalid(path);

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = await app.Api.Post(
            Path,
            """{"returns":[0.1,1e999],"benchmark":[1e999],"dates":["2026-01-01"],"periodsPerYear":-1,"riskFreeRate":-2}"""
        );

        answer.IsInvalid("returns[1]", "benchmark[0]", "benchmark", "dates", "periodsPerYear", "riskFreeRate");
    }
}
