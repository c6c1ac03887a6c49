using System.Globalization;
using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Idempotency;

[Collection(LedgerApp.Name)]
public sealed class DuplicatesAtOnceTests(TestApp app)
{
    private const int AtOnce = 50;

    private const string Waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%portfolios%'";

    // ROUNDS=1000 for the acceptance.
    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 4;

    [Fact]
    public async Task Fifty_equal_requests_at_once_have_one_effect()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        for (var round = 1; round <= Rounds; round++)
        {
            var key = Keys.New();
            var path = $"portfolios/{portfolio}/transactions";
            var deposit = Keys.Deposit(round.ToString(CultureInfo.InvariantCulture));

            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => app.PostOnce(key, path, deposit)));

            var done = answers.Where(answer => answer.Status == 201).ToList();
            done.Select(answer => answer.Body).Distinct().Should().ContainSingle();
            done.Where(answer => !answer.Headers.ContainsKey("Idempotency-Replayed")).Should().ContainSingle();
            foreach (var refused in answers.Except(done))
                refused.IsProblem(409, "idempotency.inProgress");
            (await app.PostOnce(key, path, deposit)).Is(201).Body.Should().Be(done[0].Body);
        }
        (await app.Entries(portfolio)).Should().Be(Rounds);
    }

    [Fact]
    public async Task While_the_first_is_at_work_others_are_told_so()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var (key, path) = (Keys.New(), $"portfolios/{portfolio}/transactions");
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"select 1 from portfolios where id = '{portfolio}' for update", connection);
        await hold.ExecuteScalarAsync();

        var first = app.PostOnce(key, path, Keys.Deposit());
        while (await app.Count(Waiting) == 0)
            await Task.Delay(10);
        (await app.PostOnce(key, path, Keys.Deposit())).IsProblem(409, "idempotency.inProgress");
        await holding.RollbackAsync();

        (await app.PostOnce(key, path, Keys.Deposit())).Status.Should().BeOneOf(201, 409);
        (await first).Is(201);
        (await app.PostOnce(key, path, Keys.Deposit())).IsReplayOf(await first);
    }
}
