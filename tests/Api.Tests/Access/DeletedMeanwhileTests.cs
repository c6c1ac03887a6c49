using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>An account that is read as long as it is there, and is gone when something of it is written.</summary>
[Collection(AccessApp.Name)]
public sealed class DeletedMeanwhileTests(AccessApp.App app)
{
    [Fact]
    public async Task Who_signs_in_to_an_account_that_is_deleted_in_the_same_moment_is_not_let_in()
    {
        var (id, email) = await app.Account();

        var answer = await WhileItGoes(id, () => app.SignIn(email));

        answer.IsProblem(401, "access.credentials");
    }

    [Fact]
    public async Task Who_makes_a_key_of_an_account_that_is_deleted_in_the_same_moment_is_told_so()
    {
        var (id, email) = await app.Account();
        var api = app.Bearing((await app.SignIn(email)).Text("accessToken"));

        var answer = await WhileItGoes(id, () => api.Post("api-keys", new { name = "Job", scopes = new[] { Scopes.ReadMarket } }));

        answer.IsProblem(409, "account.deleted");
    }

    private async Task<Answer> WhileItGoes(string account, Func<Task<Answer>> act)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(app.ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var deletion = new NpgsqlCommand($"begin; delete from accounts where id = '{account}'", connection);
        await deletion.ExecuteNonQueryAsync();
        var answer = act();
        await using var waiting = new NpgsqlCommand(
            $"select count(*) from pg_stat_activity where {connection.ProcessID} = any (pg_blocking_pids(pid))",
            connection
        );
        while (!answer.IsCompleted && await waiting.ExecuteScalarAsync() is 0L)
            await Task.Delay(10);
        await using var commit = new NpgsqlCommand("commit", connection);
        await commit.ExecuteNonQueryAsync();
        return await answer;
    }
}
