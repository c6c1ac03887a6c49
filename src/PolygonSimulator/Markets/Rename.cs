namespace CleanPortfolio.PolygonSimulator;

/// <summary>From <paramref name="Date"/> on a company's shares are listed as <paramref name="NewSymbol"/> instead of <paramref name="Symbol"/>.</summary>
/// <param name="Symbol">The old symbol; it must have prices.</param>
/// <param name="NewSymbol">The new one; it must have prices too, which may begin before the date.</param>
/// <param name="Date">First day under the new symbol.</param>
public sealed record Rename(string Symbol, string NewSymbol, DateOnly Date);
