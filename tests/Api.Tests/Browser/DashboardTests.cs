using System.Text.RegularExpressions;
using CleanPortfolio.Api.Tests.Access;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Browser;

/// <summary>Who gets at the jobs dashboard by a browser, and what they may do there.</summary>
[Collection(AccessApp.Name)]
public sealed partial class DashboardTests(AccessApp.App app)
{
    private const string Delete = "/jobs/actions/delete/";

    [Theory]
    [InlineData("", "")]
    [InlineData("/recurring", "%2Frecurring")]
    [InlineData("/jobs/enqueued?from=20", "%2Fjobs%2Fenqueued%3Ffrom%3D20")]
    [InlineData("/sign-out", "%2Fsign-out")]
    public async Task Nobody_is_sent_to_the_sign_in(string page, string returnTo)
    {
        // What programs show is of no use here, not even an administrator's.
        Testing.Api[] callers =
        [
            app.AsNobody(),
            app.Api,
            await app.As(Role.Admin),
            await app.As(Role.Operator),
            await app.As(Role.Adviser),
        ];
        foreach (var caller in callers)
            (await caller.Get($"/hangfire{page}")).Is(302).Location.Should().Be($"/hangfire/sign-in?returnTo={returnTo}");
        (await app.Api.Post("/hangfire/stats")).IsProblem(401, "access.unauthenticated");
        (await app.Api.Post($"/hangfire{Delete}1")).IsProblem(401, "access.unauthenticated");
    }

