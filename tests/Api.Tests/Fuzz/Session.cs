using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Access;
using CleanPortfolio.Api.Tests.Contract;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Sends requests as everybody, holds the answers against the contract, and remembers what they told.</summary>
internal sealed class Session
{
    private const int LargestBody = 1024 * 1024;

    private readonly TestApp app;
    private readonly Schemas schemas;
    private readonly Dictionary<string, Testing.Api> callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Count, string First)> faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<int, int>> statuses = new(StringComparer.Ordinal);
    private string customer = "";

    private Session(TestApp app, List<Operation> operations, Schemas schemas, Dice dice)
    {
        (this.app, Operations, this.schemas) = (app, operations, schemas);
        Pool = new Pool(IdNames(operations));
        Maker = new Maker(new Values(schemas, Pool, dice), Pool, dice);
    }

    /// <summary>Who calls; those who may more do so more often.</summary>
    public static IReadOnlyList<string> Callers { get; } =
    [
        "admin",
        "admin",
        "admin",
        "admin",
        "key",
        "key",
        "key",
        "key",
        "operator",
        "adviser",
        "customer",
        "customerKey",
        "weakKey",
        "anonymous",
        "liar",
    ];

    public List<Operation> Operations { get; }

    public Pool Pool { get; }

    public Maker Maker { get; }

    public int Sent { get; private set; }

    /// <summary>Operations that were never answered with 2xx.</summary>
    public IEnumerable<string> Unreached =>
        Operations.Select(operation => operation.Name).Where(name => !statuses.TryGetValue(name, out var seen) || !seen.Keys.Any(IsGood));

    /// <summary>Each fault once, with its first request.</summary>
    public IReadOnlyList<string> Faults =>
        [.. faults.Select(fault => $"{fault.Key} ({fault.Value.Count} times), first {fault.Value.First}")];

    public static async Task<Session> On(TestApp app, Dice dice)
    {
        var contract = (await app.Api.Get("/openapi.json")).Is(200).Json;
        return new Session(app, await Contract.Operation.All(app), await Schemas.Of(contract), dice);
    }

    /// <summary>Makes all callers anew; customers and advisers are of this customer.</summary>
    public async Task Call(string customerId)
    {
        customer = customerId;
        foreach (var name in Callers.Distinct())
            callers[name] = await New(name);
    }

    /// <summary>Makes one caller of an access token.</summary>
    public void Call(string name, string accessToken)
    {
        callers[name] = app.AsNobody();
        callers[name].Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
    }

    /// <summary>The operation of a name.</summary>
    public Operation Operation(string name) => Operations.Single(operation => operation.Name == name);

    public async Task<Answer> Send(Shot shot, string step)
    {
        var answer = await Ask(shot);
        await Judge(shot, answer, step);
        return answer;
    }

    /// <summary>All at the same time.</summary>
    public async Task SendAtOnce(IReadOnlyList<Shot> shots, string step)
    {
        var answers = await Task.WhenAll(shots.Select(Ask));
        foreach (var (shot, answer) in shots.Zip(answers))
            await Judge(shot, answer, $"{step}, one of {shots.Count} at once");
    }

    /// <summary>How often each operation answered what.</summary>
    public string Report() =>
        string.Join(
            '\n',
            statuses.Select(one => $"{one.Key, -26} {string.Join("  ", one.Value.Select(status => $"{status.Key}:{status.Value}"))}")
        );

    private async Task<Answer> Ask(Shot shot)
    {
        try
        {
            return await callers[shot.Caller].Send(shot.Operation.Method, shot.Path, shot.Content(), shot.AllHeaders);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Answer(0, $"{e.GetType().Name} {e.Message}", null, new Dictionary<string, string>(StringComparer.Ordinal));
        }
    }

    private async Task Judge(Shot shot, Answer answer, string step)
    {
        Sent++;
        // A body that is refused unread ends the connection, sometimes before the client has read why.
        if (answer.Status == 0 && shot.Body?.Length > LargestBody)
            return;
        var seen = statuses.TryGetValue(shot.Operation.Name, out var known) ? known : statuses[shot.Operation.Name] = [];
        seen[answer.Status] = seen.GetValueOrDefault(answer.Status) + 1;
        foreach (var fault in Verdict.Of(shot, answer, schemas))
            Tell($"{shot.Operation.Name}: {fault}", shot, step, answer.Body);
        if (IsGood(answer.Status))
            Keep(shot.Operation, answer);
        if (answer.Status == 401 && shot.Caller is not ("anonymous" or "liar") && shot.IsClosed && Callers.Contains(shot.Caller))
            callers[shot.Caller] = await Revived(shot.Caller);
    }

    private static bool IsGood(int status) => status is >= 200 and < 300;

    private void Tell(string fault, Shot shot, string step, string body) =>
        faults[fault] = faults.TryGetValue(fault, out var known)
            ? (known.Count + 1, known.First)
            : (1, string.Create(CultureInfo.InvariantCulture, $"at {step}:\n{shot}\n{(body.Length > 700 ? body[..700] + "..." : body)}\n"));

    private void Keep(Operation operation, Answer answer)
    {
        if (answer.Headers.TryGetValue("ETag", out var tag) && Pool.Tags.Count < 200)
            Pool.Tags.Add(tag);
        if (answer.MediaType != "application/json" || operation.Name == "ExportTransactions" || operation.Name == "GetTradingDays")
            return;
        Pool.Keep(SchemaOf(operation, answer.Status), answer.Json);
    }

    private static string? SchemaOf(Operation operation, int status)
    {
        const string Page = nameof(Page);
        if (
            !operation.Json.At("responses").TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var told)
            || !told.TryGetProperty("content", out var content)
            || !content.TryGetProperty("application/json", out var json)
        )
            return null;
        // A page is of what is in it.
        var name = Schemas.NameOf(json.GetProperty("schema"));
        return name?.EndsWith(Page, StringComparison.Ordinal) == true ? name[..^Page.Length] : name;
    }

    // What GET /things/{thingId} or POST /things/{thingId}/verb answers has the id of a thing.
    private static Dictionary<string, string> IdNames(List<Operation> operations)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var operation in operations.OrderBy(one => one.Path.EndsWith('}') ? 0 : 1))
            if (
                operation.Path.Contains('}')
                && operation.Json.At("responses").TryGetProperty("200", out _)
                && SchemaOf(operation, 200) is { } schema
            )
                names.TryAdd(schema, operation.Path[(operation.Path.LastIndexOf('{') + 1)..operation.Path.LastIndexOf('}')]);
        return names;
    }

    // Somebody was deleted or shut out, perhaps with the customer.
    private async Task<Testing.Api> Revived(string name)
    {
        try
        {
            return await New(name);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            customer = (await (await app.AsKey()).Post("customers", new { name = "Fuzz", email = Unique.Email() })).Is(201).Text("id")!;
            return await New(name);
        }
    }

    private Task<Testing.Api> New(string name) =>
        name switch
        {
            "admin" => app.As(Role.Admin),
            "operator" => app.As(Role.Operator),
            "adviser" => app.As(Role.Adviser, customer),
            "customer" => app.As(Role.Customer, customer),
            "key" => app.AsKey(),
            "customerKey" => app.AsKey(Role.Customer, customer),
            "weakKey" => app.AsKey(Scopes.ReadMarket),
            "anonymous" => Task.FromResult(app.AsNobody()),
            _ => Task.FromResult(Liar()),
        };

    private Testing.Api Liar()
    {
        var api = app.AsNobody();
        api.Http.DefaultRequestHeaders.Add("Authorization", "Bearer cp_12345678_nonsense");
        return api;
    }
}
