using System.Globalization;
using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Domain.Tests.MarketData;

public class OpeningJumpTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Theory]
    [InlineData("100", "50", 2, 1)]
    [InlineData("100", "50.9", 2, 1)] // 1.8 % off
    [InlineData("100", "66.5", 3, 2)]
    [InlineData("90", "30.2", 3, 1)]
    [InlineData("100", "5", 20, 1)]
    [InlineData("10", "25", 2, 5)]
    [InlineData("1.02", "10", 1, 10)]
    [InlineData("100", "60", 5, 3)]
    [InlineData("645.57", "92.44", 7, 1)] // AAPL, 2014-06-06 to 06-09
    public void A_move_by_a_small_ratio_looks_like_a_split(string before, string open, int to, int from) =>
        OpeningJump.SplitLike(Price(before), Price(open)).Should().Be((to, from));

    [Theory]
    [InlineData("100", "72")] // 1.39: too small a move
    [InlineData("100", "140")]
    [InlineData("100", "70")]
    [InlineData("100", "55")] // 1.818 is 9 % from 2 and 9 % from 5:3
    [InlineData("100", "52")] // 1.923 is 4 % from 2
    [InlineData("100", "1")]
    public void Another_move_does_not(string before, string open) => OpeningJump.SplitLike(Price(before), Price(open)).Should().BeNull();

    [Fact]
    public void An_applied_split_explains_its_move_and_not_another()
    {
        OpeningJump.Judge(Day, 100, 50, null)!.Finding.Should().Be(FindingKind.UnexplainedJump);
        OpeningJump.Judge(Day, 100, 50, 2).Should().BeNull();
        OpeningJump.Judge(Day, 5000, 99, 50).Should().BeNull();
        OpeningJump.Judge(Day, 10000, 99, null)!.Finding.Should().Be(FindingKind.Outlier);
        OpeningJump.Judge(Day, 1, 51, null)!.Finding.Should().Be(FindingKind.Outlier);
        OpeningJump.Judge(Day, 1, 50, null).Should().BeNull();
        OpeningJump.Judge(Day, 1, 3, 50)!.Finding.Should().Be(FindingKind.Outlier); // 150 times what was to be expected
    }

    private static decimal Price(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
