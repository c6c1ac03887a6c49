using System.Globalization;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Versions;

/// <summary>Two writers who each decide on what they have seen of one ledger, their reads and writes in any order and at once.</summary>
[Collection(LedgerApp.Name)]
public sealed class TwoWritersTests(TestApp app)
{
    // A sale looks at the whole history of its stock, so that a ledger of many runs would make a long test.
    private const int RunsPerLedger = 25;

    // RUNS=10000 for the acceptance.
    private static int Runs =>
        int.TryParse(Environment.GetEnvironmentVariable("RUNS"), CultureInfo.InvariantCulture, out var runs) ? runs : 150;

    [Fact]
    public async Task No_change_is_lost_nothing_is_oversold_and_every_refusal_is_a_conflict()
    {
        var (done, refused) = (0, 0);
        for (var first = 0; first < Runs; first += RunsPerLedger)
        {
            var ledger = await Ledger.Of(app);
            for (var run = first; run < Math.Min(first + RunsPerLedger, Runs); run++)
            {
                await ledger.Run(new Random(run));
                (await ledger.IsSound(run)).Should().BeTrue();
            }
            (done, refused) = (done + ledger.Done, refused + ledger.Refused);
        }
        done.Should().BeGreaterThan(Runs / 2, "most runs change something");
        refused.Should().BeGreaterThan(Runs / 10, "the two are in each other's way");
    }

    private sealed class Ledger(TestApp app, string portfolio, TestStock stock)
    {
        private readonly Lock _gate = new();
        private long _held = 10;
        private string? _sale;

        public int Done { get; private set; }

        public int Refused { get; private set; }

        public static async Task<Ledger> Of(TestApp app)
        {
            var portfolio = await app.Portfolio();
            var stock = await app.Stock();
            await app.Buy(portfolio, stock, "2026-01-05", "10", "100");
            return new Ledger(app, portfolio, stock);
        }

        /// <summary>One of: both at once; one after the other; both read before one writes.</summary>
        public async Task Run(Random random)
        {
            var (one, other) = (new Random(random.Next()), new Random(random.Next()));
            switch (random.Next(3))
            {
                case 0:
                    await Task.WhenAll(ReadAndWrite(one), ReadAndWrite(other));
                    break;
                case 1:
                    await ReadAndWrite(one);
                    await ReadAndWrite(other);
                    break;
                default:
                    var seen = await Task.WhenAll(Read(), Read());
                    await Task.WhenAll(Write(seen[0], one), Write(seen[1], other));
                    break;
            }
        }

        public async Task<bool> IsSound(int run)
        {
            var (version, held) = await Read();
            held.Should().BeGreaterThanOrEqualTo(0).And.Be(_held, "of run {0}", run);
            // One purchase in the beginning.
            version.Should().Be($"\"{Done + 1}\"", "of run {0}", run);
            return true;
        }

        private async Task ReadAndWrite(Random random) => await Write(await Read(), random);

        private async Task<(string Version, long Held)> Read()
        {
            // In this order: what comes in between makes the version a former one.
            var version = (await app.Api.Get($"portfolios/{portfolio}")).Is(200).Headers["ETag"];
            var holdings = (await app.Api.Get($"portfolios/{portfolio}/holdings")).Is(200).At("holdings").EnumerateArray().ToList();
            return (version, holdings.Count == 0 ? 0 : (long)holdings[0].Exact("quantity")!.Value);
        }

        private Task Write((string Version, long Held) seen, Random random) =>
            random.Next(10) switch
            {
                0 => Rename(seen.Version),
                1 when _sale is { } sale => Void(sale),
                < 4 => Trade("buy", 1 + random.Next(5), seen.Version),
                _ when seen.Held > 0 => Trade("sell", random.Next(3) == 0 ? seen.Held : 1 + random.NextInt64(seen.Held), seen.Version),
                _ => Trade("buy", 10, seen.Version),
            };

        private async Task Trade(string kind, long quantity, string version)
        {
            var draft = Story.Trade(kind, stock, "2026-01-05", quantity.ToString(CultureInfo.InvariantCulture), "100");
            var answer = await app.Api.Send(HttpMethod.Post, $"portfolios/{portfolio}/transactions", draft, ("If-Match", version));
            if (Count(answer, 201, kind == "buy" ? quantity : -quantity) && kind == "sell")
                _sale = $"{answer.Text("id")} {quantity}";
        }

        private async Task Rename(string version) =>
            Count(
                await app.Api.Send(HttpMethod.Patch, $"portfolios/{portfolio}", new { name = Unique.Name() }, ("If-Match", version)),
                200,
                0
            );

        // What was sold comes back, so that no rule can stand against it.
        private async Task Void(string sale)
        {
            var (id, quantity) = (sale.Split(' ')[0], long.Parse(sale.Split(' ')[1], CultureInfo.InvariantCulture));
            var path = $"portfolios/{portfolio}/transactions/{id}";
            var seen = (await app.Api.Get(path)).Is(200);
            if (seen.Text("voidedAt") is null)
                Count(await app.Api.Send(HttpMethod.Delete, path, null, ("If-Match", seen.Headers["ETag"])), 204, quantity);
        }

        private bool Count(Answer answer, int success, long change)
        {
            lock (_gate)
            {
                if (answer.Status == success)
                    (_held, Done) = (_held + change, Done + 1);
                else
                {
                    answer.Status.Should().BeOneOf([409, 412], "{0}", answer.Body);
                    answer.Text("code").Should().BeOneOf("concurrentChange", "precondition.failed");
                    Refused++;
                }
                return answer.Status == success;
            }
        }
    }
}
