using System.Text.Json;
using CleanPortfolio.Architecture.Tests.Finding;

namespace CleanPortfolio.Architecture.Tests;

/// <summary><c>dotnet build src/WebApi -p:GenerateApiClient=true</c> writes what is compared here.</summary>
public sealed class ContractTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    private static readonly string[] Methods = ["get", "post", "patch", "put", "delete"];

    private static SourceFile Committed => SourceFile.All.Single(file => file.Path == "src/WebApi/openapi.json");

    private static JsonElement Contract => JsonDocument.Parse(Committed.Text).RootElement;

    [Fact]
    public async Task The_committed_contract_is_the_one_that_is_served()
    {
        var served = (await app.Contract()).ReplaceLineEndings("\n").TrimEnd();

        served.Should().Be(Committed.Text.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public void The_client_has_a_method_of_every_operation_and_a_type_of_every_schema()
    {
        var client = SourceFile.All.Single(file => file.Path == "src/WebApi/client/cleanportfolio.ts").Text;

        foreach (var operation in Operations())
            client.Should().Contain($"    {JsonNamingPolicy.CamelCase.ConvertName(operation.GetProperty("operationId").GetString()!)}(");
        foreach (var schema in Contract.GetProperty("components").GetProperty("schemas").EnumerateObject())
            client.Should().MatchRegex($@"export (interface|type) {schema.Name} ");
    }

    [Fact]
    public void Everything_is_described()
    {
        Operations()
            .Select(operation => operation.GetProperty("operationId").GetString())
            .Should()
            .OnlyHaveUniqueItems()
            .And.BeEquivalentTo(app.Operations);
        Undescribed(Contract, "").Should().BeEmpty();
        using var wrong = JsonDocument.Parse("""{"operationId": "Nameless", "responses": {"200": {"description": ""}}}""");
        Undescribed(wrong.RootElement, "").Should().HaveCount(2);
    }

    [Fact]
    public void Refusals_are_problems_and_what_is_made_has_a_location()
    {
        foreach (var (status, answer) in Operations().SelectMany(Answers))
        {
            if (status[0] is '4' or '5')
                answer
                    .GetProperty("content")
                    .GetProperty("application/problem+json")
                    .GetProperty("schema")
                    .GetProperty("$ref")
                    .GetString()
                    .Should()
                    .Be("#/components/schemas/Problem");
            if (status is "201" or "202")
                answer.GetProperty("headers").TryGetProperty("Location", out _).Should().BeTrue();
        }
    }

    [Fact]
    public void A_query_parameter_is_required_or_may_be_left_out_but_is_never_null()
    {
        var parameters = Operations()
            .Where(operation => operation.TryGetProperty("parameters", out _))
            .SelectMany(operation => operation.GetProperty("parameters").EnumerateArray())
            .ToList();

        parameters.Should().NotBeEmpty();
        parameters.Where(parameter => parameter.GetProperty("schema").TryGetProperty("nullable", out _)).Should().BeEmpty();
        parameters
            .Where(parameter => parameter.GetProperty("in").GetString() is not "header")
            .Select(parameter => parameter.GetProperty("name").GetString()!)
            .Should()
            .OnlyContain(name => char.IsLower(name[0]));
    }

    [Fact]
    public void What_changes_something_wants_to_know_its_version()
    {
        var changing = Operations("put", "patch", "delete").ToList();

        changing.Should().NotBeEmpty();
        foreach (var operation in changing)
        {
            Headers(operation).Should().Contain("If-Match", "of {0}", operation.GetProperty("operationId"));
            Answers(operation).Select(answer => answer.Status).Should().Contain(["412", "428"]);
        }
    }

    [Fact]
    public void What_makes_or_starts_something_takes_a_key()
    {
        var making = Operations("post").Where(post => Answers(post).Any(answer => answer.Status is "201" or "202")).ToList();

        making.Should().NotBeEmpty();
        foreach (var operation in making)
        {
            Headers(operation).Should().Contain("Idempotency-Key", "of {0}", operation.GetProperty("operationId"));
            Answers(operation).Select(answer => answer.Status).Should().Contain(["409", "422"]);
        }
    }

    // Whoever takes If-Match for a thing tells its ETag where it is read.
    [Fact]
    public void What_can_be_changed_is_told_with_its_version()
    {
        var paths = Contract
            .GetProperty("paths")
            .EnumerateObject()
            .Where(path => Changes(path.Value) && path.Value.TryGetProperty("get", out _));

        foreach (var path in paths.Where(path => path.Name.EndsWith('}')))
            path.Value.GetProperty("get")
                .GetProperty("responses")
                .GetProperty("200")
                .GetProperty("headers")
                .TryGetProperty("ETag", out _)
                .Should()
                .BeTrue("{0} can be changed", path.Name);
    }

    [Fact]
    public void What_may_be_known_already_has_no_body()
    {
        var computed = Operations("get").Where(operation => Headers(operation).Contains("If-None-Match")).ToList();

        computed.Should().HaveCountGreaterThan(10);
        foreach (var operation in computed)
            Answers(operation).Single(answer => answer.Status is "304").Answer.TryGetProperty("content", out _).Should().BeFalse();
    }

    private static bool Changes(JsonElement path) => path.EnumerateObject().Any(method => method.Name is "put" or "patch" or "delete");

    private static IEnumerable<string?> Headers(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() is "header")
                .Select(parameter => parameter.GetProperty("name").GetString())
            : [];

    private static IEnumerable<JsonElement> Operations() => Operations(Methods);

    private static IEnumerable<JsonElement> Operations(params string[] methods) =>
        Contract
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Where(method => methods.Contains(method.Name))
            .Select(method => method.Value);

    private static IEnumerable<(string Status, JsonElement Answer)> Answers(JsonElement operation) =>
        operation.GetProperty("responses").EnumerateObject().Select(answer => (answer.Name, answer.Value));

    /// <summary>Paths of operations, parameters, answers, schemas and properties without words.</summary>
    private static IEnumerable<string> Undescribed(JsonElement json, string path)
    {
        if (json.ValueKind is JsonValueKind.Array)
            return json.EnumerateArray().SelectMany((item, index) => Undescribed(item, $"{path}/{index}"));
        if (json.ValueKind is not JsonValueKind.Object)
            return [];
        var silent = json.EnumerateObject()
            .SelectMany(member =>
                (path.Split('/')[^1], member.Name, member.Value.ValueKind) switch
                {
                    ("properties" or "schemas" or "responses", _, JsonValueKind.Object) when !Says(member.Value, "description") =>
                    [
                        member.Name,
                    ],
                    (_, "operationId", _) when !Says(json, "summary") => ["summary"],
                    (_, "in", JsonValueKind.String) when !Says(json, "description") => ["description"],
                    _ => Array.Empty<string>(),
                }
            )
            .Select(name => $"{path}/{name}");
        return silent.Concat(json.EnumerateObject().SelectMany(member => Undescribed(member.Value, $"{path}/{member.Name}")));
    }

    private static bool Says(JsonElement json, string member) =>
        json.TryGetProperty(member, out var text) && text.ValueKind is JsonValueKind.String && text.GetString() is { Length: > 0 };
}
