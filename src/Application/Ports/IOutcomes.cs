namespace CleanPortfolio.Application.Ports;

/// <summary>Outcomes of requests that bear a key, kept for 24 hours: the same request with the same key has one effect, and one answer.</summary>
public interface IOutcomes
{
    /// <summary>
    /// Runs <paramref name="act"/> in a transaction and keeps its outcome in the same one, or answers the outcome that is kept. An outcome
    /// of null, as any exception, leaves neither an effect nor an outcome.
    /// </summary>
    /// <param name="request">Which request it is.</param>
    /// <param name="act">Has the effect, through <see cref="IDatabase"/> and the other ports of the scope.</param>
    /// <param name="cancellationToken">Stops it; then nothing has happened.</param>
    /// <exception cref="Failures.Conflict"><c>idempotency.inProgress</c>: the same key is at work in this moment.</exception>
    /// <exception cref="Domain.RuleBroken"><c>idempotency.otherRequest</c>: the key was used for another request.</exception>
    Task<KeptOutcome> Once(KeyedRequest request, Func<Task<Outcome?>> act, CancellationToken cancellationToken);
}

/// <summary>A request that bears a key.</summary>
/// <param name="Caller">Who asks: <see cref="Domain.Access.Caller.Key"/>.</param>
/// <param name="Operation">What it asks for.</param>
/// <param name="Key">The key that the caller chose, unique among its requests for the operation.</param>
/// <param name="Content">SHA-256 of everything else that it says.</param>
public sealed record KeyedRequest(string Caller, string Operation, string Key, byte[] Content);

/// <summary>What a request came to.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">Where what was made is, if something was.</param>
/// <param name="ETag">Version of what was answered, if it has one.</param>
/// <param name="MediaType">Of the body.</param>
/// <param name="Body">The answer.</param>
public sealed record Outcome(int Status, string? Location, string? ETag, string? MediaType, byte[] Body);

/// <summary>An outcome, of now or of earlier.</summary>
/// <param name="Outcome">The outcome; null when it was one that is not kept.</param>
/// <param name="Replayed">Whether it is of an earlier request.</param>
public sealed record KeptOutcome(Outcome? Outcome, bool Replayed);
