using CleanPortfolio.Application.Auditing;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Auditing;
using CleanPortfolio.Infrastructure.Tests.Making;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Tests.Auditing;

/// <summary>A log of seven entries, which each test leaves as it was.</summary>
public sealed class AuditLogTests(AuditLogTests.App app) : IClassFixture<AuditLogTests.App>, IAsyncLifetime
{
    public sealed class App() : TestApp(new TestAppOptions { Workers = 0 });

    public async Task InitializeAsync()
    {
        while ((await Verify()).Count < 7)
            (await app.Api.Post("customers", new { name = Unique.Name("Ada é"), email = Unique.Email() })).Is(201);
        await Tamper("create table if not exists audit_copy as table audit_log");
    }

    public Task DisposeAsync() =>
        Tamper("truncate audit_log; insert into audit_log table audit_copy; drop table audit_copy; truncate audit_drafts");

    [Fact]
    public async Task An_untouched_log_is_whole()
    {
        var chain = await Verify();

        chain.Faults.Should().BeEmpty();
        (chain.Last, chain.Count).Should().Be((7, 7));
        chain.Head.Should().Be(await Sql.Scalar<string>(app.ConnectionString, "select hash from audit_log where sequence = 7"));
    }

    [Theory]
    [InlineData("update audit_log set after = '{\"name\": \"other\"}' where sequence = 3", 3)]
    [InlineData("update audit_log set caller = 'user:1' where sequence = 1", 1)]
    [InlineData("update audit_log set address = '' where sequence = 7", 7)]
    [InlineData("update audit_log set at = at + interval '1 microsecond' where sequence = 4", 4)]
    [InlineData("update audit_log set hash = repeat('a', 64) where sequence = 4", 4, 5)]
    [InlineData("update audit_log set previous_hash = repeat('a', 64) where sequence = 4", 4, 4)]
    [InlineData("delete from audit_log where sequence = 1", 1)]
    [InlineData("delete from audit_log where sequence = 4", 4)]
    [InlineData("delete from audit_log where sequence in (3, 4, 5)", 3)]
    [InlineData("delete from audit_log where sequence = 7", 7)]
    [InlineData("truncate audit_log", 1)]
    [InlineData(
        "update audit_log set sequence = case sequence when 3 then -1 else 3 end where sequence in (3, 4); update audit_log set sequence = 4 where sequence = -1",
        3,
        3,
        4,
        4,
        5
    )]
    [InlineData(
        "insert into audit_log select 8, at, caller, role, address, request, action, target_kind, target_id, before, after, trace_id, hash, hash from audit_log where sequence = 7",
        8,
        8
    )]
    public async Task What_is_changed_removed_put_in_or_moved_is_found(string tampering, params int[] found)
    {
        await Tamper(tampering);

        (await Verify()).Faults.Select(fault => (int)fault.Sequence).Should().Equal(found);
    }

    [Fact]
    public async Task An_entry_that_is_written_anew_with_its_hash_breaks_the_next_one()
    {
        await Tamper("update audit_log set caller = 'user:1' where sequence = 3");
        await using var scope = app.Services.CreateAsyncScope();
        var changed = scope.ServiceProvider.GetRequiredService<IDatabase>().AuditEntries.Single(entry => entry.Sequence == 3);
        await Tamper($"update audit_log set hash = '{AuditChain.HashOf(changed)}' where sequence = 3");

        (await Verify()).Faults.Select(fault => fault.Sequence).Should().Equal(4);
    }

    [Fact]
    public async Task A_log_that_is_written_anew_up_to_its_end_no_longer_holds_a_hash_that_was_written_down()
    {
        var written = (await Verify()).Head;
        (await Verify(written)).Faults.Should().BeEmpty();

        (await Verify(new string('b', 64))).Faults.Select(fault => fault.Sequence).Should().Equal(7);
    }

    [Fact]
    public async Task Entries_that_no_trigger_added_are_found()
    {
        await Tamper("alter table audit_drafts disable trigger audit_append");
        try
        {
            (await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })).Is(201);
        }
        finally
        {
            await Tamper("alter table audit_drafts enable trigger audit_append");
        }

        (await Verify()).Faults.Should().ContainSingle(fault => fault.Text.Contains("never added", StringComparison.Ordinal));
    }

    private async Task<AuditChain> Verify(params string[] hashes)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditVerifier>().Verify(hashes, CancellationToken.None);
    }

    private Task Tamper(string sql) => Sql.Execute(app.ConnectionString, sql);
}
