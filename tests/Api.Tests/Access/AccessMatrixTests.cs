using CleanPortfolio.Api.Tests.Contract;
using CleanPortfolio.Testing;
using FluentAssertions.Execution;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>Each cell of the committed matrix, asked of the running service.</summary>
[Collection(MatrixApp.Name)]
public sealed class AccessMatrixTests(MatrixApp.World world)
{
    private static readonly int[] Refused = [401, 403, 404, 405, 500, 503];

    public static TheoryData<string> Operations => [.. Matrix.Operations];

    [Fact]
    public async Task The_matrix_has_each_operation_of_the_contract_and_no_other()
    {
        var served = (await Operation.All(world.App)).Select(operation => (operation.Name, operation.ToString()));

        Matrix.Operations.Select(name => (name, Matrix.Route(name))).Should().BeEquivalentTo(served);
        Matrix.Callers.Should().BeEquivalentTo(world.Callers.Keys);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Each_caller_is_answered_as_the_matrix_says(string name)
    {
        var operation = (await Operation.All(world.App)).Single(one => one.Name == name);
        using var all = new AssertionScope();
        foreach (var (caller, expected) in Matrix.Of(name))
        {
            var answer = await Ask(operation, caller);
            if (expected == "yes" && IsChange(operation))
                answer.Status.Should().Be(412, "{0} may change it, but not this version: {1}", caller, answer.Body);
            else if (expected == "yes")
                Refused.Should().NotContain(answer.Status, "{0} may call it, and gets {1}", caller, answer.Body);
            else
                answer.Status.ToString().Should().Be(expected, "that is for {0}, who gets {1}", caller, answer.Body);
            answer.Headers.ContainsKey("WWW-Authenticate").Should().Be(expected == "401", "{0} is or is not known", caller);
        }
    }

    private static bool IsChange(Operation operation) => operation.Method != HttpMethod.Get && operation.Method != HttpMethod.Post;

    // A version that nothing has: who may change it is told that, and nothing changes.
    private Task<Answer> Ask(Operation operation, string caller)
    {
        var sample = Sample.Of(operation, name => world.Value(caller, name));
        var version = IsChange(operation) ? "\"4000000000\"" : "";
        return world.Callers[caller].Send(operation.Method, sample.Path, sample.Body, ("If-Match", version));
    }
}
