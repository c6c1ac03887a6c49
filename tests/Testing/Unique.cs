namespace CleanPortfolio.Testing;

/// <summary>Values that no other test has.</summary>
public static class Unique
{
    /// <summary>E-mail address.</summary>
    public static string Email() => $"{Text()}@example.com";

    /// <summary>Ticker that is in no market.</summary>
    public static string Ticker() => $"T{Text()[..12].ToUpperInvariant()}";

    /// <summary>Some name.</summary>
    public static string Name(string what = "Name") => $"{what} {Text()}";

    private static string Text() => Guid.NewGuid().ToString("N");
}
