using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class SignedDecisionsTests(ToldApp.App app)
{
    private static readonly object Why = new { reason = "seen on the tape" };

    [Fact]
    public async Task What_two_callers_decide_is_kept_under_the_identity_of_each_as_the_audit_log_has_it()
    {
        var company = app.New().Bar(3, 10).Bar(4, 5000).Bar(5, 11).Split(4, 1, 3, "A").Split(4, 1, 2, "B");
        var stock = await app.Fetch(company);
        var (row, reports) = ((await app.OnlyRow(company)).Text("id"), (await app.Conflicts(stock)).Texts("id").ToList());
        var (admin, program) = (await app.As(Role.Admin), await app.AsKey(Role.Operator, null));
        var price = $"stocks/{stock}/prices/2025-03-05";

        var set = (await admin.Send(HttpMethod.Put, price, """{"close":"12","reason":"typo"}""")).Is(200);
        (await program.Delete($"{price}?by=Ada&reason=none")).Is(204);
        var rejected = (await admin.Post($"market-data/split-reports/{reports[0]}/reject", Why)).Is(200);
        var accepted = (await program.Post($"market-data/split-reports/{reports[0]}/accept", Why)).Is(200);
        var released = (await program.Post($"market-data/quarantine/{row}/release", Why)).Is(200);

        var person = $"user:{(await admin.Get("me")).Text("accountId")}";
        var key = released.Text("decidedBy");
        key.Should().StartWith("key:");
        (set.Text("by"), rejected.Text("decidedBy"), accepted.Text("decidedBy")).Should().Be((person, person, key));
        (await app.Corrections(stock))
            .Should()
            .ContainInOrder($"2025-03-04 ->5000 release {key}", $"2025-03-05 12>11 manual {key}", $"2025-03-05 11>12 manual {person}");
        (await admin.All($"audit-log?target={reports[0]}")).Texts("caller").Should().Equal(key, person);
        (await admin.All($"audit-log?target={row}")).Texts("caller").Should().Equal(key);
    }

    [Theory]
    [InlineData("quarantine", "release")]
    [InlineData("quarantine", "dismiss")]
    [InlineData("quarantine", "override")]
    [InlineData("split-reports", "accept")]
    [InlineData("split-reports", "reject")]
    public async Task Nobody_says_in_whose_name_it_is_decided(string what, string decision)
    {
        var signed = new { by = "Ada", reason = "seen on the tape" };
        (await app.Api.Post($"market-data/{what}/{Guid.NewGuid()}/{decision}", signed)).IsProblem(400, "request.malformed");
    }
}
