using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Api.Tests.MarketData;

/// <summary>
/// It is Tuesday 30 June 2026, and on the free plan Monday the 29th is the last session that is out. The 19th is a holiday, the 1st a Monday.
/// </summary>
[Collection(LedgerApp.Name)]
public sealed class GetQualityTests(TestApp app)
{
    [Fact]
    public async Task Missing_days_are_sessions_between_the_first_price_and_the_last_session_that_is_out()
    {
        var stock = await app.StockWithout("2026-06-01", "2026-06-26", "2026-06-03", "2026-06-09", "2026-06-10", "2026-06-12");

        var report = (await app.Api.Get($"market-data/quality?ticker={stock.Ticker}")).Is(200);

        var item = report.At("items").EnumerateArray().Should().ContainSingle().Subject;
        (item.Text("stockId"), report.Text("to"), report.Text("from")).Should().Be((stock.Id, "2026-06-29", null));
        Findings
            .Lines(item)
            .Should()
            .Equal(
                "missingDays 2026-06-03 2026-06-03 1 notAsked",
                "missingDays 2026-06-09 2026-06-10 2 notAsked",
                "missingDays 2026-06-12 2026-06-12 1 notAsked",
                "missingDays 2026-06-29 2026-06-29 1 notAsked"
            );
    }

    [Fact]
    public async Task What_was_asked_of_a_former_ticker_counts_while_the_stock_bore_it()
    {
        var stock = await app.StockWithout("2026-06-01", "2026-06-29", "2026-06-03", "2026-06-17");
        await app.Save(database =>
            database
                .Stocks.Include(own => own.Symbols)
                .First(own => own.Ticker == stock.Ticker)
                .Rename($"{stock.Ticker}N", new(2026, 6, 10), app.Clock.GetUtcNow())
        );
        await app.Asked(stock.Ticker, "2026-06-01", "2026-06-29");

        (await app.FindingsOf($"{stock.Ticker}N"))
            .Should()
            .Equal("missingDays 2026-06-03 2026-06-03 1 noData", "missingDays 2026-06-17 2026-06-17 1 notAsked");
    }

    [Fact]
    public async Task A_stock_without_holes_is_not_in_the_report()
    {
        // Half days are sessions: 28 November and 24 December 2025 are there, Thanksgiving and Christmas are not missed.
        var stock = await app.StockWithout("2025-11-03", "2026-06-29");
        var halfDay = await app.StockWithout("2025-11-24", "2026-06-29", "2025-11-28", "2025-12-24");

        (await app.FindingsOf(stock.Ticker)).Should().BeEmpty();
        (await app.FindingsOf(halfDay.Ticker))
            .Should()
            .Equal("missingDays 2025-11-28 2025-11-28 1 notAsked", "missingDays 2025-12-24 2025-12-24 1 notAsked");
    }

