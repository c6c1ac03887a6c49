using System.Net.Mime;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>An answer other than data, with the provider's texts.</summary>
internal sealed class Refusal(int httpStatus, string status, string text) : Exception(text)
{
    const string Upgrade = "Please upgrade your plan at https://polygon.io/pricing";

    public int HttpStatus => httpStatus;

    /// <summary>Sent as it is instead of JSON.</summary>
    public string? ContentType { get; private init; }

    public int? RetryAfterSeconds { get; private init; }

    /// <summary>ERROR, NOT_AUTHORIZED or NOT_FOUND.</summary>
    public string Status => status;

    /// <summary>Errors carry their text under another name than the other two.</summary>
    public string TextName => status == "ERROR" ? "error" : "message";

    public static Refusal BadRequest(string text) => new(StatusCodes.Status400BadRequest, "ERROR", text);

    public static Refusal BadTime(string parameter) =>
        BadRequest($"Could not parse the time parameter: '{parameter}'. Use YYYY-MM-DD or Unix MS Timestamps");

    public static Refusal NoKey() => new(StatusCodes.Status401Unauthorized, "ERROR", "API Key was not provided");

    public static Refusal UnknownKey() => new(StatusCodes.Status401Unauthorized, "ERROR", "Unknown API Key");

    public static Refusal NotEntitled(int httpStatus = StatusCodes.Status403Forbidden) =>
        new(httpStatus, "NOT_AUTHORIZED", $"You are not entitled to this data. {Upgrade}");

    public static Refusal Timeframe() => Forbidden($"Your plan doesn't include this data timeframe. {Upgrade}");

    public static Refusal BeforeEndOfDay() => Forbidden($"Attempted to request today's data before end of day. {Upgrade}");

    public static Refusal NoData() => new(StatusCodes.Status404NotFound, "NOT_FOUND", "Data not found.");

    public static Refusal NoTicker() => new(StatusCodes.Status404NotFound, "NOT_FOUND", "Ticker not found.");

    public static Refusal NoPage() =>
        new(StatusCodes.Status404NotFound, "NOT_FOUND", "404 page not found") { ContentType = MediaTypeNames.Text.Plain };

    public static Refusal Gateway(int httpStatus, string text) =>
        new(httpStatus, "ERROR", $"<html><head><title>{httpStatus} {text}</title></head><body><h1>{httpStatus} {text}</h1></body></html>")
        {
            ContentType = MediaTypeNames.Text.Html,
        };

    public static Refusal TooManyRequests(int? retryAfterSeconds, bool emptyBody = false) =>
        new(
            StatusCodes.Status429TooManyRequests,
            "ERROR",
            emptyBody ? "" : "You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue."
        )
        {
            RetryAfterSeconds = retryAfterSeconds,
            ContentType = emptyBody ? MediaTypeNames.Text.Plain : null,
        };

    static Refusal Forbidden(string text) => new(StatusCodes.Status403Forbidden, "NOT_AUTHORIZED", text);
}
