using System.Runtime.Versioning;
using CleanPortfolio.Infrastructure.LocalPostgres;
using Npgsql;
using Server = CleanPortfolio.Infrastructure.LocalPostgres.LocalPostgres;

namespace CleanPortfolio.Infrastructure.Tests.LocalPostgres;

public sealed class LocalPostgresTests : IDisposable
{
    private readonly Playground playground = new();

    public void Dispose() => playground.Dispose();

    [Fact]
    public async Task Data_outlive_a_server_that_stops_with_its_app()
    {
        await using (var first = await playground.Start())
        {
            first.Reused.Should().BeFalse();
            await Ask(first, "create table notes as select 'kept' as text");
        }
        playground.IsRunning.Should().BeFalse();

        await using var second = await playground.Start();
        second.Reused.Should().BeFalse();
        (await Ask(second, "select text from notes")).Should().Be("kept");
    }

    [Fact]
    public async Task Apps_that_start_at_once_share_one_server_and_the_last_to_leave_stops_it()
    {
        var apps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(playground.Start)));
        apps.Count(app => !app.Reused).Should().Be(1);
        apps.Select(app => app.ConnectionString).Distinct(StringComparer.Ordinal).Should().ContainSingle();

        foreach (var app in apps)
        {
            (await Ask(app, "select 'here'")).Should().Be("here");
            await app.DisposeAsync();
        }
        playground.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task A_server_that_outlived_a_killed_app_is_used_again()
    {
        // The lease of another app keeps the server from stopping; when that one is gone too, it runs with no app, as after a kill.
        using (playground.LeaseOfAnotherApp())
            await (await playground.Start()).DisposeAsync();
        playground.IsRunning.Should().BeTrue();
        var process = playground.ServerProcess;

        await using (var next = await playground.Start())
        {
            next.Reused.Should().BeTrue();
            playground.ServerProcess.Should().Be(process);
            (await Ask(next, "select 'here'")).Should().Be("here");
        }
        playground.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task A_killed_server_recovers_what_was_committed()
    {
        await using var victim = await playground.Start(playground.Options with { Durable = true });
        await Ask(victim, "create table notes as select 'committed' as text");
        playground.KillServer();

        await using var next = await playground.Start();
        next.Reused.Should().BeFalse();
        (await Ask(next, "select text from notes")).Should().Be("committed");
    }

    [LinuxFact]
    public async Task A_process_number_that_passed_to_another_program_does_not_hinder_the_start()
    {
        await using var victim = await playground.Start();
        playground.KillServer();
        playground.PretendServerProcessIs(playground.StartStranger());

        await using var next = await playground.Start();
        next.Reused.Should().BeFalse();
        (await Ask(next, "select 'here'")).Should().Be("here");
    }

    [Fact]
    public async Task A_cluster_whose_making_was_broken_off_is_made_anew()
    {
        var halfMade = playground.WriteInData("new-brokenoff/data/PG_VERSION", "15");

        await using var app = await playground.Start();
        (await Ask(app, "select 'here'")).Should().Be("here");
        File.Exists(halfMade).Should().BeFalse();
    }

    [Fact]
    public async Task Files_that_are_no_cluster_are_neither_used_nor_removed()
    {
        var stray = playground.WriteInData("cluster/thesis.txt", "dear");

        (await Refusal(playground.Options)).Should().Contain("cluster is not a whole PostgreSQL cluster").And.Contain("move it away");
        File.ReadAllText(stray).Should().Be("dear");
    }

    [Fact]
    public async Task A_folder_of_another_major_version_is_refused_with_what_to_do()
    {
        playground.WriteInData("cluster/PG_VERSION", "9.6\n");

        (await Refusal(playground.Options with { SearchPath = "" }))
            .Should()
            .Contain("made by PostgreSQL 9,")
            .And.Contain("Install PostgreSQL 9")
            .And.Contain("move the data folder away")
            .And.Contain("Found:");
    }

    [Fact]
    public async Task Someone_elses_cluster_is_refused()
    {
        playground.WriteInData("PG_VERSION", "15");

        (await Refusal(playground.Options)).Should().Contain("someone else's");
    }

    [Fact]
    public async Task A_cluster_without_its_password_is_refused()
    {
        await (await playground.Start()).DisposeAsync();
        File.Delete(Path.Combine(playground.Data, "password"));

        (await Refusal(playground.Options)).Should().Contain("password").And.Contain("put it back");
    }

    [Fact]
    public async Task Throw_away_servers_do_not_wait_for_the_disk()
    {
        await using var app = await playground.Start(playground.Options with { Durable = false, Database = "odd \"name\"" });
        (await Ask(app, "select current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit')"))
            .Should()
            .Be("offoffoff");
        (await Ask(app, "select current_database()::text")).Should().Be("odd \"name\"");
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public async Task The_server_never_runs_as_root_and_hears_only_this_machine()
    {
        await using var app = await playground.Start();
        var user = File.ReadLines($"/proc/{playground.ServerProcess}/status")
            .Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        user.Split('\t').Skip(1).Should().NotContain("0");
        (await Ask(app, "select current_setting('listen_addresses') || current_setting('unix_socket_directories')"))
            .Should()
            .Be("127.0.0.1");
        File.GetUnixFileMode(Path.Combine(playground.Data, "password")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [LinuxFact]
    public async Task A_wrong_password_is_not_let_in()
    {
        await using var app = await playground.Start();
        var wrong = new NpgsqlConnectionStringBuilder(app.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        await connection
            .Awaiting(one => one.OpenAsync())
            .Should()
            .ThrowAsync<PostgresException>()
            .Where(refusal => refusal.SqlState == "28P01");
    }

    [RootFact]
    public async Task Root_is_told_which_folder_shuts_the_server_out()
    {
        var closed = playground.MakeClosedFolder();

        (await Refusal(playground.Options with { DataFolder = Path.Combine(closed, "data") }))
            .Should()
            .Contain($"may not enter {closed},")
            .And.Contain("chmod o+x");
    }

    private async Task<string> Refusal(LocalPostgresOptions options) =>
        (await playground.Awaiting(one => one.Start(options)).Should().ThrowAsync<LocalPostgresUnavailable>()).Which.Message;

    private static async Task<object?> Ask(Server server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
