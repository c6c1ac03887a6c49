using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

/// <summary>Every fault of transport and paging that users of the provider reported: either all rows come, or the call is refused.</summary>
public sealed class ReportedFaultsTests : IAsyncLifetime
{
    private Simulator market = null!;
    private Client client = null!;

    public async Task InitializeAsync()
    {
        market = await Simulator.Start(new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) }, CancellationToken.None);
        client = Client.Of(market, ("BarsPerPage", "2"));
    }

    public async Task DisposeAsync()
    {
        await client.DisposeAsync();
        await market.DisposeAsync();
    }

    public static TheoryData<string> Passing =>
        [
            "InternalError",
            "ClientClosedRequest",
            "BadGateway",
            "GatewayTimeout",
            "TruncatedGzip",
            "ConnectionReset",
            "TooManyRequests",
            "Slow",
            "Delayed",
            "ExponentNumbers",
            "DoubledPort",
        ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_passing_fault_loses_no_row(string kind)
    {
        var expected = await client.Week();
        market.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Times = 3, DelayMilliseconds = 50 });
        market.Add(new Fault(FaultKind.TooManyRequests) { Times = 1, EmptyBody = true });

        var week = await client.Week();

        week.Good.Should().Equal(expected.Good).And.HaveCount(5);
        week.Rejected.Should().BeEmpty();
    }

    [Theory]
    [InlineData("CursorRefused", ItemReasons.ProviderUnavailable)]
    [InlineData("EndlessPaging", ItemReasons.ProviderUnavailable)]
    [InlineData("NotEntitled", ItemReasons.NotEntitled)]
    [InlineData("NotAuthorizedWith200", ItemReasons.NotEntitled)]
    [InlineData("Timeframe", ItemReasons.NotEntitled)]
    [InlineData("BeforeEndOfDay", ItemReasons.NotYetAvailable)]
    public async Task What_cuts_an_answer_short_is_a_refusal_and_never_an_end(string kind, string reason)
    {
        market.Add(new Fault(Enum.Parse<FaultKind>(kind)));
        await client.IsRefused(reason);
        market.ClearFaults();
        (await client.Week()).Good.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(GarbageKind.HighBelowLow)]
    [InlineData(GarbageKind.NegativePrice)]
    [InlineData(GarbageKind.ZeroPrice)]
    [InlineData(GarbageKind.NotANumber)]
    [InlineData(GarbageKind.NegativeVolume)]
    [InlineData(GarbageKind.FutureDate)]
    public async Task A_row_that_cannot_be_is_told_and_costs_no_other(GarbageKind kind)
    {
        var expected = (await client.Week()).Good.Where(bar => bar.Date != Client.Monday.AddDays(2));
        market.Add(new Fault(FaultKind.GarbageRow) { Date = Client.Monday.AddDays(2), Garbage = kind });

        var week = await client.Week();

        week.Good.Should().Equal(expected);
        week.Rejected.Should().ContainSingle();
    }

    [Fact]
    public async Task Of_a_ticker_that_is_there_twice_on_one_day_the_first_row_is_kept_and_the_other_is_told()
    {
        var session = new DateOnly(2026, 6, 29);
        var expected = await client.Ask((m, stop) => m.SessionBars(session, stop));
        expected.Rejected.Should().BeEmpty();
        market.Add(new Fault(FaultKind.GarbageRow) { Ticker = "AAPL", Garbage = GarbageKind.TickerTwice });

        var bars = await client.Ask((m, stop) => m.SessionBars(session, stop));

        bars.Good.Should().Equal(expected.Good);
        var twin = bars.Rejected.Should().ContainSingle().Which;
        (twin.Ticker, twin.Date, twin.Reason).Should().Be(("AAPL", session, RowReasons.Duplicate));
        twin.Content.Should().Contain("\"close\"");
    }
}
