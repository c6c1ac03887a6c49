using System.Diagnostics;
using CleanPortfolio.Application;
using CleanPortfolio.Application.Ports;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

public sealed class ParseInPartsTests
{
    [Fact]
    public async Task While_somebody_is_being_served_each_part_of_an_answer_waits_and_all_of_it_is_read()
    {
        const int Bars = 6_000;
        var body = $$"""{"status":"OK","results":[{{string.Join(',', Enumerable.Range(1, Bars).Select(Bar))}}]}""";
        await using var provider = (await FakeProvider.Start()).Then(200, body);
        await using var client = new Client(provider.Address);
        // What is slow the first time is not waiting.
        await Ask();
        using var served = (await client.RightOfWay()).Take();
        var started = Stopwatch.GetTimestamp();

        var session = await Ask();

        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(body.Length / (64 * 1024) * RightOfWay.Longest);
        session.Rejected.Should().BeEmpty();
        session
            .Good.Select(row => (row.Ticker, row.Bar.Close))
            .Should()
            .Equal(Enumerable.Range(1, Bars).Select(i => ($"T{i}", (decimal)i)));

        Task<Rows<TickerBar>> Ask() => client.Ask((market, stop) => market.SessionBars(Client.Monday, stop));

        // 16:00 in New York of that Monday.
        static string Bar(int i) =>
            $$"""{"T":"T{{i}}","t":1483995600000,"o":{{i}},"h":{{i}},"l":{{i}},"c":{{i}},"v":123456,"vw":{{i}},"n":77}""";
    }
}
