using CleanPortfolio.Api.Tests.MarketData;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>Two customers of two advisers, a market with something to decide about, and everybody who may call.</summary>
[CollectionDefinition(Name)]
public sealed class MatrixApp : ICollectionFixture<MatrixApp.World>
{
    public const string Name = nameof(MatrixApp);

    public sealed class World : IAsyncLifetime
    {
        private readonly Dictionary<string, string> market = new(StringComparer.Ordinal);

        public ToldApp.App App { get; } = new();

        /// <summary>Whose data is asked for.</summary>
        internal Tenant Ours { get; private set; } = null!;

        /// <summary>Who has nothing to do with it.</summary>
        internal Tenant Others { get; private set; } = null!;

        /// <summary>By the column of the matrix.</summary>
        internal Dictionary<string, Testing.Api> Callers { get; } = new(StringComparer.Ordinal);

        private Dictionary<string, string> OwnKeys { get; } = new(StringComparer.Ordinal);

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await MakeMarket();
            Ours = await Tenant.In(App, market["stockId"], market["ticker"]);
            Others = await Tenant.In(App, market["stockId"], market["ticker"]);
            Callers["anonymous"] = App.AsNobody();
            Callers["admin"] = await App.As(Role.Admin);
            Callers["operator"] = await App.As(Role.Operator);
            Callers["adviser"] = Ours.Adviser;
            Callers["customer"] = Ours.Customer;
            Callers["otherAdviser"] = Others.Adviser;
            Callers["otherCustomer"] = Others.Customer;
            foreach (var scope in Scopes.All)
                Callers[$"key:{scope}"] = await App.AsKey(scope);
            Callers["customerKey"] = Ours.Program;
            Callers["otherCustomerKey"] = Others.Program;
            Callers["operatorKey"] = await App.AsKey(Role.Operator, null);
            // Keys are one's own: all but the strangers ask for one of theirs.
            foreach (var name in new[] { "operator", "adviser" })
                OwnKeys[name] = await Tenant.NewKey(Callers[name]);
        }

        public Task DisposeAsync() => ((IAsyncLifetime)App).DisposeAsync();

        /// <summary>What a caller of a column names: all of ours.</summary>
        internal string Value(string caller, string name) =>
            name == "keyId" && OwnKeys.TryGetValue(caller, out var key) ? key : Value(Ours, name);

        /// <summary>What a tenant names.</summary>
        internal string Value(Tenant tenant, string name) => market.TryGetValue(name, out var value) ? value : tenant[name];

        // A price that jumped, two splits that can't both be, a price by hand, and the job that fetched it all.
        private async Task MakeMarket()
        {
            var company = App.New().Bar(3, 10).Bar(4, 5000).Bar(5, 11).Split(4, 1, 3, "A").Split(4, 1, 2, "B");
            (market["stockId"], market["ticker"]) = (await App.Fetch(company), company.Ticker);
            market["rowId"] = (await App.Api.All($"market-data/quarantine?ticker={company.Ticker}"))[0].Text("id")!;
            market["reportId"] = (await App.Conflicts(market["stockId"]))[0].Text("id")!;
            market["jobId"] = (await App.Api.Get("jobs")).Text("items.0.id")!;
            (market["date"], market["name"]) = ("2025-03-07", "universe");
            var price = new { close = "10.5", reason = "seen on the tape" };
            (await App.Api.Send(HttpMethod.Put, $"stocks/{market["stockId"]}/prices/{market["date"]}", price)).Is(200);
        }
    }
}
