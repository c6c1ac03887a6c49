using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Application.Pipeline;

/// <summary>Gives every use case, from a route or from a job, a span and a log scope of its name. Contents of requests are never logged.</summary>
internal sealed class Tracing<TRequest, TAnswer>(ILogger<TRequest> logger) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : notnull
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        var name = typeof(TRequest).Name;
        using var activity = UseCases.Source.StartActivity(name);
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["UseCase"] = name });
        UseCases.Begin(name);
        var started = Stopwatch.GetTimestamp();
        var answer = await next();
        logger.LogDebug("{UseCase} took {Elapsed:0.0} ms", name, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return answer;
    }
}

/// <summary>Name under which use cases trace.</summary>
public static class UseCases
{
    /// <summary>Source of the spans.</summary>
    public const string Name = "CleanPortfolio.UseCases";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly AsyncLocal<string?> Running = new();

    /// <summary>Name of the request that is being handled; null outside of one.</summary>
    public static string? Current => Running.Value;

    /// <summary>From here on, and in what is called from here.</summary>
    internal static void Begin(string name) => Running.Value = name;

    /// <summary>Gives a part of a use case a span of its own.</summary>
    internal static async Task<T> Step<T>(string name, Func<Task<T>> work)
    {
        using var span = Source.StartActivity(name);
        return await work();
    }

    /// <summary>Gives a part of a use case a span of its own.</summary>
    internal static T Step<T>(string name, Func<T> work)
    {
        using var span = Source.StartActivity(name);
        return work();
    }
}
