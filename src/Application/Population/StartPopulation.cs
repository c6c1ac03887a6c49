using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Starts a job that fetches listings, daily prices, splits and dividends, or exchange rates, from the provider, with as few calls as
/// there can be. What is stored for good is not asked again.
/// </summary>
public sealed record StartPopulation(PopulationDraft Draft, bool? DryRun) : IRequest<PopulationStart>;

/// <summary>What to populate.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; yesterday in New York if absent.</param>
/// <param name="Tickers">
/// At most 2000: stocks by ticker, pairs of currencies like <c>C:EURUSD</c>; case matters. Absent: the whole stock market, session by session.
/// </param>
/// <param name="Refresh">Asks again for days that are stored for good too; false if absent.</param>
public sealed record PopulationDraft(DateOnly From, DateOnly? To = null, IReadOnlyList<string>? Tickers = null, bool Refresh = false);

/// <summary>Either what would be done or the job that does it.</summary>
/// <param name="Plan">Of a dry run.</param>
/// <param name="Job">Else.</param>
public sealed record PopulationStart(PopulationPlan? Plan, JobDetails? Job);

internal sealed class StartPopulationRules : AbstractValidator<StartPopulation>
{
    private const int MostTickers = 2000;

    public StartPopulationRules(TimeProvider clock)
    {
        this.Range(request => request.Draft.From, request => request.Draft.To, clock);
        RuleFor(request => request.Draft.Tickers)
            .Must(tickers => tickers is null or { Count: > 0 and <= MostTickers })
            .WithMessage($"must name 1 to {MostTickers} tickers, or be absent for the whole market.");
        RuleForEach(request => request.Draft.Tickers)
            .Must(ticker =>
                ticker is { Length: > 0 and <= 20 } && ticker.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/' or ':')
            )
            .WithMessage("must be 1 to 20 letters, digits, dots or dashes.");
    }
}

internal sealed class StartPopulationHandler(JobStarter starter, TimeProvider clock) : IRequestHandler<StartPopulation, PopulationStart>
{
    public Task<PopulationStart> Handle(StartPopulation request, CancellationToken cancellationToken)
    {
        var (from, lastDay, tickers, refresh) = request.Draft;
        var to = lastDay ?? UsMarketCalendar.DateOf(clock.GetUtcNow()).AddDays(-1);
        var job = new JobRequest(tickers is null ? JobKind.MarketPopulation : JobKind.StockPopulation, from, to < from ? from : to)
        {
            Tickers = tickers?.Distinct(StringComparer.Ordinal).ToList(),
            Refresh = refresh,
        };
        return starter.Start(job, request.DryRun, cancellationToken);
    }
}
