using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Transactions;

/// <summary>The entries of a ledger by date, oldest first, void ones too; optionally of one stock or with one external id.</summary>
public sealed record ListTransactions(Id<Portfolio> PortfolioId, Id<Stock>? StockId, string? ExternalId, string? Cursor, int? Limit)
    : IRequest<Page<TransactionDetails>>;

internal sealed class ListTransactionsRules : AbstractValidator<ListTransactions>
{
    public ListTransactionsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListTransactionsHandler(IDatabase database, IMapper mapper)
    : IRequestHandler<ListTransactions, Page<TransactionDetails>>
{
    public async Task<Page<TransactionDetails>> Handle(ListTransactions request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        await database.Require(request.PortfolioId, cancellationToken);
        var entries = database.Transactions.Where(entry => entry.PortfolioId == request.PortfolioId);
        if (request.StockId is not null)
            entries = entries.Where(entry => entry.StockId == request.StockId);
        if (request.ExternalId is not null)
            entries = entries.Where(entry => entry.ExternalId == request.ExternalId);
        if (Cursor.DateAndGuid(request.Cursor) is var (date, id))
            entries = entries.Where(entry => entry.Date > date || (entry.Date == date && entry.Id > new Id<Transaction>(id)));
        var page = await entries
            .OrderBy(entry => entry.Date)
            .ThenBy(entry => entry.Id)
            .Take(limit + 1)
            .ProjectTo<TransactionDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, entry => [entry.Date, entry.Id]);
    }
}
