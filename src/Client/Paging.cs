using System.Runtime.CompilerServices;

namespace CleanPortfolio.Client;

/// <summary>A page of a list.</summary>
public interface IPage<out T>
{
    /// <summary>What is on it.</summary>
    IReadOnlyList<T> Items { get; }

    /// <summary>Asks for the next page; null on the last.</summary>
    string? NextCursor { get; }
}

internal static class Paging
{
    public static async IAsyncEnumerable<T> ToEnd<TPage, T>(
        Func<string?, CancellationToken, Task<TPage>> ask,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TPage : IPage<T>
    {
        string? cursor = null;
        do
        {
            var page = await ask(cursor, cancellationToken);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        } while (cursor is not null);
    }
}
