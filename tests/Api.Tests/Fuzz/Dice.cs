namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Chance that can be had again: the same seed throws the same.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public int Below(int end) => random.Next(end);

    public int Between(int first, int last) => random.Next(first, last + 1);

    public T One<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public Guid Guid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
