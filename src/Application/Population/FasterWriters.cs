using CleanPortfolio.Application.Failures;

namespace CleanPortfolio.Application.Population;

/// <summary>Two jobs may learn the same of a stock in the same moment: the slower one looks again.</summary>
internal static class FasterWriters
{
    private const int Attempts = 3;

    /// <summary>Tries at most three times; each attempt needs a unit of work of its own.</summary>
    public static async Task<T> Retry<T>(Func<Task<T>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (Conflict) when (number < Attempts)
            {
                // Another job was faster: look again.
            }
        }
    }
}
