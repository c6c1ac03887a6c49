namespace CleanPortfolio.WebApi;

/// <summary>A header of the request has no form that it may have.</summary>
internal sealed class WrongHeader(string header, string text) : Exception($"{header} {text}")
{
    /// <summary>The header.</summary>
    public string Header { get; } = header;

    /// <summary>What it must be.</summary>
    public string Text { get; } = text;
}

/// <summary>The request changes something and does not say what it has seen of it.</summary>
internal sealed class PreconditionMissing()
    : Exception("If-Match must name the version that is changed, by its ETag, or be * to change whatever is there.");
