using CleanPortfolio.Application;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>Background work of the same process gives way to requests, and only as long as there are any.</summary>
public sealed class RightOfWayTests : IAsyncLifetime
{
    private TestApp app = null!;

    private RightOfWay Way => app.Services.GetRequiredService<RightOfWay>();

    private bool NobodyIsServed => Way.GiveWay(default).IsCompletedSuccessfully;

    public async Task InitializeAsync() => app = await TestApp.Start(new TestAppOptions { Workers = 0, LogLevel = "Fatal" });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_request_has_it_until_it_is_answered()
    {
        var held = await Held.Customers(app);
        var inside = app.Api.Get("customers");
        await held.Holds(1);
        NobodyIsServed.Should().BeFalse();
        Way.IsWanted.Should().BeTrue();

        await held.DisposeAsync();

        (await inside).Is(200);
        await Over();
    }

    [Fact]
    public async Task A_request_that_is_refused_or_given_up_has_it_no_longer_than_it_lasts()
    {
        (await app.Api.Get("customers/no-id")).Status.Should().BeInRange(400, 499);
        (await app.Api.Get("no/such/route")).Is(404);
        (await app.Api.Post("customers", new { name = "" })).Is(400);
        var held = await Held.Customers(app);
        using var stop = new CancellationTokenSource();
        var inside = app.Api.Http.GetAsync("/api/v1/customers", stop.Token);
        await held.Holds(1);
        NobodyIsServed.Should().BeFalse();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => inside).Should().ThrowAsync<OperationCanceledException>();
        await Over();
        await held.DisposeAsync();
    }

    [Fact]
    public async Task Who_watches_the_service_does_not_hold_up_its_work()
    {
        (await app.Api.Get("/health/live")).Is(200);
        (await app.Api.Get("/health/ready")).Is(200);
        (await app.Api.Get("/metrics")).Is(200);

        Way.IsWanted.Should().BeFalse();
    }

    private async Task Over()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!NobodyIsServed || Way.IsWanted)
            await Task.Delay(10, limit.Token);
    }
}
