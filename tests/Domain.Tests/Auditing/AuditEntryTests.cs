using CleanPortfolio.Domain.Auditing;

namespace CleanPortfolio.Domain.Tests.Auditing;

public class AuditEntryTests
{
    private static AuditEntry Entry(string caller, string? address, string? after = null) =>
        new()
        {
            Sequence = 12,
            At = new DateTimeOffset(2026, 6, 30, 18, 30, 0, TimeSpan.FromHours(2)).AddMicroseconds(42),
            Caller = caller,
            Role = "admin",
            Address = address,
            Action = AuditActions.Created,
            TargetKind = "customer",
            TargetId = "7",
            After = after,
            PreviousHash = AuditEntry.NoHash,
            Hash = "",
        };

    // Counted by hand: UTC, six decimals, bytes and not characters.
    [Fact]
    public void The_canonical_text_measures_every_value_in_bytes() =>
        Entry("user:é", null, """{"a": "b"}""")
            .CanonicalText()
            .Should()
            .Be($"64:{AuditEntry.NoHash}2:1227:2026-06-30T16:30:00.000042Z7:user:é5:admin--7:created8:customer1:7-10:{{\"a\": \"b\"}}-");

    [Fact]
    public void Nothing_and_an_empty_text_are_not_the_same() =>
        Entry("a", null).CanonicalText().Should().NotBe(Entry("a", "").CanonicalText());

    [Fact]
    public void A_value_can_not_pass_for_two() => Entry("a1:b", null).CanonicalText().Should().NotBe(Entry("a", "b").CanonicalText());
}
