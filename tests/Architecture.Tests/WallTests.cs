using System.Reflection;
using CleanPortfolio.Architecture.Tests.Finding;

namespace CleanPortfolio.Architecture.Tests;

/// <summary>What each assembly may know. A name that ends with a dot allows everything below it.</summary>
public sealed class WallTests
{
    private static readonly string[] Language =
    [
        "System.Runtime",
        "System.Collections",
        "System.Collections.Immutable",
        "System.Linq",
        "System.Memory",
        "System.Runtime.InteropServices", // spans of lists
        "System.Runtime.Numerics",
    ];

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Domain"] = Language,
        ["Application"] =
        [
            .. Language,
            "CleanPortfolio.Domain",
            "MediatR",
            "AutoMapper",
            "CsvHelper",
            "FluentValidation",
            "FluentValidation.DependencyInjectionExtensions",
            "Microsoft.EntityFrameworkCore",
            "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
            "Scrutor",
            "System.Collections.Concurrent",
            "System.ComponentModel",
            "System.Data.Common", // in EF Core's own signatures
            "System.Diagnostics.DiagnosticSource",
            "System.Linq.Expressions",
            "System.Linq.Queryable",
            "System.Security.Cryptography",
            "System.Linq.AsyncEnumerable",
            "System.Text.Encoding.Extensions",
            "System.Text.Json",
            "System.Threading",
            "System.Threading.Channels",
        ],
        ["Infrastructure"] =
        [
            "System.",
            "Microsoft.Win32.Primitives",
            "CleanPortfolio.Application",
            "CleanPortfolio.Domain",
            "MediatR",
            "Microsoft.EntityFrameworkCore",
            "Microsoft.EntityFrameworkCore.Abstractions",
            "Microsoft.EntityFrameworkCore.Relational",
            "EFCore.NamingConventions",
            "Npgsql",
            "Npgsql.EntityFrameworkCore.PostgreSQL",
            "Hangfire.Core",
            "Hangfire.NetCore",
            "Hangfire.PostgreSql",
            "Refit",
            "Refit.HttpClientFactory",
            "Polly.Core",
            "Microsoft.AspNetCore.DataProtection",
            "Microsoft.Extensions.",
            "Microsoft.IdentityModel.",
        ],
        // It is packed and lives elsewhere: nothing of ours goes along.
        ["Client"] = ["System.", "Microsoft.Extensions.", "Polly.", "Refit"],
        ["PolygonSimulator"] = ["System.", "Microsoft.AspNetCore", "Microsoft.AspNetCore.", "Microsoft.Extensions."],
        ["WebApi"] =
        [
            "System.",
            "CleanPortfolio.Application",
            "CleanPortfolio.Domain",
            "CleanPortfolio.Infrastructure",
            "CleanPortfolio.PolygonSimulator",
            "MediatR",
            "FluentValidation",
            "Microsoft.AspNetCore",
            "Microsoft.AspNetCore.",
            "Microsoft.Extensions.",
            "Microsoft.Net.Http.Headers",
            "Microsoft.EntityFrameworkCore", // the seed's look-ups; see Only_the_seed_sees_the_tables
            "Npgsql", // its failures become problems
            "Hangfire.AspNetCore",
            "Hangfire.Core",
            "NSwag.",
            "NJsonSchema",
            "NJsonSchema.Annotations",
            "Namotion.Reflection",
            "OpenTelemetry.",
            "Serilog",
            "Serilog.",
        ],
    };

    public static TheoryData<string> Walls => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Walls))]
    public void An_assembly_knows_only_what_it_may(string name) => Breaches(Code.Named(name), Allowed[name]).Should().BeEmpty();

    [Theory]
    [InlineData("Domain", "Application", "Microsoft.EntityFrameworkCore")]
    [InlineData("Domain", "Infrastructure", "Npgsql")]
    [InlineData("Application", "Infrastructure", "Hangfire.Core")]
    [InlineData("Application", "WebApi", "Microsoft.AspNetCore.Routing")]
    [InlineData("Infrastructure", "WebApi", "NSwag.AspNetCore")]
    [InlineData("PolygonSimulator", "WebApi", "CleanPortfolio.Domain")]
    [InlineData("Client", "WebApi", "CleanPortfolio.Domain")]
    [InlineData("WebApi", "Infrastructure", "Refit")]
    [InlineData("WebApi", "Architecture.Tests", "xunit.core")]
    public void Each_wall_would_be_seen_broken(string wall, string wrong, string breach) =>
        Breaches(Code.Named(wrong), Allowed[wall]).Should().Contain(breach);

    [Fact]
    public void The_domain_has_neither_clock_nor_tasks()
    {
        Unwelcome(Code.Domain).Should().BeEmpty();
        Unwelcome(Code.Application).Should().Contain(found => found.EndsWith("TimeProvider")).And.Contain(found => found.Contains("Task"));
    }

    [Fact]
    public void The_providers_wire_types_stay_behind_the_port()
    {
        static IEnumerable<string> Seen(Assembly assembly, string folder) =>
            assembly.GetExportedTypes().Where(type => type.Namespace == $"CleanPortfolio.{folder}").Select(type => type.Name);

        Seen(Code.Infrastructure, "Infrastructure.Polygon").Should().Equal("PolygonOptions", "PolygonPlan");
        Seen(Code.Domain, "Domain.Stocks").Should().NotBeEmpty();
    }

    [Fact]
    public void Only_the_seed_sees_the_tables()
    {
        static IEnumerable<string> Using(IEnumerable<SourceFile> files) =>
            files.Where(file => file.Text.Contains("IDatabase", StringComparison.Ordinal)).Select(file => file.Path);

        Using(SourceFile.Of("src/WebApi")).Should().Equal("src/WebApi/Development/SeedStory.cs");
        Using(SourceFile.Of("src/Application/Customers")).Should().NotBeEmpty();
    }

    private static IEnumerable<string> Breaches(Assembly assembly, string[] allowed) =>
        assembly
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !allowed.Any(one => one.EndsWith('.') ? name.StartsWith(one, StringComparison.Ordinal) : name == one));

    private static IEnumerable<string> Unwelcome(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMembers(Everything).OfType<MethodBase>()
        from used in method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType)
        where used == typeof(TimeProvider) || used == typeof(ValueTask) || used?.IsAssignableTo(typeof(Task)) == true
        select $"{type.Name}.{method.Name}: {used.Name}";

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
}
