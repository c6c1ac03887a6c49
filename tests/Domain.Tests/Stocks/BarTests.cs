using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Stocks;

public class BarTests
{
    private static readonly Bar Good = new(new DateOnly(2024, 1, 2), Open: 10, High: 12, Low: 9, Close: 11, Volume: 100);

    [Fact]
    public void A_usual_bar_is_plausible() => Good.Implausible().Should().BeNull();

    public static TheoryData<decimal, decimal, decimal, decimal, decimal> Plausible { get; } =
        new()
        {
            { 10, 10, 10, 10, 0 }, // one price, nothing traded
            { 10, 12, 10, 12, 0.5m }, // low at the open, high at the close, a fraction of a share
            { 1e10m, 1e10m, 1e10m, 1e10m, 1 },
            { 0.0001m, 0.0001m, 0.0001m, 0.0001m, 1 },
        };

    [Theory]
    [MemberData(nameof(Plausible))]
    public void Edges_are_plausible(decimal open, decimal high, decimal low, decimal close, decimal volume) =>
        new Bar(Good.Date, open, high, low, close, volume).Implausible().Should().BeNull();

    public static TheoryData<decimal, decimal, decimal, decimal, decimal, string> Wrong { get; } =
        new()
        {
            { 0, 12, 9, 11, 100, "not positive" },
            { 10, 0, 9, 11, 100, "not positive" },
            { 10, 12, 0, 11, 100, "not positive" },
            { 10, 12, 9, -11, 100, "not positive" },
            { 10, 10_000_000_000.01m, 9, 11, 100, "beyond" },
            { 10, 12, 9, 11, -1, "volume" },
            { 13, 12, 9, 11, 100, "high" },
            { 10, 10.5m, 9, 11, 100, "high" },
            { 10, 12, 10.5m, 11, 100, "low" },
            { 12, 12, 11.5m, 11, 100, "low" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_can_not_be_is_named(decimal open, decimal high, decimal low, decimal close, decimal volume, string part) =>
        new Bar(Good.Date, open, high, low, close, volume).Implausible().Should().Contain(part);
}
