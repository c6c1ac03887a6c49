using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CleanPortfolio.Architecture.Tests.Finding;

namespace CleanPortfolio.Architecture.Tests;

public sealed class SourceTests
{
    private const int MostLines = 250;

    // The wrong samples are put together from parts, so that the rules don't find themselves.
    public static TheoryData<string, string, string> Banned =>
        new()
        {
            { "", @"\bDateTime(Offset)?\.(Now|Today)\b", "DateTime." + "Now" },
            { "src/", @"\bDateTime(Offset)?\.UtcNow\b", "DateTime." + "UtcNow" }, // TimeProvider tells the time
            { "", @"\.(Result\b|Wait\(\))", "task." + "Result;" },
            { "", @"#\s*region\b", "#" + "region Fields" },
            { "", @"\b(TO[D]O|FIX[M]E|HA[C]K)\b", "// TO" + "DO later" },
            { "", @"(?<![\w.])/([w]ork/|[h]ome/\w|[r]oot/|[U]sers/)|\b[A-Z]:\\+[U]sers", "\"/ho" + "me/me/file\"" },
        };

    [Theory]
    [MemberData(nameof(Banned))]
    public void No_source_has(string below, string pattern, string wrong)
    {
        var banned = new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        SourceFile
            .All.Where(file => file.Path.StartsWith(below, StringComparison.Ordinal) && banned.IsMatch(file.Text))
            .Select(file => file.Path)
            .Should()
            .BeEmpty();
        banned.IsMatch(wrong).Should().BeTrue();
    }

    [Fact]
    public void No_source_file_is_longer_than_a_few_screens()
    {
        static IEnumerable<string> Long(IEnumerable<SourceFile> files) =>
            files.Where(file => file.Lines > MostLines).Select(file => $"{file.Path}: {file.Lines}");

        var written = SourceFile.All.Where(file =>
            file.Path.StartsWith("src/", StringComparison.Ordinal)
            && Path.GetExtension(file.Path) is ".cs" or ".ts"
            && !file.Path.Contains("/Migrations/", StringComparison.Ordinal)
            && !file.Path.EndsWith("/cleanportfolio.ts", StringComparison.Ordinal)
        );
        Long(written).Should().BeEmpty();
        Long([new SourceFile("Long.cs", new string('\n', MostLines + 1))]).Should().ContainSingle();
    }

    [Fact]
    public void The_domain_has_no_public_setters()
    {
        static IEnumerable<string> Settable(IEnumerable<Type> types) =>
            from type in types
            from property in type.GetProperties(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            where
                property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type.Name}.{property.Name}";

        Settable(Code.Domain.GetTypes()).Should().BeEmpty();
        Settable([typeof(Samples.Badly)]).Should().Equal("Badly.Settable");
    }

    [Fact]
    public void Our_own_methods_do_not_say_Async()
    {
        Code.Ours.SelectMany(assembly => assembly.GetTypes()).SelectMany(SayingAsync).Should().BeEmpty();
        SayingAsync(typeof(Samples.Badly)).Should().Equal("Badly.FetchAsync");
    }

    private static IEnumerable<string> SayingAsync(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var imposed = type.IsInterface
            ? []
            : type.GetInterfaces()
                .Where(one => !Code.Ours.Contains(one.Assembly))
                .SelectMany(one => type.GetInterfaceMap(one).TargetMethods);
        return type.GetMethods(Declared)
            .Where(method => OwnName().IsMatch(method.Name) && method.GetBaseDefinition() == method)
            .Except(imposed)
            .Where(method =>
                !type.Name.StartsWith('<') && type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null
            )
            .Select(method => $"{type.Name}.{method.Name}");
    }

    // A local function is called <Outer>g__Inner|0_0 by the compiler.
    private static Regex OwnName() => new(@"(^|g__)[A-Z]\w*Async($|\|)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
