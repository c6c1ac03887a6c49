using CleanPortfolio.Api.Tests.Contract;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>Real ids of others are answered like ids of nothing, to the byte.</summary>
[Collection(MatrixApp.Name)]
public sealed class CrossTenantTests(MatrixApp.World world)
{
    private static readonly string[] Differing =
    [
        "Date",
        "RateLimit",
        "RateLimit-Policy",
        "traceparent",
        "traceresponse",
        "Content-Length",
    ];
    private static readonly string[] Strangers = ["otherAdviser", "otherCustomer", "otherCustomerKey", "operator", "operatorKey"];

    [Fact]
    public async Task What_belongs_to_others_is_as_if_it_were_not_there()
    {
        var probes = 0;
        foreach (var operation in await Operation.All(world.App))
        foreach (var named in Subsets(NamesOf(operation)))
        foreach (var headers in await Headers(operation))
        foreach (var caller in Strangers)
        {
            var nothing = named.ToDictionary(name => name, name => NothingLike(world.Ours[name]), StringComparer.Ordinal);
            var real = await Ask(operation, caller, headers, name => named.Contains(name) ? world.Ours[name] : Own(name));
            var none = await Ask(operation, caller, headers, name => named.Contains(name) ? nothing[name] : Own(name));
            var what = $"{operation.Name} by {caller} with {string.Join(", ", named)} of others and {string.Join(", ", headers)}";
            Plain(real, named.Select(name => world.Ours[name])).Should().Be(Plain(none, nothing.Values), what);
            KeepsSecrets(real, named, what);
            probes++;
        }
        probes.Should().BeGreaterThan(400);
        // All of it is still there for whom it belongs to.
        (await world.Ours.Customer.Get($"portfolios/{world.Ours["portfolioId"]}/transactions/{world.Ours["transactionId"]}")).Is(200);
        (await world.Ours.Customer.Get($"portfolios/{world.Ours["portfolioId"]}/imports/{world.Ours["importId"]}")).Is(200);
        (await world.Ours.Customer.Get($"api-keys/{world.Ours["keyId"]}")).Is(200);
    }

    [Fact]
    public async Task Lists_and_cursors_of_others_give_out_nothing_of_others()
    {
        var lists = (await Operation.All(world.App)).Where(operation => operation.Takes("cursor")).ToList();
        lists.Should().HaveCountGreaterThan(10);
        var cursors = 0;
        foreach (var list in lists.Where(list => NamesOf(list).All(world.Ours.Has)))
        foreach (var (owner, stranger) in Pairs())
        {
            var page = await owner.Get($"{list.Filled(name => world.Value(world.Ours, name))}?limit=1");
            var cursor = page.Status == 200 ? page.Text("nextCursor") : null;
            cursors += cursor is null ? 0 : 1;
            foreach (var query in new[] { "", cursor is null ? "?limit=500" : $"?limit=500&cursor={Uri.EscapeDataString(cursor)}" })
                KeepsSecrets(await stranger.Get(list.Filled(Own) + query), [], $"{list.Name}{query}");
        }
        cursors.Should().BeGreaterThan(5);
    }

    [Fact]
    public async Task An_idempotency_key_of_others_gets_no_answer_of_others()
    {
        var operations = (await Operation.All(world.App)).Where(operation => operation.Takes("Idempotency-Key")).ToList();
        var kept = 0;
        foreach (
            var operation in operations.Where(operation =>
                operation.Path.Contains("{portfolioId}") || operation.Path.Contains("{customerId}")
            )
        )
        {
            var key = ("Idempotency-Key", Guid.NewGuid().ToString());
            var first = await Ask(operation, "customer", [key], name => world.Value(world.Ours, name));
            kept += first.Status < 300 ? 1 : 0;
            foreach (var stranger in Strangers[..3])
            {
                var answer = await Ask(operation, stranger, [key], name => world.Value(world.Ours, name));
                answer.Status.Should().Be(404, "{0} is not {1}'s: {2}", operation.Name, stranger, answer.Body);
                answer.Headers.Keys.Should().NotContain("Idempotency-Replayed");
            }
        }
        kept.Should().BeGreaterThan(1);
    }

    private string Own(string name) => world.Value(world.Others, name);

    private (Testing.Api Owner, Testing.Api Stranger)[] Pairs() =>
        [
            (world.Ours.Customer, world.Others.Customer),
            (world.Ours.Adviser, world.Others.Adviser),
            (world.Ours.Program, world.Others.Program),
            (world.Callers["admin"], world.Others.Customer),
        ];

    // Names of what belongs to a tenant, wherever in the request they are.
    private List<string> NamesOf(Operation operation)
    {
        var names = new List<string>();
        _ = Sample.Of(
            operation,
            name =>
            {
                if (world.Ours.Has(name))
                    names.Add(name);
                return Own(name);
            }
        );
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<List<string>> Subsets(List<string> names) =>
        Enumerable.Range(1, (1 << names.Count) - 1).Select(bits => names.Where((_, index) => (bits >> index & 1) == 1).ToList());

    // With the versions that only those know who have seen it, too.
    private async Task<List<(string Name, string Value)[]>> Headers(Operation operation)
    {
        var found = new List<(string, string)[]> { Array.Empty<(string, string)>() };
        if (!operation.Takes("If-Match") && !operation.Takes("If-None-Match"))
            return found;
        var path = operation.Filled(name => world.Value(world.Ours, name));
        var seen = await world.Ours.Customer.Get(path);
        if (seen.Headers.TryGetValue("ETag", out var tag))
            found.Add([(operation.Takes("If-Match") ? "If-Match" : "If-None-Match", tag)]);
        return found;
    }

    private Task<Answer> Ask(Operation operation, string caller, (string, string)[] headers, Func<string, string> value)
    {
        var sample = Sample.Of(operation, value);
        return world.Callers[caller].Send(operation.Method, sample.Path, sample.Body, headers);
    }

    private void KeepsSecrets(Answer answer, IReadOnlyList<string> told, string what)
    {
        var all = answer.Body + string.Join('\n', answer.Headers.Values);
        foreach (var secret in world.Ours.Secrets.Except(told.Select(name => world.Ours[name])))
            all.Should().NotContain(secret, what);
    }

    private static string Plain(Answer answer, IEnumerable<string> ids)
    {
        var headers = answer
            .Headers.Where(header => !Differing.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => $"{header.Key}: {header.Value}");
        var text = $"{answer.Status}\n{string.Join('\n', headers)}\n{answer.Body}";
        foreach (var id in ids)
            text = text.Replace(id, "ID", StringComparison.Ordinal);
        return answer.MediaType == "application/problem+json"
            ? text.Replace(answer.Text("traceId")!, "TRACE", StringComparison.Ordinal)
            : text;
    }

    private static string NothingLike(string value) =>
        Guid.TryParse(value, out _) ? Guid.NewGuid().ToString()
        : value.Contains('@', StringComparison.Ordinal) ? Unique.Email()
        : Unique.Name("nothing");
}
