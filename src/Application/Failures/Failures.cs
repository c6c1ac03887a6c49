namespace CleanPortfolio.Application.Failures;

/// <summary>What was asked for is not there, or not the caller's: both answer alike.</summary>
public sealed class NotFound(string what, string id) : Exception($"There is no {what} {id}.")
{
    /// <summary>Kind of thing, in one word.</summary>
    public string What { get; } = what;

    /// <summary><paramref name="found"/>, or a refusal if it is null.</summary>
    public static T Unless<T>(T? found, string what, object id)
        where T : class => found ?? throw new NotFound(what, id.ToString() ?? "");
}

/// <summary>What the caller decided on is not what is there any more.</summary>
public sealed class Stale() : Exception("It is another version by now than If-Match names; read it again and decide anew.");

/// <summary>What was asked collides with what is stored: <see cref="Code"/> is stable.</summary>
public sealed class Conflict(string code, string message) : Exception(message)
{
    /// <summary>Code when another writer was faster.</summary>
    public const string ConcurrentChange = "concurrentChange";

    /// <summary>Code when the account that it is of was deleted meanwhile.</summary>
    public const string AccountDeleted = "account.deleted";

    /// <summary>For instance <c>customer.emailTaken</c>.</summary>
    public string Code { get; } = code;
}
