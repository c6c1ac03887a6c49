using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>The committed file of who may call what: a line per operation, a column per caller.</summary>
internal static class Matrix
{
    public const string Path = "tests/Api.Tests/Access/access-matrix.csv";

    private static readonly Lazy<string[][]> Lines = new(() =>
        [.. File.ReadAllLines(System.IO.Path.Combine(Checkout.Root, Path)).Where(line => line.Length > 0).Select(line => line.Split(','))]
    );

    public static IReadOnlyList<string> Callers => Lines.Value[0][2..];

    public static IReadOnlyList<string> Operations => [.. Lines.Value[1..].Select(line => line[0])];

    public static string Route(string operation) => Line(operation)[1];

    /// <summary>What an operation answers to each caller: <c>yes</c>, or the status that refuses.</summary>
    public static IEnumerable<(string Caller, string Expected)> Of(string operation) => Callers.Zip(Line(operation)[2..]);

    private static string[] Line(string operation) => Lines.Value.Single(line => line[0] == operation);
}
