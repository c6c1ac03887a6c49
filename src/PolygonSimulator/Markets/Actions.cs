namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary><paramref name="From"/> old shares become <paramref name="To"/> new ones at the open of <paramref name="Execution"/>.</summary>
internal sealed record Split(string Id, string Ticker, DateOnly Execution, decimal From, decimal To)
{
    const int NoticeDays = 20;

    public bool IsReverse => From > To;

    public DateOnly Announced => Execution.AddDays(-NoticeDays);
}

/// <summary>Cash per share as declared, not adjusted for later splits.</summary>
internal sealed record Dividend(string Id, string Ticker, DateOnly ExDate, decimal Cash)
{
    const int NoticeDays = 30;

    public DateOnly? Declared { get; init; }

    public DateOnly? Record { get; init; }

    public DateOnly? Paid { get; init; }

    /// <summary>Payments a year; 0 when it is a single payment or not known.</summary>
    public int Frequency { get; init; }

    public bool IsSpecial { get; init; }

    public DateOnly Announced => Declared ?? ExDate.AddDays(-NoticeDays);
}
