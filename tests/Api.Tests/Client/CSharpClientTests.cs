using System.Net;
using CleanPortfolio.Client;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;
using Role = CleanPortfolio.Domain.Access.Role;

namespace CleanPortfolio.Api.Tests.Client;

/// <summary>The C# client against the real service; what it does about losses and tokens in itself is tested in Client.Tests.</summary>
public sealed class CSharpClientTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly DateOnly Bought = new(2024, 2, 1);

    [Fact]
    public async Task It_walks_the_main_job()
    {
        using var api = ByKey();
        var customer = await api.Customers.RegisterCustomer(Somebody());
        (await api.Customers.GetCustomer(customer.Id)).Should().Be(customer);
        var portfolio = await api.Customers.OpenPortfolio(customer.Id, new PortfolioDraft { Name = "Mine", Currency = "USD" });
        var started = await api.Stocks.StartPopulation(
            new PopulationDraft
            {
                Tickers = ["AAPL", "NOSUCH"],
                From = new DateOnly(2024, 1, 2),
                To = new DateOnly(2024, 2, 29),
            }
        );
        var job = await api.Jobs.WaitForJob(started.Id, TimeSpan.FromMilliseconds(50));
        job.Status.Should().Be(JobStatus.PartiallySucceeded);
        var failed = await api.Jobs.ListJobItemsToEnd(job.Id, ItemStatus.Failed, limit: 1).ToListAsync();
        failed.Select(item => (item.Key, item.Reason)).Should().Equal(("NOSUCH", "unknownSymbol"));

        var recorded = await api.Transactions.RecordTransaction(portfolio.Id, Purchase(10.50m));
        (recorded.Quantity, recorded.Date).Should().Be((10.50m, Bought));
        recorded.Quantity!.Value.Scale.Should().Be(2);
        var returns = await api.Portfolios.GetPortfolioReturns(portfolio.Id, to: new DateOnly(2024, 2, 29));
        returns.Total.Inflows.Should().Be(10.50m * 100.10m + 1.00m);
        returns.Stocks.Should().ContainSingle().Which.Ticker.Should().Be("AAPL");
        var oversold = await Refusal(() =>
            api.Transactions.RecordTransaction(portfolio.Id, Purchase(11m) with { Kind = TransactionKind.Sell })
        );
        (oversold.Status, oversold.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "transaction.oversold"));
        (await api.Portfolios.GetHoldings(portfolio.Id, new DateOnly(2024, 2, 29))).Holdings.Single().Quantity.Should().Be(10.50m);
    }

    [Fact]
    public async Task A_key_has_one_effect_and_a_version_one_writer()
    {
        using var api = ByKey();
        var draft = Somebody();

        var key = $"registration-of-{draft.Email}";
        var customer = await api.Customers.RegisterCustomer(draft, key);
        (await api.Customers.RegisterCustomer(draft, key)).Should().Be(customer);
        var renamed = await api.Customers.UpdateCustomer(customer.Id, new CustomerChanges { Name = "Eve" }, customer.ETag);

        renamed.Should().Be(customer with { Name = "Eve", Version = renamed.Version });
        var late = () => api.Customers.UpdateCustomer(customer.Id, new CustomerChanges { Name = "Mallory" }, customer.ETag);
        (await late.Should().ThrowAsync<ProblemException>()).Which.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        await api.Customers.DeleteCustomer(customer.Id, renamed.ETag);
    }

    [Fact]
    public async Task Refusals_are_typed()
    {
        using var api = ByKey();
        var customer = await api.Customers.RegisterCustomer(Somebody());
        var portfolio = await api.Customers.OpenPortfolio(customer.Id, new PortfolioDraft { Name = "Mine", Currency = "USD" });

        var missing = await Refusal(() => api.Portfolios.GetPortfolio(Guid.CreateVersion7()));
        (missing.Status, missing.Code).Should().Be((HttpStatusCode.NotFound, "portfolio.notFound"));
        var invalid = await Refusal(() => api.Transactions.RecordTransaction(portfolio.Id, Purchase(-1m)));
        (invalid.Status, invalid.Code).Should().Be((HttpStatusCode.BadRequest, "request.invalid"));
        invalid.Errors.Keys.Should().Equal("quantity");
        invalid.TraceId.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Files_come_and_go()
    {
        using var api = ByKey();
        var customer = await api.Customers.RegisterCustomer(Somebody());
        var portfolio = await api.Customers.OpenPortfolio(
            customer.Id,
            new PortfolioDraft
            {
                Name = "Mine",
                Currency = "USD",
                Cash = CashMode.Tracked,
            }
        );

        var report = await api.Imports.ImportTransactions(
            portfolio.Id,
            TransactionFile.Csv("date,kind,amount\n2024-02-01,deposit,12.50\n"),
            source: "bank"
        );

        report.Counts.New.Should().Be(1);
        await using var file = await api.Imports.ExportTransactions(portfolio.Id, FileFormat.Csv);
        using var reader = new StreamReader(file);
        (await reader.ReadToEndAsync()).Should().Contain("12.50");
    }

    [Fact]
    public async Task It_signs_in_stays_signed_in_and_signs_out()
    {
        var email = $"client-{Guid.NewGuid():N}@example.com";
        var admin = await app.As(Role.Admin);
        (
            await admin.Post(
                "accounts",
                new
                {
                    email,
                    role = "adviser",
                    password = Testing.Credentials.Password,
                }
            )
        ).Is(201);
        var counted = new Counting();
        var services = new ServiceCollection();
        services
            .AddCleanPortfolioClient(options =>
            {
                (options.BaseAddress, options.RememberedAnswers) = (app.Api.Http.BaseAddress, 10);
                (options.Email, options.Password) = (email, Testing.Credentials.Password);
            })
            .AddHttpMessageHandler(() => counted);
        await using var provider = services.BuildServiceProvider();
        var api = provider.GetRequiredService<CleanPortfolioClient>();

        var callers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Access.GetCaller()));
        callers.Should().OnlyContain(caller => caller.Name == email);
        var first = counted.Credentials.Should().ContainSingle().Subject;

        counted.Spoils = first; // as if it had ended: the service refuses it
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Access.GetCaller()));
        counted.Credentials.Should().HaveCount(2);

        await api.SignOut();
        (await api.Access.GetCaller()).Name.Should().Be(email);
        counted.Credentials.Should().HaveCount(3);
    }

    private CleanPortfolioClient ByKey() =>
        CleanPortfolioClient.Connect(options =>
            (options.BaseAddress, options.ApiKey) = (app.Api.Http.BaseAddress, Testing.Credentials.Key)
        );

    private static CustomerDraft Somebody() => new() { Name = "Zoë O'Hara", Email = $"client-{Guid.NewGuid():N}@example.com" };

    private static TransactionDraft Purchase(decimal quantity) =>
        new()
        {
            Kind = TransactionKind.Buy,
            Date = Bought,
            Ticker = "AAPL",
            Quantity = quantity,
            UnitPrice = 100.10m,
            Fee = 1.00m,
        };

    private static async Task<ProblemException> Refusal(Func<Task> call) => (await call.Should().ThrowAsync<ProblemException>()).Which;

    /// <summary>Keeps the credentials that are shown, and spoils one of them on the way.</summary>
    private sealed class Counting : DelegatingHandler
    {
        private readonly HashSet<string> credentials = new(StringComparer.Ordinal);

        public IReadOnlyCollection<string> Credentials => credentials;

        public string? Spoils { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (credentials)
                credentials.Add(request.Headers.Authorization!.ToString());
            if (request.Headers.Authorization.ToString() == Spoils)
                request.Headers.Authorization = new("Bearer", "spoilt");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
