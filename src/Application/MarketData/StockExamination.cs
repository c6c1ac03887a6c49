using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.MarketData;

/// <summary>A stock that is looked through.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Name">Its name.</param>
/// <param name="Life">What bounds its days.</param>
/// <param name="FirstInRange">Day of its first price in the range.</param>
/// <param name="LastInRange">Day of its last price in the range.</param>
internal sealed record StockRow(Id<Stock> Id, string Ticker, string? Name, TradingLife Life, DateOnly? FirstInRange, DateOnly? LastInRange)
{
    public StockAsked About => new(Id, Ticker, Life.DelistedOn);
}

/// <summary>Puts together what is found about one stock.</summary>
internal sealed class StockExamination(StockRow stock, QualityQuery query, SessionList sessions, StockEvidence evidence)
{
    public IReadOnlyList<QualityFinding> Findings(IReadOnlyList<PriceStep> steps, IReadOnlyList<Split> splits)
    {
        var findings = new List<QualityFinding>();
        findings.AddRange(MissingDays.Explain(Missing(steps), sessions, evidence.Days));
        if (stock.Life.LastBar is { } last && query.To >= query.LastSession)
            if (MissingDays.Stale(last, query.LastSession, sessions, evidence.Days, stock.Life.Active) is { } stale)
                findings.Add(stale);
        foreach (var step in steps)
            if (OpeningJump.Judge(step.Date, step.BeforeClose, step.Open, AppliedBetween(step, splits)) is { } jump)
                findings.Add(jump);
        findings.AddRange(evidence.Splits.Where(split => !(split.From < query.From) && split.To <= query.To));
        return [.. findings.OrderBy(finding => finding.From).ThenBy(finding => finding.Finding)];
    }

    private List<DateOnly> Missing(IReadOnlyList<PriceStep> steps)
    {
        var missing = new List<DateOnly>();
        if (Life().Expected(query.From, query.To) is not var (from, to))
            return missing;
        if (stock.FirstInRange is not { } first || stock.LastInRange is not { } last)
        {
            missing.AddRange(sessions.Between(from, to));
            return missing;
        }
        missing.AddRange(sessions.Between(from, first.AddDays(-1)));
        foreach (var step in steps.Where(step => step.BeforeDate >= first))
            missing.AddRange(sessions.Between(step.BeforeDate.AddDays(1), step.Date.AddDays(-1)));
        missing.AddRange(sessions.Between(last.AddDays(1), to));
        return missing;
    }

    // Of a stock that was asked for and never had a price, the days that were asked for are missing.
    private TradingLife Life() =>
        stock.Life.FirstBar is not null || evidence.Days.Asked.Count == 0
            ? stock.Life
            : stock.Life with
            {
                FirstBar = evidence.Days.Asked.Min(asked => asked.From),
                LastBar = evidence.Days.Asked.Max(asked => asked.To),
                Active = false,
            };

    private static decimal? AppliedBetween(PriceStep step, IReadOnlyList<Split> splits)
    {
        decimal? ratio = null;
        foreach (var split in splits)
            if (split.ExecutionDate > step.BeforeDate && split.ExecutionDate <= step.Date)
                ratio = (ratio ?? 1) * split.To / split.From;
        return ratio;
    }
}
