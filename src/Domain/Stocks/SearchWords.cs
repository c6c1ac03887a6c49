using System.Text;

namespace CleanPortfolio.Domain.Stocks;

/// <summary>The words of a text as a search compares them: letters and digits in lower case, whatever stood between them one space.</summary>
public static class SearchWords
{
    /// <summary>Every word with a space before it, so that a word's beginning can be told from its middle; empty without words.</summary>
    public static string Of(string? text)
    {
        var words = new StringBuilder();
        foreach (var word in Split(text))
            words.Append(' ').Append(word);
        return words.ToString();
    }

    /// <summary>The words one by one. An apostrophe joins what stands around it.</summary>
    public static IEnumerable<string> Split(string? text)
    {
        var word = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (rune.Value is not ('\'' or '\u2019') && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
            yield return word.ToString();
    }
}
