using System.Diagnostics;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>An account that is another one, or gone, when something of it is written, though it was there when it was read.</summary>
[Collection(AccessApp.Name)]
public sealed class MeanwhileTests(AccessApp.App app)
{
    // Less than a request may take: one of them may wait for the other, and not for the database.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Who_signs_in_to_an_account_that_is_deleted_in_the_same_moment_is_not_let_in()
    {
        var (id, email) = await app.Account();

        var answers = await During($"delete from accounts where id = '{id}'", () => app.SignIn(email));

        answers[0].IsProblem(401, "access.credentials");
    }

    [Fact]
    public async Task Who_makes_a_key_of_an_account_that_is_deleted_in_the_same_moment_is_told_so()
    {
        var (id, email) = await app.Account();
        var api = app.Bearing((await app.SignIn(email)).Text("accessToken"));
        var key = new { name = "Job", scopes = new[] { Scopes.ReadMarket } };

        var answers = await During($"delete from accounts where id = '{id}'", () => api.Post("api-keys", key));

        answers[0].IsProblem(409, "account.deleted");
    }

    [Fact]
    public async Task Several_who_sign_in_at_once_after_hashes_were_made_stronger_are_all_let_in()
    {
        var (id, email) = await app.Account();
        var stronger = new Dictionary<string, string>(StringComparer.Ordinal) { ["Access:PasswordIterations"] = "2000" };
        var other = await app.Another(stronger);
        try
        {
            var answers = await During(
                $"select from accounts where id = '{id}' for no key update",
                () => other.SignIn(email),
                () => other.SignIn(email)
            );

            foreach (var answer in answers)
                (await other.Bearing(answer.Is(200).Text("accessToken")).Get("me")).Is(200);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    /// <summary>Does everything while a statement is not committed yet, and commits it when all wait for that, or some have for long.</summary>
    private async Task<Answer[]> During(string statement, params Func<Task<Answer>>[] acts)
    {
        // Who is in a transaction sees the same activity to its end.
        await using var holder = await Connect();
        await using var watcher = await Connect();
        await Ask(holder, $"begin; {statement}");
        var answers = Task.WhenAll(acts.Select(act => act()));
        const string Waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        var watch = Stopwatch.StartNew();
        while (!answers.IsCompleted && await Ask(watcher, Waiting) is long waiting && waiting < acts.Length && watch.Elapsed < Patience)
            await Task.Delay(10);
        await Ask(holder, "commit");
        return await answers;
    }

    private async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(app.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> Ask(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
