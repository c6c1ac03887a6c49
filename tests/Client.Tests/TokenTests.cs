using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Client.Tests;

public sealed class TokenTests : IAsyncLifetime
{
    private const int Callers = 50;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly FakeService service = new();
    private int generation;
    private bool refreshRefused;

    [Fact]
    public async Task Calls_that_begin_together_sign_in_once()
    {
        using var client = SignedIn();

        await Many(client);

        Asked("/api/v1/auth/token").Should().ContainSingle().Which.Body.Should().Be("""{"email":"ada@example.com","password":"secret"}""");
        Asked("/api/v1/auth/token").Single().Credentials.Should().BeNull();
        Asked("/api/v1/auth/token").Single().Key.Should().BeNull();
        Asked("/api/v1/customers/")
            .Select(call => call.Credentials)
            .Should()
            .HaveCount(Callers)
            .And.OnlyContain(one => one == "Bearer access-1");
    }

    [Fact]
    public async Task A_token_that_ends_is_renewed_once_for_all_calls()
    {
        using var client = SignedIn();
        await Many(client);
        generation++; // the tokens given out are refused from now on

        await Many(client);

        Asked("/api/v1/auth/refresh").Should().ContainSingle().Which.Body.Should().Be("""{"refreshToken":"refresh-1"}""");
        Asked("/api/v1/auth/token").Should().ContainSingle();
    }

    [Fact]
    public async Task A_token_is_renewed_half_a_minute_before_its_end()
    {
        var clock = new Clock();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock);
        services.AddCleanPortfolioClient(options =>
            (options.BaseAddress, options.Email, options.Password) = (service.Address, "ada@example.com", "secret")
        );
        await using var provider = services.BuildServiceProvider();
        var customers = provider.GetRequiredService<ICustomersApi>();
        await customers.GetCustomer(Guid.Empty);
        clock.Ahead = Lifetime - TimeSpan.FromSeconds(40);
        await customers.GetCustomer(Guid.Empty);
        Asked("/api/v1/auth/refresh").Should().BeEmpty();
        clock.Ahead = Lifetime - TimeSpan.FromSeconds(20);

        await customers.GetCustomer(Guid.Empty);

