using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Stocks;

public class SeamTests
{
    [Theory]
    [InlineData(10, 30, true)]
    [InlineData(10, 30.01, false)]
    [InlineData(30, 10, true)]
    [InlineData(30.01, 10, false)]
    public void A_price_goes_on_within_a_factor_of_three(double before, double after, bool holds) =>
        Seam.Holds((decimal)before, (decimal)after, []).Should().Be(holds);

    // Ten old shares of 1 become one of 10; a split of 1 to 4 then makes four of 2.50.
    [Fact]
    public void Splits_in_between_count()
    {
        Seam.Holds(1, 10, [(10, 1)]).Should().BeTrue();
        Seam.Holds(1, 10, [(1, 10)]).Should().BeFalse();
        Seam.Holds(1, 2.5m, [(10, 1), (1, 4)]).Should().BeTrue();
        Seam.Holds(100, 2.5m, [(10, 1), (1, 4)]).Should().BeFalse();
    }

    [Fact]
    public void What_is_not_known_refuses_nothing()
    {
        Seam.Holds(null, 10, []).Should().BeTrue();
        Seam.Holds(10, null, []).Should().BeTrue();
    }
}
