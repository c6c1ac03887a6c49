namespace CleanPortfolio.PolygonSimulator;

/// <summary>A request the simulator answered.</summary>
/// <param name="Time">Real time at which it arrived.</param>
/// <param name="Path">Path and query without the key.</param>
/// <param name="Status">HTTP status answered; 0 when the connection was reset instead.</param>
/// <param name="Key">The configured key it used; "any" where every key is accepted, null without a valid one.</param>
public sealed record ObservedCall(DateTimeOffset Time, string Path, int Status, string? Key);
