using System.Globalization;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>All that can go wrong at the provider, at once: failed calls by chance, and rows that are told wrong every other time.</summary>
internal static class EveryFault
{
    /// <summary>A split that is only told of the wrong day: nothing later makes up for it but asking again.</summary>
    public const string Shifted = "HRNP";

    // Days on which the provider may still change its mind about a bar, and about a dividend: those are asked for again by themselves.
    private const int OpenSessions = 4;
    private const int OpenDays = 50;
    private static readonly DateOnly Never = new(2100, 1, 1);
    private static readonly DateOnly SplitOfNvda = new(2024, 6, 10);
    private static readonly DateOnly SplitOfHrnp = new(2023, 6, 14);

    /// <summary>The faults drawn by a seed, against the truth that an undisturbed population stored.</summary>
    public static async Task<IReadOnlyList<Fault>> Of(int seed, string truth, DateOnly marketFrom)
    {
        var dice = new Random(seed);
        var all = Failing().Concat(await Wrong(truth, marketFrom, dice)).Concat(Listed());
        return [.. all.Select((fault, at) => fault with { Seed = fault.Seed + seed * 100 + at })];
    }

    private static IEnumerable<Fault> Failing() =>
        [
            new(FaultKind.Slow) { DelayMilliseconds = 15 },
            new(FaultKind.Slow) { DelayMilliseconds = 1500, Probability = 0.01 },
            new(FaultKind.TooManyRequests) { Probability = 0.01 },
            new(FaultKind.TooManyRequests) { Probability = 0.01, RetryAfterSeconds = 1 },
            new(FaultKind.TooManyRequests) { Probability = 0.01, EmptyBody = true },
            new(FaultKind.InternalError) { Probability = 0.02 },
            new(FaultKind.ClientClosedRequest) { Probability = 0.02 },
            new(FaultKind.BadGateway) { Probability = 0.02 },
            new(FaultKind.GatewayTimeout) { Probability = 0.02 },
            new(FaultKind.ConnectionReset) { Probability = 0.02 },
            new(FaultKind.TruncatedGzip) { Probability = 0.03 },
            new(FaultKind.NotEntitled) { Probability = 0.01 },
            new(FaultKind.Timeframe) { Probability = 0.01 },
            new(FaultKind.BeforeEndOfDay) { Probability = 0.01 },
            new(FaultKind.NotAuthorizedWith200) { Probability = 0.01 },
            new(FaultKind.Delayed) { Probability = 0.5 },
            new(FaultKind.ExponentNumbers) { Probability = 0.3 },
            new(FaultKind.DoubledPort) { Probability = 0.3 },
            new(FaultKind.CursorRefused) { Probability = 0.05 },
            new(FaultKind.EndlessPaging) { Path = "/range/", Probability = 0.03 },
        ];

    private static IEnumerable<Fault> Listed() =>
        [
            new(FaultKind.PartialCrawl) { Probability = 0.4 },
            new(FaultKind.TickerTwice) { Probability = 0.4 },
            new(FaultKind.DuplicateSplit)
            {
                Ticker = "NVDA",
                Date = SplitOfNvda,
                Probability = 0.5,
            },
            new(FaultKind.ConflictingSplit)
            {
                Ticker = "NVDA",
                Date = SplitOfNvda,
                Probability = 0.5,
            },
            new(FaultKind.ShiftedSplit) { Ticker = Shifted, Date = SplitOfHrnp },
        ];

    private static async Task<IEnumerable<Fault>> Wrong(string truth, DateOnly marketFrom, Random dice)
    {
        var days = (await Days(truth, "select distinct '' as all_of_them, date from daily_prices order by 2")).ConvertAll(day => day.Date);
        var open = days[^OpenSessions];
        var bars = await Days(
            truth,
            $"select ticker, date from daily_prices join stocks on id = stock_id where ticker <> '{FaultyWorld.Recycled}' order by 1, 2"
        );
        // Not a stock's first or last day: nobody can tell that those are missing.
        var (own, ofMarket) = (
            Shuffled(dice, bars.Where(bar => FaultyWorld.Own.Contains(bar.Ticker) && bar.Date > days[^300] && bar.Date < open)),
            Shuffled(dice, bars.Where(bar => !FaultyWorld.Own.Contains(bar.Ticker) && bar.Date > marketFrom.AddDays(3) && bar.Date < open))
        );
        var wrong = new List<Fault>();
        foreach (var garbage in Enum.GetValues<GarbageKind>())
        {
            // Without a day the first of an answer is meant. A row without a ticker comes on any day: more would leave no answer unharmed.
            wrong.Add(Garbage(garbage, ofMarket.Dequeue().Ticker, null, 0.05));
            if (garbage is not GarbageKind.UnprintableTicker)
                foreach (var (ticker, date) in new[] { own.Dequeue(), own.Dequeue(), ofMarket.Dequeue() })
                    wrong.Add(Garbage(garbage, ticker, date, 0.5));
        }
        foreach (var (ticker, date) in new[] { own.Dequeue(), own.Dequeue(), ofMarket.Dequeue(), ofMarket.Dequeue() })
            wrong.Add(
                new(FaultKind.MissingDay)
                {
                    Ticker = ticker,
                    Date = date,
                    Probability = 0.7,
                }
            );
        foreach (var (ticker, date) in Shuffled(dice, bars.Where(bar => bar.Date >= open)).Take(6))
            wrong.Add(
                new(FaultKind.CorrectedBar)
                {
                    Ticker = ticker,
                    Date = date,
                    Until = Never,
                    Probability = 0.7,
                }
            );
        var since = days[^1].AddDays(-OpenDays);
        var dividends = Shuffled(
            dice,
            (await Days(truth, "select ticker, ex_date from dividends join stocks s on s.id = stock_id order by 1, 2")).Where(one =>
                one.Date > since
            )
        );
        foreach (var (at, (ticker, date)) in dividends.Take(6).Index())
            wrong.Add(
                new(at % 2 == 0 ? FaultKind.LateDividend : FaultKind.ChangedDividend)
                {
                    Ticker = ticker,
                    Date = date,
                    Until = Never,
                    Probability = 0.7,
                }
            );
        return wrong;
    }

    private static Fault Garbage(GarbageKind garbage, string ticker, DateOnly? date, double probability) =>
        new(FaultKind.GarbageRow)
        {
            Garbage = garbage,
            Ticker = ticker,
            Date = date,
            Probability = probability,
        };

    private static Queue<TickerDay> Shuffled(Random dice, IEnumerable<TickerDay> days)
    {
        var array = days.ToArray();
        dice.Shuffle(array);
        return new Queue<TickerDay>(array);
    }

    private static async Task<List<TickerDay>> Days(string connectionString, string query) =>
        (await Sql.Lines(connectionString, query)).ConvertAll(TickerDay.Parse);
}

/// <summary>A day of a ticker.</summary>
internal readonly record struct TickerDay(string Ticker, DateOnly Date)
{
    /// <summary>Of a row's text.</summary>
    public static TickerDay Parse(string row)
    {
        var parts = row.Trim('(', ')').Split(',');
        return new TickerDay(parts[0].Trim('"'), DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
