using System.Globalization;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>Takes one stock to its new ticker, with what was stored under that ticker while nobody knew whose it was.</summary>
internal sealed class RenameOfOne(
    IDatabase database,
    IMarketDecisions decisions,
    TimeProvider clock,
    Renamed renamed,
    IReadOnlyList<TickerBar> bars
)
{
    /// <summary>Null when it is done, or was done before; else why it was refused. All steps are one decision: nobody stores meanwhile.</summary>
    public Task<string?> Apply(CancellationToken cancellationToken) =>
        decisions.Decide(changed => Apply(changed, cancellationToken), cancellationToken);

    private async Task<string?> Apply(ChangedStocks changed, CancellationToken cancellationToken)
    {
        var stock = await database.Stocks.Include(s => s.Symbols).FirstAsync(s => s.Id == renamed.Stock, cancellationToken);
        foreach (var (ticker, told) in renamed.Steps().Where(step => step.Ticker != stock.Ticker))
        {
            var lastPrice = await database
                .DailyPrices.Where(price => price.StockId == stock.Id)
                .MaxAsync(price => (DateOnly?)price.Date, cancellationToken);
            var day =
                told is { } sure && (renamed.Connected || !(sure <= lastPrice))
                    ? sure
                    : lastPrice?.AddDays(1) ?? UsMarketCalendar.DateOf(clock.GetUtcNow());
            var bearers = await database
                .Stocks.Include(s => s.Symbols)
                .Where(s => s.Id != stock.Id && s.Symbols.Any(symbol => symbol.Ticker == ticker))
                .ToListAsync(cancellationToken);
            if (await Problem(stock, ticker, day, bearers, cancellationToken) is { } problem)
            {
                stock.LoseTicker(day.AddDays(-1), clock.GetUtcNow());
                await database.SaveChanges(cancellationToken);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{stock.Ticker} to {ticker} on {day:yyyy-MM-dd}: {problem}; they stay two stocks"
                );
            }
            if (await Take(stock, ticker, day, bearers, cancellationToken) is { } nameless)
                await Adopt(stock.Id, nameless, day, changed, cancellationToken);
        }
        return null;
    }

    // Answers who had prices before there was a listing: until now it had to be taken for a stock of its own.
    private async Task<Stock?> Take(Stock stock, string ticker, DateOnly day, List<Stock> bearers, CancellationToken cancellationToken)
    {
        var before = bearers.Find(s => s.Active && s.Ticker == ticker);
        if (before is not null)
        {
            before.LoseTicker(day.AddDays(-1), clock.GetUtcNow());
            // The database allows no two active bearers, not even between two rows of one save.
            await database.SaveChanges(cancellationToken);
        }
        stock.Rename(ticker, day, clock.GetUtcNow());
        Bearers.Settle(ticker, [.. bearers, stock]);
        await database.SaveChanges(cancellationToken);
        return before is { Name: null, Figi: null } ? before : null;
    }

    private async Task<string?> Problem(Stock stock, string ticker, DateOnly day, List<Stock> bearers, CancellationToken cancellationToken)
    {
        if (stock.Symbols.Any(symbol => symbol.Ticker == stock.Ticker && symbol.From >= day))
            return $"{stock.Ticker} was not borne before that day";
        var before = (await Closes(stock.Ticker, [stock.Id], day.AddDays(-Seam.DaysAround), day.AddDays(-1), cancellationToken)).MaxBy(
            close => close.Date
        );
        var after = (await Closes(ticker, [.. bearers.Select(s => s.Id)], day, day.AddDays(Seam.DaysAround), cancellationToken)).MinBy(
            close => close.Date
        );
        if (before is null || after is null)
            return null;
        var ids = bearers.Select(s => s.Id).Append(stock.Id).ToList();
        var known = await database.Splits.AsNoTracking().Where(split => ids.Contains(split.StockId)).ToListAsync(cancellationToken);
        var splits = known
            .Select(split => (split.ExecutionDate, split.From, split.To))
            .Concat(renamed.Splits.Select(split => (split.ExecutionDate, split.From, split.To)))
            .Where(split => split.ExecutionDate > before.Date && split.ExecutionDate <= after.Date)
            .DistinctBy(split => split.ExecutionDate)
            .Select(split => (split.From, split.To));
        return Seam.Holds(before.Price, after.Price, splits)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the price went from {before.Price} to {after.Price} without a split");
    }

    private async Task<IEnumerable<Close>> Closes(
        string ticker,
        IReadOnlyCollection<Id<Stock>> stocks,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var stored = await database
            .DailyPrices.Where(price => stocks.Contains(price.StockId) && price.Date >= from && price.Date <= to)
            .Select(price => new { price.Date, price.Close })
            .ToListAsync(cancellationToken);
        return stored
            .Select(price => new Close(price.Date, price.Close))
            .Concat(
                bars.Where(row => row.Ticker == ticker && row.Bar.Date >= from && row.Bar.Date <= to)
                    .Select(row => new Close(row.Bar.Date, row.Bar.Close))
            );
    }

    // What somebody holds keeps its rows; what nobody holds has been a mistake from that day on, and altogether if nothing else is left.
    private async Task Adopt(Id<Stock> stock, Stock nameless, DateOnly day, ChangedStocks changed, CancellationToken cancellationToken)
    {
        await decisions.HandDown(nameless.Id, stock, day, cancellationToken);
        changed.Add(stock);
        await new Judges(database, changed, clock).Splits([stock], cancellationToken);
        if (await IsHeld(nameless.Id, cancellationToken))
            return;
        await Empty(nameless.Id, day, cancellationToken);
        changed.Add(nameless.Id);
        if (await HasRows(nameless.Id, cancellationToken))
            return;
        database.Stocks.Remove(nameless);
        await database.SaveChanges(cancellationToken);
    }

    private async Task<bool> IsHeld(Id<Stock> stock, CancellationToken cancellationToken) =>
        await database.Transactions.AnyAsync(t => t.StockId == stock || t.IntoStockId == stock, cancellationToken)
        || await database.ManualPrices.AnyAsync(price => price.StockId == stock, cancellationToken);

    private async Task Empty(Id<Stock> stock, DateOnly day, CancellationToken cancellationToken)
    {
        await database.DailyPrices.Where(price => price.StockId == stock && price.Date >= day).ExecuteDeleteAsync(cancellationToken);
        await database
            .SplitReports.Where(report => report.StockId == stock && report.ExecutionDate >= day)
            .ExecuteDeleteAsync(cancellationToken);
        await database.Splits.Where(split => split.StockId == stock && split.ExecutionDate >= day).ExecuteDeleteAsync(cancellationToken);
        await database.Dividends.Where(paid => paid.StockId == stock && paid.ExDate >= day).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> HasRows(Id<Stock> stock, CancellationToken cancellationToken) =>
        await database.DailyPrices.AnyAsync(price => price.StockId == stock, cancellationToken)
        || await database.SplitReports.AnyAsync(report => report.StockId == stock, cancellationToken)
        || await database.PriceCorrections.AnyAsync(row => row.StockId == stock, cancellationToken)
        || await database.DividendCorrections.AnyAsync(row => row.StockId == stock, cancellationToken)
        || await database.QuarantinedRows.AnyAsync(row => row.StockId == stock, cancellationToken)
        || await database.Dividends.AnyAsync(dividend => dividend.StockId == stock, cancellationToken);

    private sealed record Close(DateOnly Date, decimal Price);
}
