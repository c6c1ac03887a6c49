using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Returns;

/// <summary>What many customers and portfolios returned, each over its own range.</summary>
public sealed record EvaluateReturns(ReturnsBatch Draft) : IRequest<ReturnsBatchReport>;

/// <summary>What is asked.</summary>
/// <param name="Items">1 to 100 questions.</param>
public sealed record ReturnsBatch(IReadOnlyList<ReturnsQuestion> Items);

/// <summary>One question, as in <c>GetCustomerReturns</c> or <c>GetPortfolioReturns</c>.</summary>
/// <param name="CustomerId">All portfolios of this customer as one.</param>
/// <param name="PortfolioId">Instead: this portfolio.</param>
/// <param name="From">First day, included; that of the first entry when absent.</param>
/// <param name="To">Last day, included; today when absent.</param>
/// <param name="Currency">Currency of the figures; the portfolio's when absent, of several the first one's.</param>
/// <param name="FlowTiming">When within its day a flow happens; <c>inAtStartOutAtEnd</c> when absent.</param>
public sealed record ReturnsQuestion(
    Id<Customer>? CustomerId = null,
    Id<Portfolio>? PortfolioId = null,
    DateOnly? From = null,
    DateOnly? To = null,
    Currency? Currency = null,
    FlowTiming? FlowTiming = null
);

/// <summary>The answers, in the order of the questions.</summary>
/// <param name="Items">One of each question.</param>
public sealed record ReturnsBatchReport(IReadOnlyList<ReturnsAnswer> Items);

/// <summary>One answer: returns, or why there are none.</summary>
/// <param name="CustomerId">The customer that was asked for.</param>
/// <param name="PortfolioId">The portfolio that was asked for.</param>
/// <param name="From">First day; null if there are no returns and none was given.</param>
/// <param name="To">Last day; null if there are no returns and none was given.</param>
/// <param name="Returns">What the single question would be answered; null with a problem.</param>
/// <param name="Problem">Why there is no answer; null with returns.</param>
public sealed record ReturnsAnswer(
    Id<Customer>? CustomerId,
    Id<Portfolio>? PortfolioId,
    DateOnly? From,
    DateOnly? To,
    ReturnsReport? Returns,
    ReturnsProblem? Problem
);

/// <summary>Why a question has no answer.</summary>
/// <param name="Code">Stable: <c>customer.notFound</c>, <c>portfolio.notFound</c>.</param>
/// <param name="Detail">For people.</param>
public sealed record ReturnsProblem(string Code, string Detail);

internal sealed class EvaluateReturnsRules : AbstractValidator<EvaluateReturns>
{
    private const int Most = 100;

    public EvaluateReturnsRules(TimeProvider clock)
    {
        RuleFor(request => request.Draft.Items)
            .Must(items => items is { Count: > 0 and <= Most })
            .WithMessage($"must be 1 to {Most} questions.");
        RuleForEach(request => request.Draft.Items)
            .NotNull()
            .SetValidator(new QuestionRules(clock))
            .When(request => request.Draft.Items is { Count: <= Most });
    }

    private sealed class QuestionRules : AbstractValidator<ReturnsQuestion>
    {
        public QuestionRules(TimeProvider clock)
        {
            this.Range(item => item.From, item => item.To, clock);
            this.MajorCurrency(item => item.Currency);
            RuleFor(item => item.PortfolioId)
                .Must((item, portfolioId) => portfolioId is null != item.CustomerId is null)
                .WithMessage("either this or customerId must be given.");
        }
    }
}

internal sealed class EvaluateReturnsHandler(LedgerLoader loader, IDatabase database, TimeProvider clock)
    : IRequestHandler<EvaluateReturns, ReturnsBatchReport>
{
    public async Task<ReturnsBatchReport> Handle(EvaluateReturns request, CancellationToken cancellationToken)
    {
        var items = request.Draft.Items;
        var customers = items.Select(item => item.CustomerId).OfType<Id<Customer>>().Distinct().ToList();
        var portfolios = items.Select(item => item.PortfolioId).OfType<Id<Portfolio>>().Distinct().ToList();
        var known = await database.Customers.Where(one => customers.Contains(one.Id)).Select(one => one.Id).ToListAsync(cancellationToken);
        var stored = await loader.Stored(
            portfolio => portfolios.Contains(portfolio.Id) || customers.Contains(portfolio.CustomerId),
            cancellationToken
        );
        var facts = await loader.Facts(stored, cancellationToken);
        var folded = new Dictionary<(Id<Customer>?, Id<Portfolio>?, Currency?), LoadedLedgers>();
        var answers = new List<ReturnsAnswer>();
        foreach (var item in items)
        {
            var ledgers = stored.FindAll(ledger => IsOf(ledger.Portfolio, item));
            if (Unknown(item, ledgers.Count, known) is { } problem)
            {
                answers.Add(new ReturnsAnswer(item.CustomerId, item.PortfolioId, item.From, item.To, Returns: null, problem));
                continue;
            }
            var subject = (item.CustomerId, item.PortfolioId, item.Currency);
            if (!folded.TryGetValue(subject, out var loaded))
                folded[subject] = loaded = await loader.Fold(ledgers, facts, item.Currency, cancellationToken);
            var range = DateRange.Of(loaded, item.From, item.To, clock);
            var returns = Reporting.Returns(loaded, range, item.FlowTiming);
            answers.Add(new ReturnsAnswer(item.CustomerId, item.PortfolioId, range.From, range.To, returns, Problem: null));
        }
        return new ReturnsBatchReport(answers);
    }

    private static bool IsOf(Portfolio portfolio, ReturnsQuestion item) =>
        item.PortfolioId is { } id ? portfolio.Id == id : portfolio.CustomerId == item.CustomerId;

    private static ReturnsProblem? Unknown(ReturnsQuestion item, int ledgers, List<Id<Customer>> known) =>
        item switch
        {
            { CustomerId: { } customer } when !known.Contains(customer) => NotFound("customer", customer.Value),
            { PortfolioId: { } portfolio } when ledgers == 0 => NotFound("portfolio", portfolio.Value),
            _ => null,
        };

    private static ReturnsProblem NotFound(string what, Guid id) =>
        new($"{what}.notFound", string.Create(CultureInfo.InvariantCulture, $"There is no {what} {id}."));
}
