using System.Globalization;
using System.Text;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Calculations;

[Collection(LedgerApp.Name)]
public sealed class CalculateCashFlowsTests(TestApp app)
{
    private const string Path = "calculations/cash-flows";

    private static readonly (string Date, string Amount)[] Excel =
    [
        ("2008-01-01", "-10000"),
        ("2008-03-01", "2750"),
        ("2008-10-30", "4250"),
        ("2009-02-15", "3250"),
        ("2009-04-01", "2750"),
    ];

    [Fact]
    public async Task Rate_and_present_value_equal_the_examples_of_Excels_documentation()
    {
        var answer = (await app.Api.Post(Path, new { flows = Flows(Excel), rate = "0.09" })).Is(200);

        // support.microsoft.com: XIRR function 0.373362535, XNPV function 2,086.647602
        answer.At("moneyWeighted").GetDouble().Should().BeApproximately(0.373362535, 5e-9);
        answer.Exact("netPresentValue").Should().BeApproximately(2_086.647602m, 5e-7m);
        answer.At("residual").GetDouble().Should().BeLessThan(1e-12);
        (answer.Text("from"), answer.Text("to")).Should().Be(("2008-01-01", "2009-04-01"));
        // 456 days: 1.373362535^(456 / 365) - 1
        answer.At("moneyWeightedPeriod").GetDouble().Should().BeApproximately(0.486404, 1e-6);
        answer.Text("period").Should().BeNull();
        (answer.Text("method"), answer.Text("conventions.dayCount")).Should().Be(("cashFlows", "ACT/365F"));
        answer.Text("conventions.flowSign").Should().Be("investor");
        answer.Text("quality.status").Should().Be("complete");
    }

    [Fact]
    public async Task Dates_come_in_any_order_and_amounts_as_numbers_too()
    {
        var flows = Excel.Reverse().Select(flow => $$"""{"date":"{{flow.Date}}","amount":{{flow.Amount}}}""");

        var answer = (await app.Api.Post(Path, $$"""{"flows":[{{string.Join(',', flows)}}]}""")).Is(200);

        answer.At("moneyWeighted").GetDouble().Should().BeApproximately(0.373362535, 5e-9);
        answer.Text("netPresentValue").Should().BeNull("no rate was given");
    }

