using System.Text;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Access;
using CleanPortfolio.Api.Tests.Contract;
using CleanPortfolio.Api.Tests.MarketData;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Everything once as it should be, so that there is something of each kind, and each operation has done its work.</summary>
internal sealed class Scenario(ToldApp.App app, Session session)
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal) { ["date"] = "2025-03-07", ["name"] = "universe" };

    public async Task Run()
    {
        await Market();
        var tenant = await Tenant.In(app, values["stockId"], values["ticker"]);
        foreach (
            var name in (string[])["customerId", "portfolioId", "transactionId", "importId", "accountId", "keyId", "email", "externalId"]
        )
            values[name] = tenant[name];
        await session.Call(values["customerId"]);
        // What makes something before what reads it.
        var operations = session
            .Operations.OrderBy(operation => operation.Method == HttpMethod.Get)
            .ThenBy(operation => operation.Name != "PlanRepair")
            .ToList();
        await Access();
        foreach (var operation in operations.Where(one => one.Method != HttpMethod.Delete && !IsSpecial(one)))
            await Send(operation);
        await Jobs();
        await Deletions();
        await session.Call((await Tenant.In(app, values["stockId"], values["ticker"]))["customerId"]);
    }

    private async Task Market()
    {
        var company = app.New().Bar(3, 10).Bar(4, 5000).Bar(5, 11).Bar(6, 6000).Bar(7, 12).Bar(10, 9000).Bar(11, 11);
        company.Split(5, 1, 3, "A").Split(5, 1, 2, "B").Dividend(6, 0.5m, "D");
        (values["stockId"], values["ticker"]) = (await app.Fetch(company), company.Ticker);
        values["jobId"] = (await app.Api.Get("jobs")).Text("items.0.id")!;
    }

    private async Task Send(Operation operation)
    {
        if (operation.Path.Contains("{rowId}", StringComparison.Ordinal))
            values["rowId"] = (await app.Api.All($"market-data/quarantine?status=held&ticker={values["ticker"]}"))[0].Text("id")!;
        if (operation.Path.Contains("{reportId}", StringComparison.Ordinal))
            values["reportId"] = (await app.Conflicts(values["stockId"]))[operation.Name == "AcceptSplitReport" ? 0 : 1].Text("id")!;
        await Good(operation, "admin", Sample.Of(operation, name => values[name]));
    }

    private static bool IsSpecial(Operation operation) =>
        operation.Name
            is "OpenSession"
                or "UpdateSession"
                or "CloseSession"
                or "UpdatePassword"
                or "CreateAccount"
                or "RetryJob"
                or "CancelJob";

    // One that is over is tried again; one that has much to do is stopped before it is over.
    private async Task Jobs()
    {
        await Send(session.Operation("RetryJob"));
        for (var times = 0; times < 10 && session.Unreached.Contains("CancelJob"); times++)
        {
            values["jobId"] = (await Body("StartPopulation", new { from = "2024-07-01" })).Text("id")!;
            await Send(session.Operation("CancelJob"));
        }
    }

    // Long paths first: entries before their ledger. Ledgers and customers go only while they are empty.
    private async Task Deletions()
    {
        values["keyId"] = (await Body("CreateApiKey", new { name = "Gone", scopes = new[] { Scopes.ReadMarket } })).Text("id")!;
        foreach (
            var operation in session.Operations.Where(one => one.Method == HttpMethod.Delete).OrderByDescending(one => one.Path.Length)
        )
        {
            if (operation.Name == "ClosePortfolio")
                values["portfolioId"] = (
                    await app.Api.Post($"customers/{values["customerId"]}/portfolios", new { name = Unique.Name(), currency = "USD" })
                ).Text("id")!;
            if (operation.Name == "DeleteCustomer")
                values["customerId"] = (await app.Api.Post("customers", new { name = "Gone", email = Unique.Email() })).Text("id")!;
            await Send(operation);
        }
    }

    // Those that need a password, a token or an account that nobody else calls by.
    private async Task Access()
    {
        var email = Unique.Email();
        var account = await Body(
            "CreateAccount",
            new
            {
                email,
                role = "adviser",
                password = Credentials.Password,
            }
        );
        values["accountId"] = account.Text("id")!;
        var tokens = await Body("OpenSession", new { email, password = Credentials.Password }, "anonymous");
        var renewed = await Body("UpdateSession", new { refreshToken = tokens.Text("refreshToken") }, "anonymous");
        await Body("CloseSession", new { refreshToken = renewed.Text("refreshToken") }, "anonymous");
        tokens = await Body("OpenSession", new { email, password = Credentials.Password }, "anonymous");
        session.Call("owner", tokens.Text("accessToken")!);
        await Body("UpdatePassword", new { currentPassword = Credentials.Password, password = "noch ein Stapel Pferde" }, "owner");
    }

    private async Task<Answer> Body(string name, object body, string caller = "admin") =>
        await Good(session.Operation(name), caller, new Sample(session.Operation(name).Path, body));

    private async Task<Answer> Good(Operation operation, string caller, Sample sample)
    {
        var (body, media) = sample.Body switch
        {
            HttpContent content => (await content.ReadAsByteArrayAsync(), "text/csv"),
            string text => (Encoding.UTF8.GetBytes(text), "application/json"),
            null => (null, null),
            _ => (JsonSerializer.SerializeToUtf8Bytes(sample.Body, JsonSerializerOptions.Web), "application/json"),
        };
        var isChange = operation.Method != HttpMethod.Get && operation.Method != HttpMethod.Post;
        var shot = new Shot(operation, caller, sample.Path)
        {
            Body = body,
            MediaType = media,
            Headers = isChange ? [("If-Match", "*")] : [],
        };
        return await session.Send(shot, "the good case");
    }
}
