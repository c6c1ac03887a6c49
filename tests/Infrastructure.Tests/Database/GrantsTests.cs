using CleanPortfolio.Infrastructure.Tests.Making;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Tests.Database;

/// <summary>What the role that the service runs as may not do. What it must do, every other test of an app shows: they all run as it.</summary>
[Collection(DatabaseTests.Name)]
public sealed class GrantsTests(DatabaseApp app)
{
    [Theory]
    [InlineData("update audit_log set caller = 'nobody'")]
    [InlineData("delete from audit_log")]
    [InlineData("truncate audit_log")]
    [InlineData("alter table audit_log add column more text")]
    [InlineData("drop table audit_log")]
    [InlineData("insert into audit_log select * from audit_log")]
    [InlineData("select * from audit_log for update")]
    [InlineData("update audit_head set sequence = 0")]
    [InlineData("delete from audit_head")]
    [InlineData("update audit_drafts set caller = 'nobody'")]
    [InlineData("delete from audit_drafts")]
    [InlineData("alter table audit_drafts disable trigger all")]
    [InlineData("drop trigger audit_append on audit_drafts")]
    [InlineData("create or replace function audit_append() returns trigger language plpgsql as $$ begin return null; end $$")]
    [InlineData(
        "create temp table bait (like audit_drafts); "
            + "create trigger bait after insert on bait for each row execute function audit_append()"
    )]
    [InlineData("set session_replication_role = replica")]
    [InlineData("create rule silent as on insert to audit_drafts do instead nothing")]
    [InlineData("truncate customers")]
    [InlineData("drop table customers")]
    [InlineData("create table anything (id int)")]
    [InlineData("create table hangfire.anything (id int)")]
    [InlineData("create role somebody")]
    [InlineData("set role cleanportfolio")]
    [InlineData("delete from \"__EFMigrationsHistory\"")]
    [InlineData("copy audit_log to program 'cat'")]
    public async Task The_service_may_not(string sql)
    {
        var trying = () => Sql.Execute(app.ServiceConnectionString, sql);

        (await trying.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_service_may_hand_in_an_entry_and_read_the_log()
    {
        const string Draft = """
            insert into audit_drafts (id, at, caller, role, action, target_kind) values (gen_random_uuid(), now(), 'system', 'admin', 'tried', 'x')
            """;

        await Sql.Execute(app.ServiceConnectionString, Draft);

        (await Sql.Scalar<long>(app.ServiceConnectionString, "select count(*) from audit_log where action = 'tried'")).Should().Be(1);
        (await Sql.Scalar<long>(app.ServiceConnectionString, "select count(*) from audit_drafts")).Should().Be(0);
    }

    [Fact]
    public async Task The_app_runs_as_this_role() =>
        (await Sql.Scalar<string>(app.ServiceConnectionString, "select current_user::text")).Should().Be("cleanportfolio_app");
}
