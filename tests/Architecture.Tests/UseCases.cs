using System.Reflection;
using System.Text.RegularExpressions;
using CleanPortfolio.Architecture.Tests.Finding;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Architecture.Tests;

/// <summary>The rules that every use case of an assembly keeps; each answers those that break it.</summary>
internal sealed partial class UseCases(Assembly assembly)
{
    private static readonly string[] Pages = ["Cursor", "Limit"];
    private static readonly string[] Ranges = ["From", "To", "AsOf"];

    public IReadOnlyList<Type> Requests { get; } =
    [.. assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IBaseRequest)) && !type.IsAbstract)];

    public IEnumerable<string> WithoutTheirOneHandler() => Requests.Where(request => HandlersOf(request).Count != 1).Select(Name);

    public IEnumerable<string> WithAnUnhousedHandler() =>
        from request in Requests
        from handler in HandlersOf(request)
        where
            !handler.IsSealed
            || handler.IsPublic
            || handler.IsNestedPublic
            || handler.Namespace != request.Namespace
            || handler.Name != $"{request.Name}Handler"
        select handler.Name;

    public IEnumerable<string> WithoutTheirRules() =>
        from request in Requests
        where HasBody(request) || Has(request, Pages) || Has(request, Ranges)
        where !assembly.GetTypes().Any(type => type.IsAssignableTo(typeof(IValidator<>).MakeGenericType(request)))
        select request.Name;

    public IEnumerable<string> NotAmong(IEnumerable<string> names) => Requests.Select(Name).Except(names, StringComparer.Ordinal);

    /// <summary>Requests that are put into the queue, and those that the queue itself sends.</summary>
    public static IEnumerable<string> SentByJobs() =>
        from file in SourceFile.Of("src/Application").Concat(SourceFile.Of("src/Infrastructure/Jobs"))
        from Match sent in SentByJob().Matches(file.Text)
        select sent.Groups["request"].Value;

    /// <summary>Requests that have a class of tests.</summary>
    public static IEnumerable<string> Tested() =>
        from file in SourceFile.Of("tests/Api.Tests")
        from Match tests in TestClass().Matches(file.Text)
        select tests.Groups["request"].Value;

    private List<Type> HandlersOf(Type request) =>
        [
            .. assembly
                .GetTypes()
                .Where(type =>
                    type.GetInterfaces()
                        .Any(one =>
                            one.IsGenericType
                            && one.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
                            && one.GenericTypeArguments[0] == request
                        )
                ),
        ];

    private bool HasBody(Type request) =>
        request.GetProperties().Any(property => property.PropertyType.Assembly == assembly && property.PropertyType.IsClass);

    private static bool Has(Type request, string[] names) => request.GetProperties().Any(property => names.Contains(property.Name));

    private static string Name(Type type) => type.Name;

    [GeneratedRegex(@"(SaveAndEnqueue|Send|job\.Run)\((new )?(?<request>[A-Z]\w+)[.(]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SentByJob();

    [GeneratedRegex(@"class (?<request>\w+)Tests\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestClass();
}
