using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Schedules;
using CleanPortfolio.Architecture.Tests.Finding;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Infrastructure.Jobs;
using Hangfire;
using Hangfire.Storage;

namespace CleanPortfolio.Architecture.Tests;

public sealed class UseCaseTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    private static readonly UseCases Real = new(Code.Application);
    private static readonly UseCases Wrong = new(Code.Tests);

    [Fact]
    public void Every_request_has_exactly_one_handler()
    {
        Real.Requests.Should().NotBeEmpty();
        Real.WithoutTheirOneHandler().Should().BeEmpty();
        Wrong.WithoutTheirOneHandler().Should().BeEquivalentTo(nameof(Samples.Orphan), nameof(Samples.Twin));
    }

    [Fact]
    public void Every_handler_is_sealed_and_internal_and_lives_beside_its_request()
    {
        Real.WithAnUnhousedHandler().Should().BeEmpty();
        Wrong.WithAnUnhousedHandler().Should().BeEquivalentTo(nameof(Samples.SecondTwinHandler), nameof(Elsewhere.StrayHandler));
    }

    [Fact]
    public void Every_request_with_a_body_a_page_or_a_range_has_rules()
    {
        Real.WithoutTheirRules().Should().BeEmpty();
        Wrong.WithoutTheirRules().Should().BeEquivalentTo(nameof(Samples.Stray), nameof(Samples.Twin));
    }

    [Fact]
    public void Every_request_is_reached_by_a_route_or_a_job()
    {
        var reached = app.Operations.Concat(UseCases.SentByJobs()).ToList();

        Real.NotAmong(reached).Should().BeEmpty();
        Real.NotAmong(app.Operations).Should().BeEquivalentTo(UseCases.SentByJobs().Distinct(StringComparer.Ordinal));
        Wrong.NotAmong(reached).Should().Contain(nameof(Samples.Orphan));
    }

    [Fact]
    public void Every_operation_bears_the_name_of_its_request() =>
        app.Operations.Should().OnlyHaveUniqueItems().And.BeSubsetOf(Real.Requests.Select(request => request.Name));

    [Fact]
    public void Every_request_has_a_class_of_tests()
    {
        Real.NotAmong(UseCases.Tested()).Should().BeEmpty();
        Wrong.NotAmong(UseCases.Tested()).Should().Contain(nameof(Samples.Orphan));
    }

    [Fact]
    public void Work_that_an_older_version_queued_is_still_understood()
    {
        GlobalConfiguration.Configuration.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
        var request = new Populate(Id<Job>.Parse("01a2056a-1b12-7c92-867d-0d513e1ab1df", null), "2 stocks");
        var queued = Hangfire.Common.Job.FromExpression<CommandJob>(job => job.Run(request, CancellationToken.None));
        var stored = new InvocationData(
            "CleanPortfolio.Infrastructure.Jobs.CommandJob, CleanPortfolio.Infrastructure",
            "Run",
            """["CleanPortfolio.Application.Population.Populate, CleanPortfolio.Application","System.Threading.CancellationToken, mscorlib"]""",
            """["{\"JobId\":{\"Value\":\"01a2056a-1b12-7c92-867d-0d513e1ab1df\"},\"What\":\"2 stocks\"}",null]"""
        );

        var due = Hangfire.Common.Job.FromExpression<CommandJob>(job => job.Run(new RunDueSchedule("universe"), CancellationToken.None));
        var storedDue = new InvocationData(
            "CleanPortfolio.Infrastructure.Jobs.CommandJob, CleanPortfolio.Infrastructure",
            "Run",
            """["CleanPortfolio.Application.Schedules.RunDueSchedule, CleanPortfolio.Application","System.Threading.CancellationToken, mscorlib"]""",
            """["{\"Name\":\"universe\"}",null]"""
        );

        InvocationData.SerializeJob(due).Should().BeEquivalentTo(storedDue);
        storedDue.DeserializeJob().Args[0].Should().Be(new RunDueSchedule("universe"));
        InvocationData.SerializeJob(queued).Should().BeEquivalentTo(stored);
        stored.DeserializeJob().Args[0].Should().Be(request);
        UseCases
            .SentByJobs()
            .Where(name => name != "GiveUpJob")
            .Should()
            .OnlyContain(name => name == nameof(Populate) || name == nameof(RunDueSchedule), "other stored work needs a line here too");
    }
}