        Asked("/api/v1/auth/refresh").Should().ContainSingle();
        Asked("/api/v1/customers/").Select(call => call.Credentials).Should().EndWith("Bearer access-2");
    }

    [Fact]
    public async Task A_session_that_is_over_is_opened_anew()
    {
        using var client = SignedIn();
        await client.Customers.GetCustomer(Guid.Empty);
        generation++;
        refreshRefused = true;

        await client.Customers.GetCustomer(Guid.Empty);

        Asked("/api/v1/auth/").Select(call => call.Path).Should().Equal("/api/v1/auth/token", "/api/v1/auth/refresh", "/api/v1/auth/token");
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_told_to_each_call_and_tried_again_by_later_ones()
    {
        using var client = service.Client(options => (options.Email, options.Password) = ("ada@example.com", "wrong"));

        var call = () => client.Customers.GetCustomer(Guid.Empty);

        (await call.Should().ThrowAsync<ProblemException>()).Which.Code.Should().Be("access.credentials");
        (await call.Should().ThrowAsync<ProblemException>()).Which.Status.Should().Be(HttpStatusCode.Unauthorized);
        Asked("/api/v1/customers/").Should().BeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_given_for_a_new_one_is_sent_once_and_the_token_stays()
    {
        using var client = SignedIn();

        var change = () => client.Access.UpdatePassword(new PasswordDraft { CurrentPassword = "wrong", Password = "new" });

        (await change.Should().ThrowAsync<ProblemException>()).Which.Code.Should().Be("access.credentials");
        Asked("/api/v1/auth/").Select(call => call.Path).Should().Equal("/api/v1/auth/token", "/api/v1/auth/password");
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_token_leaves_it_to_the_others()
    {
        using var client = SignedIn();
        hold = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var first = client.Customers.GetCustomer(Guid.Empty, impatient.Token);
        var second = client.Customers.GetCustomer(Guid.Empty);
        while (Asked("/api/v1/auth/token").Count == 0)
            await Task.Delay(5);

        await impatient.CancelAsync();
        await first.Invoking(one => one).Should().ThrowAsync<OperationCanceledException>();
        hold.SetResult();

        (await second).Name.Should().Be("Ada");
        Asked("/api/v1/auth/token").Should().ContainSingle();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var client = SignedIn();
        await client.Customers.GetCustomer(Guid.Empty);

        await client.SignOut();
        await client.SignOut();
        await client.Customers.GetCustomer(Guid.Empty);

        Asked("/api/v1/auth/")
            .Select(call => call.Path)
            .Should()
            .Equal("/api/v1/auth/token", "/api/v1/auth/sign-out", "/api/v1/auth/token");
    }

    [Fact]
    public async Task An_api_key_or_a_token_from_elsewhere_is_shown_as_it_is()
    {
        service.Answer = (_, http) => FakeService.Say(http, 200, FakeService.Customer());
        using var program = service.Client(options => options.ApiKey = "cp_12345678_secret");
        using var person = service.Client(options => options.AccessToken = _ => ValueTask.FromResult("from-elsewhere"));

        await program.Customers.GetCustomer(Guid.Empty);
        await person.Customers.GetCustomer(Guid.Empty);

        service.All.Select(call => call.Credentials).Should().Equal("Bearer cp_12345678_secret", "Bearer from-elsewhere");
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirection()
    {
        await using var other = new Elsewhere();
        await other.Service.InitializeAsync();
        service.Answer = (_, http) =>
        {
            http.Response.Redirect(new Uri(other.Service.Address, "/api/v1/customers").ToString());
            return Task.CompletedTask;
        };
        using var client = service.Client(options => options.ApiKey = "cp_12345678_secret");

        await client.Invoking(one => one.Customers.GetCustomer(Guid.Empty)).Should().ThrowAsync<ProblemException>();

        other.Service.All.Should().BeEmpty();
    }

    private TaskCompletionSource? hold;

    private CleanPortfolioClient SignedIn() => service.Client(options => (options.Email, options.Password) = ("ada@example.com", "secret"));

    private IReadOnlyList<Asked> Asked(string path) => [.. service.All.Where(call => call.Path.StartsWith(path, StringComparison.Ordinal))];

    private static Task Many(CleanPortfolioClient client) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => client.Customers.GetCustomer(Guid.Empty)));

    public async Task InitializeAsync()
    {
        await service.InitializeAsync();
        service.Answer = Answer;
    }

    public Task DisposeAsync() => service.DisposeAsync();

    private async Task Answer(Asked call, HttpContext http)
    {
        if (hold is { } held && call.Path == "/api/v1/auth/token")
            await held.Task;
        var refused = call.Path switch
        {
            "/api/v1/auth/token" => call.Body.Contains("wrong", StringComparison.Ordinal) ? "access.credentials" : null,
            "/api/v1/auth/refresh" => refreshRefused ? "access.refreshToken" : null,
            "/api/v1/auth/sign-out" => null,
            "/api/v1/auth/password" => "access.credentials",
            _ => call.Credentials == $"Bearer access-{generation}" ? null : "access.unauthenticated",
        };
        if (refused is not null)
            await FakeService.Say(http, 401, FakeService.Problem(401, refused));
        else if (call.Path == "/api/v1/auth/sign-out")
            http.Response.StatusCode = 204;
        else if (call.Path.StartsWith("/api/v1/auth/", StringComparison.Ordinal))
            await FakeService.Say(http, 200, NewTokens());
        else
            await FakeService.Say(http, 200, FakeService.Customer());
    }

    private object NewTokens()
    {
        var number = Interlocked.Increment(ref generation).ToString(CultureInfo.InvariantCulture);
        return new
        {
            accessToken = $"access-{number}",
            expiresAt = TimeProvider.System.GetUtcNow() + Lifetime,
            refreshToken = $"refresh-{number}",
            refreshExpiresAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30),
        };
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }

    private sealed class Elsewhere : IAsyncDisposable
    {
        public FakeService Service { get; } = new();

        public async ValueTask DisposeAsync() => await Service.DisposeAsync();
    }
}
