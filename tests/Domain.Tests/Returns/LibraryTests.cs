using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>The engine as others use it: arrays in, figures out, nothing allocated in the folds.</summary>
public sealed class LibraryTests
{
    private static readonly double[] Returns = [.. Enumerable.Range(0, 2_520).Select(i => Math.Sin(i) / 100)];
    private static readonly double[] Other = [.. Enumerable.Range(0, 2_520).Select(i => Math.Cos(i) / 100)];
    private static readonly double[] Values = [.. Enumerable.Range(0, 2_521).Select(i => 1_000 + (10 * Math.Sin(i)))];
    private static readonly int[] Days = [0, 100, 365];
    private static readonly double[] Flows = [-100, -50, 170];
    private static readonly double[] Nothing = new double[2_520];

    private static readonly string[] Snippet =
    [
        "double[] values = [1000, 1100, 1650, 1650];",
        "var twr = TimeWeighted.Of(values, [0, 500, 0], [0, 0, 55], FlowTiming.InAtStartOutAtEnd);",
        "var xirr = Xirr.Of([0, 120, 365], [-1000, -500, 1705]);",
        "Console.WriteLine(FormattableString.Invariant($\"TWR {twr.Value:F6}, XIRR {xirr.Value:F6}\"));",
    ];

    // The section "As a library" of the engine's README, line by line.
    [Fact]
    public void The_five_lines_of_the_README_compute_what_they_say()
    {
        double[] values = [1000, 1100, 1650, 1650];
        var twr = TimeWeighted.Of(values, [0, 500, 0], [0, 0, 55], FlowTiming.InAtStartOutAtEnd);
        var xirr = Xirr.Of([0, 120, 365], [-1000, -500, 1705]);
        var text = FormattableString.Invariant($"TWR {twr.Value:F6}, XIRR {xirr.Value:F6}");

        // 1100 / 1000 x 1650 / 1600 x 1705 / 1650
        twr.Value.Should().BeApproximately((1.1 * 1.03125 * (1705.0 / 1650)) - 1, 1e-12);
        // 1000 (1 + r) + 500 (1 + r)^(245/365) = 1705
        var rate = xirr.Value!.Value;
        ((1_000 * (1 + rate)) + (500 * Math.Pow(1 + rate, 245 / 365.0))).Should().BeApproximately(1_705, 1e-9);
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "src", "Domain", "Returns", "README.md"));
        readme.Should().Contain($"// {text}");
        foreach (var line in Snippet)
            readme.Should().Contain(line);
    }

    public static TheoryData<string, Func<double>> Folds { get; } =
        new()
        {
            { "risk", () => Risk.Of(Returns, RiskOptions.Daily).Sharpe.Value!.Value },
            { "drawdown", () => Drawdown.Of(Returns).Depth.Value!.Value },
            { "benchmark", () => Benchmark.Of(Returns, Other, RiskOptions.Daily).Beta.Value!.Value },
            { "timeWeighted", () => TimeWeighted.Of(Values, Nothing, Nothing, FlowTiming.InAtStartOutAtEnd).Value!.Value },
            { "modifiedDietz", () => ModifiedDietz.Of(1_000, 1_100, Days, Flows, 365).Value!.Value },
            { "xirr", () => Xirr.Of(Days, Flows).Value!.Value },
        };

    [Theory]
    [MemberData(nameof(Folds))]
    public void Folds_allocate_nothing(string name, Func<double> fold)
    {
        for (var i = 0; i < 50; i++)
            fold();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var sum = 0.0;
        for (var i = 0; i < 100; i++)
            sum += fold();

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.Should().Be(0, "{0} sums to {1}", name, sum);
    }
}