    [Fact]
    public async Task A_period_is_measured_as_worked_out_by_hand()
    {
        var period = new
        {
            from = "2026-03-01",
            to = "2026-03-31",
            openingValue = "50000000",
            closingValue = "51500000",
            flows = Flows(("2026-03-15", "-500000")),
        };

        var answer = (await app.Api.Post(Path, new { period })).Is(200);

        // theanalystspace.com, CFA level III practice on GIPS: 2.0 million / (50 - 0.5 x 16 / 31) million = 4.02 %
        answer.At("period.modifiedDietz").GetDouble().Should().BeApproximately(0.0402, 5e-5);
        answer.Exact("period.gain").Should().Be(2_000_000);
        (answer.Exact("period.inflows"), answer.Exact("period.outflows")).Should().Be((0, 500_000));
        answer.At("period.simpleReturn").GetDouble().Should().BeApproximately(0.04, 1e-15);
        answer.At("period.days").GetInt32().Should().Be(31);
        var rate = answer.At("period.moneyWeighted").GetDouble();
        (-50e6 + (0.5e6 * Math.Pow(1 + rate, -15 / 365.0)) + (51.5e6 * Math.Pow(1 + rate, -31 / 365.0))).Should().BeApproximately(0, 1);
        answer.At("period.moneyWeightedPeriod").GetDouble().Should().BeApproximately(Math.Pow(1 + rate, 31 / 365.0) - 1, 1e-12);
        answer.Text("moneyWeighted").Should().BeNull("no flows were given");
        answer.At("quality.reasons").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Flows_in_one_direction_have_no_rate_and_say_so()
    {
        var answer = (await app.Api.Post(Path, new { flows = Flows(("2026-01-01", "-1"), ("2026-02-01", "-2")), rate = "0" })).Is(200);

        answer.Text("moneyWeighted").Should().BeNull();
        answer.Text("moneyWeightedPeriod").Should().BeNull();
        answer.Text("residual").Should().BeNull();
        answer.Exact("netPresentValue").Should().Be(-3);
        answer.Text("quality.reasons.0.code").Should().Be("noRoot");
        answer.Text("quality.reasons.0.detail").Should().Be("moneyWeighted, moneyWeightedPeriod.");
    }

    [Fact]
    public async Task Of_several_rates_the_one_nearest_to_0_is_given_and_said_to_be_one_of_several()
    {
        // -100 + 230 / 1.1 - 132 / 1.21 = 0, and -100 + 230 / 1.2 - 132 / 1.44 = 0
        var flows = Flows(("2025-01-01", "-100"), ("2026-01-01", "230"), ("2027-01-01", "-132"));

        var answer = (await app.Api.Post(Path, new { flows })).Is(200);

        answer.At("moneyWeighted").GetDouble().Should().BeApproximately(0.1, 1e-12);
        answer.Text("quality.reasons.0.code").Should().Be("multipleRoots");
    }

    [Fact]
    public async Task A_period_that_lost_everything_returned_minus_1()
    {
        var period = new
        {
            from = "2026-01-01",
            to = "2026-12-31",
            openingValue = "100",
            closingValue = "0",
        };

        var answer = (await app.Api.Post(Path, new { period })).Is(200);

        foreach (var figure in new[] { "simpleReturn", "modifiedDietz", "moneyWeighted", "moneyWeightedPeriod" })
            answer.At($"period.{figure}").GetDouble().Should().Be(-1, figure);
    }

    [Fact]
    public async Task A_period_without_capital_has_no_returns_but_reasons()
    {
        var period = new
        {
            from = "2026-01-01",
            to = "2026-12-31",
            openingValue = 0,
            closingValue = 0,
        };

        var answer = (await app.Api.Post(Path, new { period })).Is(200);

        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Equal("noCapital", "capitalNotPositive", "noRoot");
        answer.Text("period.simpleReturn").Should().BeNull();
        answer.Exact("period.gain").Should().Be(0);
    }

    [Fact]
    public async Task Ten_thousand_flows_fit_and_one_more_is_refused()
    {
        var text = new StringBuilder("{\"flows\":[");
        for (var i = 0; i < 9_999; i++)
        {
            var date = new DateOnly(1990, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $$"""{"date":"{{date}}","amount":"-1234567890.123456"},""");
        }
        var last = """{"date":"2020-01-01","amount":"99999999999999.99"}""";

        var answer = (await app.Api.Post(Path, $"{text}{last}]}}")).Is(200);

        answer.At("moneyWeighted").GetDouble().Should().BePositive();
        answer.At("residual").GetDouble().Should().BeLessThan(1e-9);
        (await app.Api.Post(Path, $"{text}{last},{last}]}}")).IsInvalid("flows");
    }

    [Fact]
    public async Task Present_value_beyond_what_a_decimal_holds_is_null_with_a_reason()
    {
        var flows = Flows(("1900-01-01", "-1"), ("2026-01-01", "1"));

        var answer = (await app.Api.Post(Path, new { flows, rate = "-0.9999" })).Is(200);

        answer.Text("netPresentValue").Should().BeNull();
        answer.Text("quality.reasons.0.code").Should().Be("outOfRange");
        answer.At("moneyWeighted").GetDouble().Should().Be(0);
    }

    [Theory]
    [InlineData("""{}""", "flows")]
    [InlineData("""{"flows":[]}""", "flows")]
    [InlineData("""{"flows":[null]}""", "flows[0]")]
    [InlineData("""{"flows":[{"date":"2026-01-01","amount":"1000000000000000001"}]}""", "flows[0].amount")]
    [InlineData("""{"flows":[{"date":"2026-01-01","amount":1}],"rate":-1}""", "rate")]
    [InlineData("""{"rate":0.1,"period":{"from":"2026-01-01","to":"2026-01-31","openingValue":1,"closingValue":1}}""", "flows")]
    [InlineData("""{"period":{"from":"2026-02-01","to":"2026-01-31","openingValue":1,"closingValue":1}}""", "period.from")]
    [InlineData("""{"period":{"from":"0001-01-01","to":"2026-01-31","openingValue":1,"closingValue":1}}""", "period.from")]
    [InlineData("""{"period":{"from":"2026-01-01","to":"2026-01-31","openingValue":1e2,"closingValue":1}}""", "period.openingValue")]
    [InlineData("""{"flows":[{"date":"2026-01-01"}]}""", "amount")]
    [InlineData("""{"flows":[{"date":"2026-02-30","amount":1}]}""", "flows[0].date")]
    public async Task Wrong_input_is_told_by_its_path(string body, string path) => (await app.Api.Post(Path, body)).IsInvalid(path);

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        const string Flow = """{"date":"2026-03-01","amount":"2000000000000000000"}""";
        const string Period = $$"""{"from":"2026-01-01","to":"2026-01-31","openingValue":1,"closingValue":1,"flows":[null,{{Flow}}]}""";

        var answer = await app.Api.Post(Path, $$"""{"flows":[{{Flow}}],"rate":-2,"period":{{Period}}}""");

        answer.IsInvalid("flows[0].amount", "rate", "period.flows[0]", "period.flows[1].amount", "period.flows[1].date");
    }

    private static object[] Flows(params (string Date, string Amount)[] flows) =>
        [.. flows.Select(flow => new { date = flow.Date, amount = flow.Amount })];
}
