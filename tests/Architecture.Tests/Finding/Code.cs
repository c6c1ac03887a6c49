using System.Reflection;

namespace CleanPortfolio.Architecture.Tests.Finding;

/// <summary>The assemblies of the solution.</summary>
internal static class Code
{
    public static readonly Assembly Domain = typeof(Domain.RuleBroken).Assembly;
    public static readonly Assembly Application = typeof(Application.Page<>).Assembly;
    public static readonly Assembly Infrastructure = typeof(Infrastructure.Setup).Assembly;
    public static readonly Assembly Client = typeof(Client.CleanPortfolioClient).Assembly;
    public static readonly Assembly PolygonSimulator = typeof(PolygonSimulator.Simulator).Assembly;
    public static readonly Assembly WebApi = typeof(WebApi.Json.JsonConventions).Assembly;
    public static readonly Assembly Tests = typeof(Code).Assembly;

    public static readonly IReadOnlyList<Assembly> Ours = [Domain, Application, Infrastructure, Client, PolygonSimulator, WebApi];

    /// <summary>By its simple name.</summary>
    public static Assembly Named(string name) => Ours.Append(Tests).Single(assembly => assembly.GetName().Name == $"CleanPortfolio.{name}");
}
