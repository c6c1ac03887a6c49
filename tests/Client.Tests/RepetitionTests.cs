using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CleanPortfolio.Client.Tests;

public sealed class RepetitionTests : IAsyncLifetime
{
    private readonly FakeService service = new();

    public static TheoryData<string> Losses => ["hung up", "502", "503", "429"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_post_is_repeated_with_the_key_and_body_of_the_first_attempt(string loss)
    {
        service.InTurn(Lost(loss), Lost(loss), Made);
        using var client = service.Client();

        var customer = await client.Customers.RegisterCustomer(new CustomerDraft { Name = "Zoë", Email = "zoe@example.com" });

        customer.Name.Should().Be("Ada");
        service.All.Should().HaveCount(3);
        service.All.Select(call => (call.Key, call.Body)).Distinct().Should().ContainSingle().Which.Key.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task Each_call_has_a_key_of_its_own_unless_it_brings_one()
    {
        service.InTurn(Made);
        using var client = service.Client();
        var draft = new CustomerDraft { Name = "Zoë", Email = "zoe@example.com" };

        await client.Customers.RegisterCustomer(draft);
        await client.Customers.RegisterCustomer(draft);
        await client.Customers.RegisterCustomer(draft, "my own");

        service.All.Select(call => call.Key).Should().OnlyHaveUniqueItems().And.EndWith("my own");
    }

    [Fact]
    public async Task Reading_is_repeated_and_has_no_key()
    {
        service.InTurn(FakeService.HangUp, http => FakeService.Say(http, 200, FakeService.Customer()));
        using var client = service.Client();

        await client.Customers.GetCustomer(Guid.Empty);

        service.All.Should().HaveCount(2).And.OnlyContain(call => call.Key == null);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_not_repeated()
    {
        service.InTurn(FakeService.HangUp);
        using var client = service.Client();

        var change = () => client.Customers.UpdateCustomer(Guid.Empty, new CustomerChanges { Name = "Eve" }, "\"7\"");

        (await change.Should().ThrowAsync<Exception>()).Which.GetBaseException().Should().NotBeOfType<ProblemException>();
        service.All.Should().ContainSingle().Which.Headers["If-Match"].Should().Be("\"7\"");
    }

    [Fact]
    public async Task A_change_that_was_not_tried_is_repeated()
    {
        service.InTurn(
            http => FakeService.Say(http, 503, FakeService.Problem(503, "service.busy"), ("Retry-After", "0")),
            http => FakeService.Say(http, 200, FakeService.Customer("Eve"))
        );
        using var client = service.Client();

        var changed = await client.Customers.UpdateCustomer(Guid.Empty, new CustomerChanges { Name = "Eve" }, "\"6\"");

        (changed.Name, changed.ETag).Should().Be(("Eve", "\"7\""));
        service.All.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_change_that_may_have_been_stored_before_the_database_went_away_is_not_repeated()
    {
        service.InTurn(Lost("503"), http => FakeService.Say(http, 412, FakeService.Problem(412, "precondition.failed")));
        using var client = service.Client();

        var change = () => client.Customers.UpdateCustomer(Guid.Empty, new CustomerChanges { Name = "Eve" }, "\"6\"");

        (await change.Should().ThrowAsync<ProblemException>()).Which.Code.Should().Be("service.unavailable");
        service.All.Should().ContainSingle();
    }

    [Fact]
    public async Task A_change_of_a_password_whose_answer_was_lost_is_not_repeated_with_the_old_one()
    {
        service.InTurn(FakeService.HangUp);
        using var client = service.Client();

        var change = () => client.Access.UpdatePassword(new PasswordDraft { CurrentPassword = "old", Password = "new" });

        (await change.Should().ThrowAsync<Exception>()).Which.Should().NotBeOfType<ProblemException>();
        service.All.Should().ContainSingle().Which.Key.Should().BeNull();
    }

    [Fact]
    public async Task An_attempt_that_meets_the_one_before_at_work_is_repeated()
    {
        service.InTurn(FakeService.HangUp, http => FakeService.Say(http, 409, FakeService.Problem(409, "idempotency.inProgress")), Made);
        using var client = service.Client();

        await client.Customers.RegisterCustomer(new CustomerDraft { Name = "Zoë", Email = "zoe@example.com" });

        service.All.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_conflict_that_a_repetition_meets_is_told()
    {
        service.InTurn(FakeService.HangUp, http => FakeService.Say(http, 409, FakeService.Problem(409, "customer.emailTaken")));
        using var client = service.Client();

        var call = () => client.Customers.RegisterCustomer(new CustomerDraft { Name = "Zoë", Email = "zoe@example.com" });

        (await call.Should().ThrowAsync<ProblemException>()).Which.Code.Should().Be("customer.emailTaken");
        service.All.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_conflict_is_not_repeated()
    {
        service.InTurn(http => FakeService.Say(http, 409, FakeService.Problem(409, "customer.emailTaken")));
        using var client = service.Client();

        var call = () => client.Customers.RegisterCustomer(new CustomerDraft { Name = "Zoë", Email = "zoe@example.com" });

        (await call.Should().ThrowAsync<ProblemException>()).Which.Code.Should().Be("customer.emailTaken");
        service.All.Should().ContainSingle();
    }

    [Fact]
    public async Task Who_must_wait_too_long_is_told_so_at_once()
    {
        service.InTurn(http => FakeService.Say(http, 429, FakeService.Problem(429, "limit.exceeded"), ("Retry-After", "3600")));
        using var client = service.Client();

        var call = () => client.Customers.GetCustomer(Guid.Empty);

        (await call.Should().ThrowAsync<ProblemException>()).Which.RetryAfter.Should().Be(TimeSpan.FromHours(1));
        service.All.Should().ContainSingle();
    }

    [Fact]
    public async Task Attempts_end_and_the_last_refusal_is_told()
    {
        service.InTurn(Lost("503"));
        using var client = service.Client(options => options.Retries = 2);

        var call = () => client.Customers.GetCustomer(Guid.Empty);

        (await call.Should().ThrowAsync<ProblemException>()).Which.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        service.All.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_file_that_can_be_read_once_is_repeated_too()
    {
        service.InTurn(FakeService.HangUp, http => FakeService.Say(http, 422, FakeService.Problem(422, "import.refused")));
        using var client = service.Client();
        await using var file = new ReadOnce(Encoding.UTF8.GetBytes("date;kind\n"));

        var call = () => client.Imports.ImportTransactions(Guid.Empty, TransactionFile.Csv(file), dryRun: true);

        await call.Should().ThrowAsync<ProblemException>();
        service.All.Select(one => one.Body).Should().Equal("date;kind\n", "date;kind\n");
        service.All[0].Headers["Content-Type"].Should().Be("text/csv");
        service.All[0].Path.Should().EndWith("/imports?dryRun=true");
    }

    public Task InitializeAsync() => service.InitializeAsync();

    public Task DisposeAsync() => service.DisposeAsync();

    private static Task Made(HttpContext http) => FakeService.Say(http, 201, FakeService.Customer());

    private static Func<HttpContext, Task> Lost(string how) =>
        how switch
        {
            "hung up" => FakeService.HangUp,
            "502" => http =>
            {
                http.Response.StatusCode = 502;
                return http.Response.WriteAsync("<html>Bad gateway</html>");
            },
            "503" => http => FakeService.Say(http, 503, FakeService.Problem(503, "service.unavailable"), ("Retry-After", "0")),
            _ => http => FakeService.Say(http, 429, FakeService.Problem(429, "limit.exceeded"), ("Retry-After", "0")),
        };

    private sealed class ReadOnce(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
