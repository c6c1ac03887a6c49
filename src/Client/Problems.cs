using System.Net;

namespace CleanPortfolio.Client;

/// <summary>
/// The service refused a call, or failed at it. Programs tell refusals by <see cref="Code"/>, which is stable:
/// <c>catch (ProblemException e) when (e.Code == "transaction.oversold")</c>.
/// </summary>
public sealed class ProblemException : Exception
{
    /// <summary>One that was answered.</summary>
    public ProblemException(HttpStatusCode status, Problem problem, TimeSpan? retryAfter = null)
        : base($"{(int)status} {problem.Code}: {problem.Detail}") => (Status, Problem, RetryAfter) = (status, problem, retryAfter);

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The whole answer. What answered without one, as a proxy may, has the code <c>unknown</c>.</summary>
    public Problem Problem { get; }

    /// <summary>Stable code of what is wrong.</summary>
    public string Code => Problem.Code;

    /// <summary>With status 400 everything that is wrong, by JSON path or name of the parameter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors =>
        Problem.Errors ?? System.Collections.Immutable.ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Finds the call in the service's logs.</summary>
    public string TraceId => Problem.TraceId;

    /// <summary>How long the service asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; }
}
