namespace CleanPortfolio.Application.Ports;

/// <summary>
/// Rows were given to stocks by symbols that have changed since: nothing of them was stored, and they are to be placed anew.
/// </summary>
public sealed class SymbolsChanged() : Exception("Some symbol passed to another stock in the same moment.");
