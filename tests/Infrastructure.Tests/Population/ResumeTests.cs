using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Calls are dear: five a minute, which is a second long here. Processes die.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_killed_process_loses_at_most_the_call_in_flight(int seed)
    {
        const int Kills = 3;
        var dice = new Random(seed);
        await using var stage = await ScarceCalls.Set();
        string? job = null;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var service = await Service.Start(stage.Settings);
            job ??= (await service.Api.Post("stocks/population", ScarceCalls.Population)).Is(202).Text("id");
            var calls = stage.Market.Calls.Count + dice.Next(1, 5);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (stage.Market.Calls.Count < calls)
                await Task.Delay(5, limit.Token);
            await Task.Delay(dice.Next(0, 200));
            await service.Kill();
        }
        await using var last = await Service.Start(stage.Settings);

        var over = await last.Api.WaitForJob(job!, seconds: 90);

        over.Text("status").Should().Be("succeeded", over.Body);
        // Bars and listing of eight tickers, a batch of splits and one of dividends.
        over.At("calls.planned").GetInt32().Should().Be(18);
        var paths = stage.Market.Calls.Select(call => call.Path).ToList();
        paths.Distinct().Should().HaveCount(18);
        paths.Should().HaveCountLessThanOrEqualTo(18 + Kills, "a kill loses the call in flight and no other");
        (await Sql.Lines(stage.ConnectionString, "select count(*) from kept_answers")).Should().Equal("(0)");
    }
}
