using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleanPortfolio.Client.Tests;

public sealed class WireTests : IAsyncLifetime
{
    private readonly FakeService service = new();

    [Fact]
    public async Task What_is_sent_has_the_digits_and_names_of_the_contract()
    {
        using var client = service.Client();
        var draft = new TransactionDraft
        {
            Kind = TransactionKind.TransferIn,
            Date = new DateOnly(2024, 6, 3),
            Ticker = "NVDA",
            Quantity = 10.50m,
            UnitPrice = 0.00000001m,
        };

        await client.Invoking(one => one.Transactions.RecordTransaction(Guid.Empty, draft)).Should().ThrowAsync<ProblemException>();

        service
            .All.Single()
            .Body.Should()
            .Be("""{"kind":"transferIn","date":"2024-06-03","ticker":"NVDA","quantity":"10.50","unitPrice":"0.00000001"}""");
    }

    [Fact]
    public async Task A_query_has_what_is_given_and_nothing_else()
    {
        using var client = service.Client();

        var call = () =>
            client.Portfolios.GetPortfolioRisk(
                Guid.Empty,
                from: new DateOnly(2024, 1, 2),
                benchmarkBasis: PriceBasis.Total,
                riskFreeRate: 0.0250m,
                currency: "EUR"
            );

        await call.Should().ThrowAsync<ProblemException>();
        service
            .All.Single()
            .Path.Should()
            .Be($"/api/v1/portfolios/{Guid.Empty}/risk?from=2024-01-02&benchmarkBasis=total&riskFreeRate=0.0250&currency=EUR");
    }

    [Fact]
    public async Task Words_and_fields_of_a_later_service_are_no_failure()
    {
        service.InTurn(http =>
            FakeService.Say(
                http,
                200,
                new
                {
                    id = Guid.Empty,
                    customerId = Guid.Empty,
                    name = "Mine",
                    currency = "USD",
                    cash = "borrowed",
                    costMethod = "fifo",
                    openedAt = "2026-01-02T03:04:05Z",
                    version = 1,
                    colour = "blue",
                }
            )
        );
        using var client = service.Client();

        var portfolio = await client.Portfolios.GetPortfolio(Guid.Empty);

        (portfolio.Cash, portfolio.CostMethod).Should().Be((CashMode.Unknown, CostMethod.Fifo));
        var back = () => client.Portfolios.UpdatePortfolio(Guid.Empty, new PortfolioChanges { Cash = portfolio.Cash }, portfolio.ETag);
        (await back.Should().ThrowAsync<Exception>()).Which.GetBaseException().Should().BeOfType<ArgumentException>();
    }

    [Fact]
    public async Task A_refusal_is_told_whole()
    {
        service.InTurn(http =>
            FakeService.Say(
                http,
                400,
                new
                {
                    type = "urn:cleanportfolio:problem:request.invalid",
                    title = "Bad Request",
                    status = 400,
                    detail = "Some values are not valid; errors tells which.",
                    code = "request.invalid",
                    traceId = "0af7651916cd43dd8448eb211c80319c",
                    errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["email"] = ["is no address."] },
                }
            )
        );
        using var client = service.Client();

        var call = () => client.Customers.RegisterCustomer(new CustomerDraft { Name = "Zoë", Email = "?" });