    [Fact]
    public async Task Each_hole_says_why()
    {
        var stock = await app.StockWithout(
            "2024-02-01",
            "2026-06-29",
            "2024-02-06",
            "2024-02-07",
            "2024-02-13",
            "2024-02-15",
            "2024-02-22"
        );
        await app.Asked(stock.Ticker, "2024-02-01", "2024-02-06");
        await app.Asked(stock.Ticker, "2024-02-13", "2024-02-13", FetchOutcome.UnknownSymbol);
        await app.Asked(stock.Ticker, "2024-02-15", "2024-02-15", FetchOutcome.NotEntitled);

        (await app.FindingsOf(stock.Ticker))
            .Should()
            .Equal(
                "missingDays 2024-02-06 2024-02-06 1 noData",
                "missingDays 2024-02-07 2024-02-07 1 notAsked",
                "missingDays 2024-02-13 2024-02-13 1 unknownSymbol",
                "missingDays 2024-02-15 2024-02-15 1 notEntitled",
                "missingDays 2024-02-22 2024-02-22 1 notAsked"
            );
        (await app.FindingsOf(stock.Ticker, "&reason=notEntitled")).Should().Equal("missingDays 2024-02-15 2024-02-15 1 notEntitled");
        (await app.FindingsOf(stock.Ticker, "&finding=stale")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_session_fetched_for_the_whole_market_counts_for_every_stock()
    {
        // No other test asks for a session of 1999.
        var stock = await app.StockWithout("1999-03-01", "1999-03-12", "1999-03-03", "1999-03-04");
        await app.Asked("1999-03-03", "1999-03-03", "1999-03-03", FetchOutcome.Stored, FetchKind.Session);
        await app.Asked("1999-03-04", "1999-03-04", "1999-03-04", FetchOutcome.NotEntitled, FetchKind.Session);

        (await app.FindingsOf(stock.Ticker, "&to=1999-03-12"))
            .Should()
            .Equal("missingDays 1999-03-03 1999-03-03 1 noData", "missingDays 1999-03-04 1999-03-04 1 notEntitled");
    }

    [Fact]
    public async Task A_range_cuts_the_report()
    {
        var stock = await app.StockWithout("2023-05-01", "2023-05-31", "2023-05-03", "2023-05-09", "2023-05-10", "2023-05-24");

        (await app.FindingsOf(stock.Ticker, "&from=2023-05-10&to=2023-05-23"))
            .Should()
            .Equal("missingDays 2023-05-10 2023-05-10 1 notAsked");
        // Sessions of the range after the last price and before the next one are missing too.
        (await app.FindingsOf(stock.Ticker, "&from=2023-05-09&to=2023-05-10"))
            .Should()
            .Equal("missingDays 2023-05-09 2023-05-10 2 notAsked");
    }

    [Fact]
    public async Task A_stock_whose_last_price_is_old_is_stale()
    {
        var stale = await app.StockWithout("2026-06-01", "2026-06-18");
        var late = await app.StockWithout("2026-06-01", "2026-06-22");

        (await app.FindingsOf(stale.Ticker, "&finding=stale")).Should().Equal("stale 2026-06-22 2026-06-29 6 notAsked");
        (await app.FindingsOf(late.Ticker, "&finding=stale")).Should().BeEmpty();
        (await app.FindingsOf(stale.Ticker, "&finding=stale&to=2026-06-26")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_opening_that_looks_like_a_split_or_an_error_is_told_unless_a_split_explains_it()
    {
        List<(string, decimal)> closes = [("2026-06-25", 100), ("2026-06-26", 50), ("2026-06-29", 49)];
        var unexplained = await TestStock.In(app, closes);
        var explained = await TestStock.In(app, closes, splits: [("2026-06-26", 1, 2)]);
        var outlier = await TestStock.In(app, [("2026-06-25", 100), ("2026-06-26", 0.5m), ("2026-06-29", 0.5m)]);

        (await app.FindingsOf(unexplained.Ticker)).Should().Equal("unexplainedJump 2026-06-26 2026-06-26 1");
        (await app.FindingsOf(explained.Ticker)).Should().BeEmpty();
        (await app.FindingsOf(outlier.Ticker)).Should().Equal("outlier 2026-06-26 2026-06-26 1");
        (await app.FindingsOf(unexplained.Ticker, "&from=2026-06-26")).Should().Equal("unexplainedJump 2026-06-26 2026-06-26 1");
    }

    [Fact]
    public async Task A_day_whose_price_is_held_in_quarantine_says_so()
    {
        var stock = await app.StockWithout("2026-06-01", "2026-06-29", "2026-06-03", "2026-06-04");
        await app.Asked(stock.Ticker, "2026-06-01", "2026-06-29");
        var fault = new RowFault(RowReasons.NegativePrice, "a price is below 0");
        await app.Save(database =>
            database.QuarantinedRows.Add(
                new QuarantinedRow(RowKind.Bar, stock.Ticker, null, Findings.Day("2026-06-04"), fault, "{}", app.Clock.GetUtcNow())
            )
        );

        (await app.FindingsOf(stock.Ticker))
            .Should()
            .Equal("missingDays 2026-06-03 2026-06-03 1 noData", "missingDays 2026-06-04 2026-06-04 1 quarantined");
    }

    [Fact]
    public async Task Splits_that_are_not_applied_are_told_until_an_operator_decides()
    {
        var stock = await app.StockWithout("2026-06-01", "2026-06-29");
        var day = Findings.Day("2026-06-10");
        ReportedSplit Split(string id) => new(new Id<Stock>(Guid.Parse(stock.Id)), day, 1, 2, id, app.Clock.GetUtcNow());
        var (conflict, twice, settled) = (Split("a"), Split("b"), Split("c"));
        conflict.Judge(SplitVerdict.Conflict, SplitReasons.NotInPrices);
        twice.Judge(SplitVerdict.Duplicate, SplitReasons.Same);
        settled.Judge(SplitVerdict.Conflict, SplitReasons.Decided);
        settled.Decide(SplitDecision.Rejected, "ann", "never happened", app.Clock.GetUtcNow());
        await app.Save(database => database.SplitReports.AddRange(conflict, twice, settled));

        (await app.FindingsOf(stock.Ticker))
            .Should()
            .BeEquivalentTo("splitConflict 2026-06-10 2026-06-10 1", "duplicateSplit 2026-06-10 2026-06-10 1");
        (await app.FindingsOf(stock.Ticker, "&to=2026-06-09")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_pair_of_currencies_lacks_rates_when_it_pauses_longer_than_a_long_weekend()
    {
        object Rate(string date) =>
            new
            {
                @base = "MNT",
                quote = "LAK",
                date,
                rate = "6.1",
            };
        var rates = new[] { Rate("2026-06-01"), Rate("2026-06-05"), Rate("2026-06-10"), Rate("2026-06-11") };
        (await app.Api.Send(HttpMethod.Put, "exchange-rates", new { rates })).Is(200);

        // 1 to 5 June are 4 days apart; from Friday the 5th to Wednesday the 10th Monday and Tuesday lack.
        (await app.FindingsOf("C:MNTLAK"))
            .Should()
            .Equal("fxGap 2026-06-06 2026-06-09 2 notAsked");
        await app.Asked("C:MNTLAK", "2026-06-01", "2026-06-11", kind: FetchKind.Rates);
        (await app.FindingsOf("C:MNTLAK")).Should().Equal("fxGap 2026-06-06 2026-06-09 2 noData");
    }

    [Fact]
    public async Task Pages_together_are_the_whole_report()
    {
        for (var i = 0; i < 3; i++)
            await app.StockWithout("2026-06-01", "2026-06-29", "2026-06-03");

        var whole = await app.Api.All("market-data/quality", limit: 500);
        var small = await app.Api.All("market-data/quality", limit: 2);

        small.Texts("ticker").Should().Equal(whole.Texts("ticker")).And.BeInAscendingOrder(StringComparer.Ordinal);
        whole.Count.Should().BeGreaterThan(3);
    }

    [Fact]
    public async Task What_is_not_valid_is_refused()
    {
        (await app.Api.Get("market-data/quality?from=2026-06-02&to=2026-06-01&limit=0")).IsInvalid("from", "limit");
        (await app.Api.Get("market-data/quality?finding=lost")).IsInvalid("finding");
        (await app.Api.Get($"market-data/quality?stockId={Guid.NewGuid()}")).IsProblem(404, "stock.notFound");
        (await app.Api.Get("market-data/quality?ticker=NEVERHEARD")).Is(200).At("items").GetArrayLength().Should().Be(0);
    }
}

[Collection(IdleApp.Name)]
public sealed class QualityOfWorkUnderwayTests(IdleApp.App app)
{
    [Fact]
    public async Task Days_that_a_queued_job_will_ask_for_wait_for_the_rate_limit()
    {
        var stock = await app.StockWithout("2026-06-01", "2026-06-29", "2026-06-03", "2026-06-09");

        await app.Api.Post(
            "stocks/population",
            new
            {
                from = "2026-06-08",
                to = "2026-06-10",
                tickers = new[] { stock.Ticker },
            }
        );

        (await app.FindingsOf(stock.Ticker))
            .Should()
            .Equal("missingDays 2026-06-03 2026-06-03 1 notAsked", "missingDays 2026-06-09 2026-06-09 1 rateLimited");
    }
}
