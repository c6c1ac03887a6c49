using System.Globalization;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using Xunit.Abstractions;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>130 real stocks of two years with a key of five calls a minute; the minute is a second long, for both sides.</summary>
public sealed class PlannedPopulationTests(ITestOutputHelper output)
{
    private const string Key = "five";
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(1);

    [MarketDataFact]
    public async Task The_calls_made_are_those_planned_and_none_is_refused()
    {
        var files = new CsvMarket(Checkout.MarketData, "us_selected", "2015_2017");
        var app = await TestApp.Start(
            new TestAppOptions
            {
                Market = new SimulatorOptions
                {
                    DataFolder = Checkout.MarketData,
                    DataPrefix = "us_selected",
                    Now = TestClock.NoonOf(RealMarket.To.AddDays(1)),
                    Keys = [new KeyPlan(Key) { CallsPerMinute = 5, Window = Minute }],
                },
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Polygon:ApiKey"] = Key,
                    ["Polygon:CallsPerMinute"] = "5",
                    ["Polygon:Minute"] = Minute.ToString("c", CultureInfo.InvariantCulture),
                },
            }
        );
        try
        {
            var draft = new
            {
                from = RealMarket.From,
                to = RealMarket.To,
                tickers = files.Tickers,
            };
            var plan = (await app.Api.Post("stocks/population?dryRun=true", draft)).Is(200);
            var started = (await app.Api.Post("stocks/population", draft)).Is(202);
            var over = await app.Api.WaitForJob(started.Text("id")!, seconds: 300);

            Tell(plan, started, over);
            over.Text("status").Should().Be("succeeded", "the job is {0}", over.Body);
            app.Market.Calls.Should().NotContain(call => call.Status == 429);
            // Bars and listing of each; splits of 100 and of 30 tickers; dividends of 40 tickers three times and of 10, because two years
            // and twelve days of at most 60 payments a year leave room for 40 in a page of 5000.
            var expected = (130 * 2) + 2 + 4;
            plan.At("exact").GetBoolean().Should().BeTrue();
            plan.At("calls").GetInt32().Should().Be(expected);
            (over.At("calls.planned").GetInt32(), over.At("calls.made").GetInt32()).Should().Be((expected, expected));
            app.Market.Calls.Should().HaveCount(expected);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    // How good the estimate was is told, not asserted: other work on the machine is part of it.
    private void Tell(Answer plan, Answer started, Answer over)
    {
        var (begin, eta, end) = (At(started, "createdAt"), At(started, "eta"), At(over, "finishedAt"));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.At("calls")} calls, planned to take {plan.Text("duration")}: eta after {(eta - begin).TotalSeconds:F1} s, over after {(end - begin).TotalSeconds:F1} s, {(eta - begin) / (end - begin) - 1:P1} off"
            )
        );
    }

    private static DateTimeOffset At(Answer answer, string field) =>
        DateTimeOffset.Parse(answer.Text(field)!, CultureInfo.InvariantCulture);
}
