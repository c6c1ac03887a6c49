using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Idempotency;

/// <summary>Requests that bear a key.</summary>
internal static class Keys
{
    /// <summary>A key that no other test has.</summary>
    public static string New() => Guid.NewGuid().ToString();

    /// <summary>POST with a key.</summary>
    public static Task<Answer> PostOnce(this TestApp app, string key, string path, object? body = null) =>
        app.Api.Send(HttpMethod.Post, path, body, ("Idempotency-Key", key));

    /// <summary>Asserts that an answer is an earlier one, told again.</summary>
    public static void IsReplayOf(this Answer again, Answer first)
    {
        (again.Status, again.Body, again.Location).Should().Be((first.Status, first.Body, first.Location));
        (again.MediaType, again.Headers.GetValueOrDefault("ETag")).Should().Be((first.MediaType, first.Headers.GetValueOrDefault("ETag")));
        again.Headers.GetValueOrDefault("Idempotency-Replayed").Should().Be("true");
        first.Headers.Should().NotContainKey("Idempotency-Replayed");
    }

    /// <summary>A deposit, which any number of times is possible.</summary>
    public static object Deposit(string amount = "100") => Story.Money("deposit", "2026-03-02", amount);

    /// <summary>One number from the database.</summary>
    public static async Task<long> Count(this TestApp app, string sql)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs a statement in the database.</summary>
    public static async Task Execute(this TestApp app, string sql)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