        var refusal = (await call.Should().ThrowAsync<ProblemException>()).Which;
        (refusal.Status, refusal.Code, refusal.TraceId)
            .Should()
            .Be((HttpStatusCode.BadRequest, "request.invalid", "0af7651916cd43dd8448eb211c80319c"));
        refusal.Errors["email"].Should().Equal("is no address.");
        refusal.RetryAfter.Should().BeNull();
    }

    [Fact]
    public async Task A_proxy_that_says_no_is_a_refusal_too()
    {
        service.InTurn(http =>
        {
            http.Response.StatusCode = 403;
            return http.Response.WriteAsync("<html>No</html>");
        });
        using var client = service.Client();

        var call = () => client.Customers.GetCustomer(Guid.Empty);

        var refusal = (await call.Should().ThrowAsync<ProblemException>()).Which;
        (refusal.Status, refusal.Code).Should().Be((HttpStatusCode.Forbidden, "unknown"));
        refusal.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_list_is_read_to_its_end()
    {
        service.InTurn(
            http =>
                FakeService.Say(
                    http,
                    200,
                    new { items = new[] { FakeService.Customer("A"), FakeService.Customer("B") }, nextCursor = "a b" }
                ),
            http => FakeService.Say(http, 200, new { items = new[] { FakeService.Customer("C") }, nextCursor = (string?)null })
        );
        using var client = service.Client();

        var names = await client.Customers.ListCustomersToEnd(limit: 2).Select(customer => customer.Name).ToListAsync();

        names.Should().Equal("A", "B", "C");
        service.All.Select(call => call.Path).Should().Equal("/api/v1/customers?limit=2", "/api/v1/customers?cursor=a%20b&limit=2");
    }

    [Fact]
    public async Task An_answer_that_still_holds_is_not_sent_again()
    {
        service.Answer = (call, http) =>
            call.Headers.GetValueOrDefault("If-None-Match") == "\"one\""
                ? FakeService.Say(http, 304)
                : FakeService.Say(http, 200, FakeService.Customer(), ("ETag", "\"one\""));
        using var client = service.Client(options => options.RememberedAnswers = 1);

        var first = await client.Customers.GetCustomer(Guid.Empty);
        var again = await client.Customers.GetCustomer(Guid.Empty);
        await client.Customers.GetCustomer(Guid.CreateVersion7());
        await client.Customers.GetCustomer(Guid.Empty); // the other one has taken its place

        again.Should().Be(first);
        service.All.Select(call => call.Headers.ContainsKey("If-None-Match")).Should().Equal(false, true, false, false);
    }

    [Fact]
    public async Task What_one_caller_was_answered_is_not_shown_to_another()
    {
        service.Answer = (_, http) => FakeService.Say(http, 200, FakeService.Customer(), ("ETag", "\"one\""));
        var caller = "ada";
        using var client = service.Client(options =>
        {
            options.RememberedAnswers = 10;
            options.AccessToken = _ => ValueTask.FromResult(caller);
        });
        await client.Customers.GetCustomer(Guid.Empty);
        caller = "eve";

        await client.Customers.GetCustomer(Guid.Empty);

        service.All.Should().HaveCount(2).And.OnlyContain(call => !call.Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public void Options_that_contradict_are_refused()
    {
        foreach (
            var wrong in new Action<CleanPortfolioOptions>[]
            {
                options => options.BaseAddress = null,
                options => options.Email = "ada@example.com",
                options => (options.ApiKey, options.AccessToken) = ("cp_", _ => ValueTask.FromResult("token")),
                options => options.Retries = -1,
            }
        )
            service.Invoking(one => one.Client(wrong)).Should().Throw<OptionsValidationException>();
    }

    [Fact]
    public void A_container_has_the_client_and_each_of_its_interfaces()
    {
        var services = new ServiceCollection();
        services.AddCleanPortfolioClient(options => options.BaseAddress = service.Address);
        using var provider = services.BuildServiceProvider(validateScopes: true);

        foreach (var property in typeof(CleanPortfolioClient).GetProperties())
            provider.GetRequiredService(property.PropertyType).Should().BeAssignableTo(property.PropertyType);
        typeof(CleanPortfolioClient)
            .Assembly.GetExportedTypes()
            .Count(type => type.IsInterface && type.Name.EndsWith("Api", StringComparison.Ordinal))
            .Should()
            .Be(typeof(CleanPortfolioClient).GetProperties().Length);
    }

    public Task InitializeAsync() => service.InitializeAsync();

    public Task DisposeAsync() => service.DisposeAsync();
}