    [Theory]
    [InlineData("customer")]
    [InlineData("adviser")]
    public async Task Who_has_nothing_to_do_with_jobs_is_told_so_and_stays_outside(string role)
    {
        var customer = role is "customer"
            ? (await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })).Is(201).Text("id")
            : null;
        var (_, email) = await app.Account(role, customer);
        var person = app.Person();

        (await person.SignIn(email)).Is(403).Body.Should().Contain("has nothing to do with jobs");

        person.SetCookies.Should().NotContain(cookie => cookie.StartsWith("cleanportfolio-session", StringComparison.Ordinal));
        (await person.Look()).Is(302);
    }

    [Fact]
    public async Task An_operator_looks_and_changes_nothing()
    {
        var person = await app.SignedIn("operator");
        var job = NewJob();

        (await person.Look()).Is(200).Body.Should().Contain("Overview").And.NotContain("Host=", "whoever looks need not know the database");
        (await person.Look("/recurring")).Is(200);
        (await person.Look($"/jobs/details/{job}")).Is(200).Body.Should().NotContain("Requeue");
        (await person.Press("/stats", values: ("metrics[]", "servers:count"))).Is(200).Body.Should().Contain("servers:count");

        (await person.Press($"{Delete}{job}")).IsProblem(403, "access.denied");
        (await person.Press("/jobs/scheduled/enqueue", values: ("jobs[]", job))).IsProblem(403, "access.denied");
        StateOf(job).Should().Be(ScheduledState.StateName);
    }

    [Fact]
    public async Task An_administrator_changes_things_by_the_page_and_by_no_other_site()
    {
        var person = await app.SignedIn("admin");
        var job = NewJob();
        (await person.Look($"/jobs/details/{job}")).Is(200).Body.Should().Contain("Requeue");

        (await person.Press($"{Delete}{job}", withToken: false)).Status.Should().BeInRange(400, 403);
        StateOf(job).Should().Be(ScheduledState.StateName);

        (await person.Press($"{Delete}{job}")).Status.Should().BeInRange(200, 204);
        StateOf(job).Should().Be(DeletedState.StateName);
        var told = await (await app.As(Role.Admin)).All($"audit-log?target=/hangfire{Delete}{job}");
        told.Should().HaveCount(2, "it was asked twice, once by another site").And.OnlyContain(entry => entry.Text("action") == "asked");
        told.Should().OnlyContain(entry => entry.Text("caller")!.StartsWith("user:") && entry.Text("role") == "admin");
    }

    [Fact]
    public async Task Which_of_the_marked_jobs_were_meant_is_in_the_audit_log()
    {
        var person = await app.SignedIn("admin");
        var (one, another) = (NewJob(), NewJob());

        (await person.Press("/jobs/scheduled/delete", values: [("jobs[]", one), ("jobs[]", another)])).Status.Should().BeInRange(200, 204);

        StateOf(another).Should().Be(DeletedState.StateName);
        var told = await (await app.As(Role.Admin)).All("audit-log?target=/hangfire/jobs/scheduled/delete");
        told[0].Text("after.jobs").Should().Be($"{one},{another}");
    }

    [Fact]
    public async Task A_path_of_no_page_is_not_there_however_long_it_is()
    {
        // Random letters, since an index squeezes others.
        var path = string.Concat(Enumerable.Range(0, 200).Select(_ => Guid.NewGuid().ToString("N")));
        var person = await app.SignedIn("admin");
        (await person.Press($"/{path}")).Is(404);
    }

    [Fact]
    public async Task The_cookie_is_for_the_dashboard_alone_and_for_no_script()
    {
        var person = app.Person();

        await person.SignIn((await app.Account()).Email);

        person
            .SetCookies.Should()
            .ContainSingle(cookie => cookie.StartsWith("cleanportfolio-session=", StringComparison.Ordinal))
            .Which.Should()
            .MatchRegex("^cleanportfolio-session=[A-Za-z0-9_-]+; path=/hangfire; secure; samesite=strict; httponly$");
    }

    [Fact]
    public async Task Whatever_is_wrong_with_the_credentials_the_page_is_the_same()
    {
        var (_, email) = await app.Account("admin");
        var (disabledId, disabled) = await app.Account("admin");
        (await (await app.As(Role.Admin)).Patch($"accounts/{disabledId}", new { isDisabled = true })).Is(200);

        var pages = new[]
        {
            await app.Person().SignIn(email, "wrong and wrong again"),
            await app.Person().SignIn(Unique.Email()),
            await app.Person().SignIn(disabled),
            await app.Person().SignIn("nobody", ""),
            await app.Person().SignIn(new string('x', 5000), new string('x', 5000)),
        };

        pages.Select(page => page.Is(401).Body).Select(page => Token().Replace(page, "")).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Failures_here_and_at_the_API_lock_together()
    {
        var (_, email) = await app.Account("admin");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await app.Person().SignIn(email, "wrong and wrong again")).Is(401);
            (await app.SignIn(email, "wrong and wrong again")).Is(401);
        }

        (await app.Person().SignIn(email)).Is(401);
        await app.Later(TimeSpan.FromMinutes(16), async () => (await app.Person().SignIn(email)).Is(303));
    }

    [Fact]
    public async Task A_form_that_another_site_made_signs_nobody_in()
    {
        var person = app.Person();

        (await person.SignInFromElsewhere((await app.Account("admin")).Email)).Is(400);

        (await person.Look()).Is(302);
    }

    [Theory]
    [InlineData("/recurring?x=1", "/hangfire/recurring?x=1")]
    [InlineData("", "/hangfire")]
    [InlineData("https://evil.example.com", "/hangfire")]
    [InlineData("//evil.example.com", "/hangfire//evil.example.com")]
    [InlineData("/\\evil.example.com", "/hangfire")]
    [InlineData("@evil.example.com", "/hangfire")]
    [InlineData("/a\r\nSet-Cookie: a=b", "/hangfire")]
    public async Task Signing_in_leads_back_to_the_page_and_never_to_another_site(string returnTo, string location) =>
        (await app.Person().SignIn((await app.Account()).Email, returnTo: returnTo)).Is(303).Location.Should().Be(location);

    [GeneratedRegex("value=\"[^\"]+\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    private string NewJob() =>
        app
            .Services.GetRequiredService<IBackgroundJobClient>()
            .Create(Job.FromExpression(() => GC.Collect()), new ScheduledState(TimeSpan.FromDays(300)));

    private string StateOf(string job) =>
        app.Services.GetRequiredService<JobStorage>().GetMonitoringApi().JobDetails(job).History[0].StateName;
}

/// <summary>Steps that tests of pages take.</summary>
internal static class Persons
{
    /// <summary>Somebody who has not signed in.</summary>
    public static Person Person(this TestApp app) => new(app.AsNobody().Http);

    /// <summary>Somebody who has.</summary>
    public static async Task<Person> SignedIn(this TestApp app, string role)
    {
        var person = app.Person();
        (await person.SignIn((await app.Account(role)).Email)).Is(303);
        return person;
    }
}
