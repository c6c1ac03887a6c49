namespace CleanPortfolio.Application.Ports;

/// <summary>
/// Says who does what, to all processes on one database. A claim is given back when it is disposed of, and by itself when its process ends,
/// however it ends.
/// </summary>
public interface IWorkClaims
{
    /// <summary>Claims all of <paramref name="units"/>, or none: null when somebody has one of them. Never waits.</summary>
    Task<IAsyncDisposable?> Try(IReadOnlyList<string> units, CancellationToken cancellationToken);

    /// <summary>Says that this process works on <paramref name="unit"/>; others may at the same time.</summary>
    Task<IAsyncDisposable> Share(string unit, CancellationToken cancellationToken);

    /// <summary>Whether somebody works on <paramref name="unit"/>, alone or with others.</summary>
    Task<bool> IsTaken(string unit, CancellationToken cancellationToken);
}
