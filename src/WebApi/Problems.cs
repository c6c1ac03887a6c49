using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Imports;
using CleanPortfolio.Domain;
using CleanPortfolio.WebApi.Limits;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace CleanPortfolio.WebApi;

/// <summary>The shape of every refusal and failure, RFC 9457.</summary>
/// <param name="Type">URI of the kind of problem.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What is wrong, for people.</param>
/// <param name="Code">Stable code of what is wrong, for programs.</param>
/// <param name="TraceId">Finds the request in the logs.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string TraceId)
{
    /// <summary>Everything that is wrong with the request, by the JSON path or the name of the parameter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>With code import.refused: what is wrong with which row.</summary>
    public ImportReport? Import { get; init; }
}

/// <summary>The one place where a refusal becomes an answer: RFC 9457 problem+json with a stable <c>code</c>.</summary>
internal sealed partial class Problems(ILogger<Problems> logger) : IExceptionHandler
{
    /// <summary>Code of what can't be served now because of everything else that is asked.</summary>
    public const string Busy = "service.busy";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var problem = Of(exception, httpContext.Request);
        if (problem.Status == StatusCodes.Status500InternalServerError)
            logger.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        if (exception is OverflowException)
            logger.LogWarning(exception, "{Method} {Path} made too large a figure", httpContext.Request.Method, httpContext.Request.Path);
        if (Outages.In(exception) is { } outage && problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            // Without the stack: there are hundreds of them in a second, all alike.
            logger.LogWarning("The database is {Outage}: {Reason}", outage, exception.GetBaseException().Message);
            httpContext.Response.Headers.RetryAfter = outage is Outage.Busy ? "1" : "5";
        }
        if (problem.Status == StatusCodes.Status401Unauthorized)
            httpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"cleanportfolio\"";
        if (exception is LimitExceeded { RetryAfter: var after })
            httpContext.Response.Headers.RetryAfter = after;
        await Write(httpContext, problem);
        return true;
    }

    /// <summary>Refuses before anything is done.</summary>
    public static Task Refuse(HttpContext http, int status, string code, string detail) => Write(http, New(status, code, detail));

    /// <summary>Answers that no exception caused: unknown routes, wrong methods, media types, bodies too large.</summary>
    public static Task OfStatus(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var (code, detail) = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ("route.unknown", $"There is nothing at {http.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => ("route.method", $"{http.Request.Method} is not possible here."),
            StatusCodes.Status413PayloadTooLarge => ("request.tooLarge", "The body is larger than is accepted here."),
            StatusCodes.Status415UnsupportedMediaType => (
                "request.mediaType",
                "The body must be of a media type that is taken here, in UTF-8; nearly everywhere that is application/json."
            ),
            StatusCodes.Status401Unauthorized => ("access.unauthenticated", "Who calls is not known."),
            StatusCodes.Status403Forbidden => ("access.denied", "This is closed to the caller."),
            StatusCodes.Status504GatewayTimeout => ("request.timeout", "It took longer than a request may, and was broken off."),
            _ => ("request.refused", "The request was refused."),
        };
        return Write(http, New(http.Response.StatusCode, code, detail));
    }

    // Not by the framework's writer, which answers nothing to a client that accepts only something else, and then fails.
    private static Task Write(HttpContext http, ProblemDetails problem)
    {
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        problem.Type = $"urn:cleanportfolio:problem:{problem.Extensions["code"]}";
        http.Response.StatusCode = problem.Status!.Value;
        return http.Response.WriteAsJsonAsync(problem, JsonSerializerOptions.Web, "application/problem+json", http.RequestAborted);
    }

    private static ProblemDetails Of(Exception exception, HttpRequest request) =>
        exception switch
        {
            ValidationException e => Invalid(e.Errors.Select(error => (JsonPath(error.PropertyName), error.ErrorMessage))),
            BadHttpRequestException { InnerException: JsonException e } => Malformed(e),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } e => New(
                e.StatusCode,
                "request.tooLarge",
                "The body is larger than is accepted here."
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } e => New(
                e.StatusCode,
                "request.mediaType",
                "The body must be application/json."
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } e => New(
                e.StatusCode,
                "request.tooSlow",
                "The body came too slowly."
            ),
            BadHttpRequestException e => Unbound(e),
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire }
            or { InnerException: PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } } => New(
                StatusCodes.Status400BadRequest,
                "request.malformed",
                "A text holds a null character, which no text can."
            ),
            Unauthenticated e => New(StatusCodes.Status401Unauthorized, e.Code, e.Message),
            NotFound e => New(StatusCodes.Status404NotFound, $"{e.What}.notFound", e.Message),
            Conflict { Code: Conflict.ConcurrentChange } when Versions.AreNamed(request) => OfStale(new Stale()),
            Stale e => OfStale(e),
            PreconditionMissing e => New(StatusCodes.Status428PreconditionRequired, "precondition.required", e.Message),
            WrongHeader e => Invalid([(e.Header, e.Text)]),
            Conflict e => New(StatusCodes.Status409Conflict, e.Code, e.Message),
            ImportRefused e => Refused(e),
            RuleBroken e => New(StatusCodes.Status422UnprocessableEntity, e.Code, e.Message),
            OverflowException => New(
                StatusCodes.Status422UnprocessableEntity,
                "figures.tooLarge",
                "Quantities, prices, splits and rates make a figure that is too large to compute exactly."
            ),
            LimitExceeded e => New(StatusCodes.Status429TooManyRequests, LimitExceeded.Code, e.Message),
            _ when Outages.In(exception) is { } outage => Passing(outage),
            _ => New(StatusCodes.Status500InternalServerError, "internal", "Something went wrong here. The trace id finds it in the log."),
        };

    private static ProblemDetails Passing(Outage outage) =>
        outage is Outage.Busy
            ? New(StatusCodes.Status503ServiceUnavailable, Busy, "Every connection to the database is in use; try again soon.")
            : New(StatusCodes.Status503ServiceUnavailable, "service.unavailable", "The database does not answer; try again soon.");

    private static ProblemDetails New(int status, string code, string detail) =>
        new()
        {
            Status = status,
            Detail = detail,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Extensions = { ["code"] = code },
        };

    private static ProblemDetails OfStale(Stale e) => New(StatusCodes.Status412PreconditionFailed, "precondition.failed", e.Message);

    private static ProblemDetails Invalid(IEnumerable<(string Path, string Text)> violations)
    {
        var problem = New(StatusCodes.Status400BadRequest, "request.invalid", "Some values are not valid; errors tells which.");
        problem.Extensions["errors"] = violations
            .GroupBy(violation => violation.Path, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(violation => violation.Text).Distinct().ToArray(),
                StringComparer.Ordinal
            );
        return problem;
    }

    private static ProblemDetails Refused(ImportRefused e)
    {
        var problem = New(StatusCodes.Status422UnprocessableEntity, "import.refused", e.Message);
        problem.Extensions["import"] = JsonSerializer.SerializeToElement(e.Report, AnswersJson);
        return problem;
    }

    private static ProblemDetails Malformed(JsonException e)
    {
        var missing = MissingMembers().Match(e.Message);
        var violations = missing.Success
            ? QuotedName().Matches(missing.Value).Select(name => (name.Groups["name"].Value, "is required."))
            : [(e.Path?.TrimStart('$').TrimStart('.') ?? "", Explain(e))];
        var problem = Invalid(violations);
        problem.Extensions["code"] = "request.malformed";
        problem.Detail = "The body is not the JSON that is expected here.";
        return problem;
    }

    // Our own converters' messages are written for clients; the serializer's own name types of this program.
    private static string Explain(JsonException e) =>
        e switch
        {
            _ when e.Message.StartsWith("Not ", StringComparison.Ordinal) || e.Message.StartsWith("A decimal", StringComparison.Ordinal) =>
                e.Message.Split(" Path:")[0],
            _ when UnknownMember().Match(e.Message) is { Success: true } unknown =>
                $"has a field {unknown.Groups["name"].Value} that is not known here.",
            _ when e.Path is null or "$" && e.LineNumber is { } line =>
                $"is not valid JSON, near line {line + 1}, byte {e.BytePositionInLine}.",
            _ => "has a value of the wrong type or form.",
        };

    private static ProblemDetails Unbound(BadHttpRequestException e)
    {
        var parameter = ParameterName().Match(e.Message);
        if (!parameter.Success)
            return New(e.StatusCode, "request.malformed", "The request can't be read.");
        var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups["name"].Value);
        var required = e.Message.StartsWith("Required", StringComparison.Ordinal);
        var problem = Invalid([(name, required ? "is required." : "has a value of the wrong form.")]);
        problem.Extensions["code"] = "request.malformed";
        return problem;
    }

    // "Draft.Tickers[0]" is "tickers[0]" to the client: the body is the draft.
    private static string JsonPath(string property)
    {
        var parts = property.Split('.');
        return string.Join(
            '.',
            (parts is ["Draft" or "Changes", .. var rest] ? rest : parts).Select(JsonNamingPolicy.CamelCase.ConvertName)
        );
    }

    private static readonly JsonSerializerOptions AnswersJson = NewAnswersJson();

    private static JsonSerializerOptions NewAnswersJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Json.JsonConventions.Apply(options);
        return options;
    }

    [GeneratedRegex("missing required properties.*", RegexOptions.Singleline, 1000)]
    private static partial Regex MissingMembers();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedName();

    [GeneratedRegex("JSON property '(?<name>[^']+)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("parameter \"[^\"]*?(?<name>[A-Za-z]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterName();
}
