using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Population;

/// <summary>Starts a job that fetches listings, daily prices, splits and dividends, or exchange rates, from the provider.</summary>
public sealed record StartPopulation(PopulationDraft Draft) : IRequest<JobDetails>;

/// <summary>What to populate.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; yesterday in New York if absent.</param>
/// <param name="Tickers">
/// At most 2000: stocks by ticker, pairs of currencies like <c>C:EURUSD</c>; case matters. Absent: the whole stock market, session by session.
/// </param>
public sealed record PopulationDraft(DateOnly From, DateOnly? To = null, IReadOnlyList<string>? Tickers = null);

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

internal sealed class StartPopulationHandler(IDatabase database, IJobs jobs, TimeProvider clock)
    : IRequestHandler<StartPopulation, JobDetails>
{
    public async Task<JobDetails> Handle(StartPopulation request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (from, lastDay, tickers) = request.Draft;
        var to = lastDay ?? UsMarketCalendar.DateOf(now).AddDays(-1);
        to = to < from ? from : to;
        var job = tickers is null
            ? new Job(JobKind.MarketPopulation, from, to, MarketItems.Of(from, to), now)
            : new Job(
                JobKind.StockPopulation,
                from,
                to,
                tickers.Distinct(StringComparer.Ordinal).Select(ticker => new PlannedItem(ticker, ItemWork.Stock, from, to, 4)),
                now
            );
        database.Jobs.Add(job);
        await jobs.SaveAndEnqueue(Populate.Of(job, job.Items.Count), cancellationToken);
        return JobDetails.Of(job, JobCounts.AllPending(job.Items.Count), now);
    }
}
