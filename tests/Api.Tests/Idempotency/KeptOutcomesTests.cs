using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Idempotency;

/// <summary>Its own app: one test moves the clock, the other breaks a table.</summary>
public sealed class KeptOutcomesTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await TestApp.Start(new TestAppOptions { Workers = 0, LogLevel = "Fatal" });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_key_is_free_again_after_a_day()
    {
        var (portfolio, key) = (await app.Portfolio(cash: "tracked"), Keys.New());
        var start = TestClock.NoonOf(TestClock.Tuesday);
        var first = (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).Is(201);

        app.Clock.Set(start.AddHours(23));
        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).IsReplayOf(first);
        app.Clock.Set(start.AddHours(24.1));
        var later = (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).Is(201);

        later.Text("id").Should().NotBe(first.Text("id"));
        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).IsReplayOf(later);
    }

    [Fact]
    public async Task Without_the_outcome_there_is_no_effect()
    {
        var (portfolio, key) = (await app.Portfolio(cash: "tracked"), Keys.New());
        var jobs = await app.Count("select count(*) from jobs");
        await app.Execute("alter table idempotency_keys add constraint ck_broken check (false) not valid");

        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).IsProblem(500, "internal");
        (await app.PostOnce(key, "stocks/universe")).IsProblem(500, "internal");

        (await app.Entries(portfolio)).Should().Be(0);
        (await app.Count("select count(*) from jobs")).Should().Be(jobs);
        (await app.Count("select count(*) from hangfire.job")).Should().Be(0);
        await app.Execute("alter table idempotency_keys drop constraint ck_broken");
        (await app.PostOnce(key, $"portfolios/{portfolio}/transactions", Keys.Deposit())).Is(201);
    }

    [Fact]
    public async Task Few_connections_suffice_for_many_keys()
    {
        var narrow = new Npgsql.NpgsqlConnectionStringBuilder(app.ConnectionString) { MaxPoolSize = 5 }.ConnectionString;
        await using var small = await TestApp.Start(
            new TestAppOptions
            {
                On = app,
                Workers = 0,
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings:Portfolio"] = narrow, ["Limits:Patience"] = "00:01:00" },
            }
        );
        var customer = await small.Customer();
        var portfolios = new List<string>();
        for (var i = 0; i < 20; i++)
            portfolios.Add(await small.Portfolio(cash: "tracked", customer: customer));

        var answers = await Task.WhenAll(
            portfolios
                .Select(portfolio => small.PostOnce(Keys.New(), $"portfolios/{portfolio}/transactions", Keys.Deposit()))
                .Concat(portfolios.Select(_ => small.PostOnce(Keys.New(), "stocks/universe")))
        );

        answers.Select(answer => answer.Status).Distinct().Should().BeEquivalentTo([201, 202]);
    }
}
