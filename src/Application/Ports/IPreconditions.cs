namespace CleanPortfolio.Application.Ports;

/// <summary>What the caller has seen of the thing that it changes.</summary>
public interface IPreconditions
{
    /// <summary>Whether the caller named versions, other than any.</summary>
    bool AreNamed { get; }

    /// <summary>
    /// Refuses when the caller named versions and <paramref name="version"/> is none of them. Whoever asks must have read the version from what
    /// <see cref="IDatabase"/> tracks, so that a change in between is refused when it is saved.
    /// </summary>
    /// <param name="version">The present one; null when there is nothing yet.</param>
    /// <exception cref="Failures.Stale">The caller decided on something else than what is there.</exception>
    void Require(long? version);
}

/// <summary>An answer about something that can be changed.</summary>
public interface IVersioned
{
    /// <summary>Another one after each change; null when there is nothing.</summary>
    long? Version { get; }
}
