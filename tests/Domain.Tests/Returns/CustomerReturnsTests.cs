using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

public class CustomerReturnsTests
{
    [Fact]
    public void A_customer_is_the_sum_of_the_portfolios()
    {
        var (first, stock) = PortfolioReturnsTests.Story(CashMode.Tracked);
        var second = new Book(CashMode.External);
        second.Share(first);
        var other = second.Stock("0", (1, 1m));
        second.Buy(stock, 5, 1, 110);
        second.Buy(other, 5, 5, 1);

        var sum = RangeReturns.Sum(Book.Day(1), Book.Day(10), [first.Range(1, 10), second.Range(1, 10)]);

        // 189.5 of 2000, and 10 of 115
        sum.Total.Should()
            .BeEquivalentTo(
                new
                {
                    ClosingValue = 2214.5m,
                    Inflows = 2115m,
                    Outflows = 100m,
                    Gain = 199.5m,
                }
            );
        sum.Total.SimpleReturn.Should().BeApproximately(199.5 / 2115, 1e-15);
        sum.Stocks.Select(line => (line.Stock.Ticker, line.Figures.Gain)).Should().Equal(("0", (decimal?)0m), ("A", 199m));
        (sum.Stocks.Sum(line => line.Figures.Gain) + sum.Cash.Gain).Should().Be(sum.Total.Gain);
        RangeReturns.Sum(Book.Day(1), Book.Day(10), []).Total.Should().Be(Figures.None);
    }
}
