using CleanPortfolio.Client;

// Without a service it shows that everything is there; with address and API key it walks: dotnet run -- http://localhost:5080 cp_...
using var api = CleanPortfolioClient.Connect(options =>
{
    options.BaseAddress = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:9");
    options.ApiKey = args.ElementAtOrDefault(1);
    options.Retries = args.Length > 0 ? 3 : 0;
});
try
{
    var customer = await api.Customers.RegisterCustomer(
        new CustomerDraft { Name = "Emmy", Email = $"emmy-{Guid.NewGuid():N}@example.com" }
    );
    var portfolio = await api.Customers.OpenPortfolio(
        customer.Id,
        new PortfolioDraft
        {
            Name = "Mine",
            Currency = "USD",
            Cash = CashMode.Tracked,
        }
    );
    await api.Transactions.RecordTransaction(
        portfolio.Id,
        new TransactionDraft
        {
            Kind = TransactionKind.Deposit,
            Date = new DateOnly(2024, 6, 3),
            Amount = 12.50m,
        }
    );
    var renamed = await api.Customers.UpdateCustomer(customer.Id, new CustomerChanges { Name = "Emmy N." }, customer.ETag);
    var returns = await api.Portfolios.GetPortfolioReturns(portfolio.Id, to: new DateOnly(2024, 6, 28));
    Console.WriteLine($"{renamed.Name} put in {returns.Total.Inflows}");
}
catch (ProblemException refused)
{
    Console.WriteLine($"{refused.Status} {refused.Code}: {refused.Message}");
    return 1;
}
catch (HttpRequestException) when (args.Length == 0)
{
    Console.WriteLine("Nobody is there, as expected.");
}
return 0;
