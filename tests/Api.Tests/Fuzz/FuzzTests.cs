using System.Diagnostics;
using System.Globalization;
using CleanPortfolio.Api.Tests.Contract;
using CleanPortfolio.Api.Tests.MarketData;
using CleanPortfolio.Testing;
using Xunit.Abstractions;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>
/// Requests by the served contract alone, good, odd and broken ones, as everybody. Each answer must be one that the contract tells of.
/// <c>SEED</c>, <c>REQUESTS</c> and <c>ONLY</c> (names of operations) repeat or lengthen it; what fails is told with its seed, step and curl line.
/// </summary>
public sealed class FuzzTests(ToldApp.App app, ITestOutputHelper output) : IClassFixture<ToldApp.App>
{
    private const int Usual = 5000;

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_one_that_the_contract_tells_of()
    {
        var (seed, requests, only) = (Number("SEED", 20260105), Number("REQUESTS", Usual), Environment.GetEnvironmentVariable("ONLY"));
        var dice = new Dice(seed);
        var session = await Session.On(app, dice);
        var watch = Stopwatch.StartNew();
        await new Scenario(app, session).Run();
        var unreached = session.Unreached.ToList();
        var operations = session.Operations.Where(operation => only is null || only.Split(',').Contains(operation.Name)).ToList();
        for (var step = 1; session.Sent < requests; step++)
            await session.SendAtOnce(Shots(session, operations, dice), $"SEED={seed} step {step}");

        output.WriteLine(
            $"{session.Sent} requests in {watch.Elapsed.TotalSeconds:0} s, seed {seed}; not reached in the good case: {string.Join(' ', unreached)}"
        );
        output.WriteLine(session.Report());
        session.Faults.Should().BeEmpty();
        unreached.Should().BeEmpty("every operation does its work at least once");
    }

    // Mostly one after the other; now and then several, some of them twice.
    private static List<Shot> Shots(Session session, List<Operation> operations, Dice dice)
    {
        var shots = new List<Shot>();
        for (var count = dice.Chance(0.9) ? 1 : dice.Between(2, 6); count > 0; count--)
            shots.Add(
                shots.Count > 0 && dice.Chance(0.4) ? dice.One(shots) : session.Maker.Shot(dice.One(operations), dice.One(Session.Callers))
            );
        return shots;
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
