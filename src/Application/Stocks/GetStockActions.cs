using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>The splits and dividends of a stock, all that are known unless told otherwise.</summary>
public sealed record GetStockActions(Id<Stock> StockId, DateOnly? From, DateOnly? To) : IRequest<ActionsReport>;

/// <summary>Splits by execution date and dividends by ex-date, oldest first.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Splits">Its splits.</param>
/// <param name="Dividends">Its dividends.</param>
public sealed record ActionsReport(Id<Stock> StockId, IReadOnlyList<SplitReport> Splits, IReadOnlyList<DividendReport> Dividends);

/// <summary>Shares that became more, or fewer, before trading began on a day.</summary>
/// <param name="ExecutionDate">The day.</param>
/// <param name="From">Every so many shares before.</param>
/// <param name="To">So many after.</param>
public sealed record SplitReport(DateOnly ExecutionDate, decimal From, decimal To);

/// <summary>Cash per share, as declared.</summary>
/// <param name="ExDate">Who holds shares at the close before this day is paid.</param>
/// <param name="Amount">Cash per share of that day.</param>
/// <param name="Currency">Currency of the amount.</param>
/// <param name="Type">Provider's type code, for instance <c>CD</c>.</param>
/// <param name="DeclaredOn">Day of the declaration, if known.</param>
/// <param name="RecordDate">Day on which holders were recorded, if known.</param>
/// <param name="PayDate">Day of payment, if known.</param>
public sealed record DividendReport(
    DateOnly ExDate,
    decimal Amount,
    Currency Currency,
    string Type,
    DateOnly? DeclaredOn,
    DateOnly? RecordDate,
    DateOnly? PayDate
);

internal sealed class GetStockActionsRules : AbstractValidator<GetStockActions>
{
    public GetStockActionsRules() =>
        RuleFor(request => request.From)
            .Must((request, from) => from is null || request.To is null || from <= request.To)
            .WithMessage("must not be after to.");
}

internal sealed class GetStockActionsHandler(IDatabase database) : IRequestHandler<GetStockActions, ActionsReport>
{
    public async Task<ActionsReport> Handle(GetStockActions request, CancellationToken cancellationToken)
    {
        var (from, to) = (request.From ?? DateOnly.MinValue, request.To ?? DateOnly.MaxValue);
        if (!await database.Stocks.AnyAsync(stock => stock.Id == request.StockId, cancellationToken))
            throw new NotFound("stock", request.StockId.ToString());
        var splits = await database
            .Splits.Where(split => split.StockId == request.StockId && split.ExecutionDate >= from && split.ExecutionDate <= to)
            .OrderBy(split => split.ExecutionDate)
            .Select(split => new SplitReport(split.ExecutionDate, split.From, split.To))
            .ToListAsync(cancellationToken);
        var dividends = await database
            .Dividends.Where(dividend => dividend.StockId == request.StockId && dividend.ExDate >= from && dividend.ExDate <= to)
            .OrderBy(dividend => dividend.ExDate)
            .ThenBy(dividend => dividend.Id)
            .Select(dividend => new DividendReport(
                dividend.ExDate,
                dividend.Amount,
                dividend.Currency,
                dividend.Type,
                dividend.DeclaredOn,
                dividend.RecordDate,
                dividend.PayDate
            ))
            .ToListAsync(cancellationToken);
        return new ActionsReport(request.StockId, splits, dividends);
    }
}
