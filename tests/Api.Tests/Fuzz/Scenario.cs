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
        foreach (var name in (string[])["customerId", "portfolioId", "transactionId", "importId", "accountId", "keyId", "email", "externalId"])
            values[name] = tenant[name];
        await session.Call(values["customerId"]);
        var operations = session.Operations.OrderBy(operation => operation.Method == HttpMethod.Delete ? -operation.Path.Length : -1000).ToList();
        foreach (var operation in operations.Where(one => one.Method != HttpMethod.Delete && one.Json.At("tags.0").GetString() != "Access"))
            await Send(operation);
        await Access();
        // Long paths first: entries before their ledger, ledgers before their owner.
        foreach (var operation in operations.Where(one => one.Method == HttpMethod.Delete))
            await Send(operation);
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
        if (operation.Name is "RetryJob" or "CancelJob")
            return;
        if (operation.Path.Contains("{rowId}", StringComparison.Ordinal))
            values["rowId"] = (await app.Api.All($"market-data/quarantine?status=held&ticker={values["ticker"]}"))[0].Text("id")!;
        if (operation.Path.Contains("{reportId}", StringComparison.Ordinal))
            values["reportId"] = (await app.Conflicts(values["stockId"]))[operation.Name == "AcceptSplitReport" ? 0 : 1].Text("id")!;
        var caller = operation.Path.Contains("/api-keys", StringComparison.Ordinal) ? "admin" : "key";
        await Good(operation, caller, Sample.Of(operation, name => values[name]));
    }

    // Those that need a password, a token or an account that nobody else calls by.
    private async Task Access()
    {
        var email = Unique.Email();
        var account = await Body("CreateAccount", new { email, role = "adviser", password = Credentials.Password });
        values["accountId"] = account.Text("id")!;
        var tokens = await Body("OpenSession", new { email, password = Credentials.Password }, "anonymous");
        tokens = await Body("UpdateSession", new { refreshToken = tokens.Text("refreshToken") }, "anonymous");
        await Body("CloseSession", new { refreshToken = tokens.Text("refreshToken") }, "anonymous");
        foreach (var operation in session.Operations.Where(one => one.Json.At("tags.0").GetString() == "Access" && one.Method != HttpMethod.Delete))
            if (operation.Name is not ("CreateAccount" or "OpenSession" or "UpdateSession" or "CloseSession" or "UpdatePassword"))
                await Good(operation, "admin", Sample.Of(operation, name => values[name]));
    }

    private async Task<Answer> Body(string name, object body, string caller = "admin") =>
        await Good(session.Operations.Single(one => one.Name == name), caller, new Sample(session.Operations.Single(one => one.Name == name).Path, body));

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
