using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Loads what is known of stocks, lets the Domain judge it, and brings the tables into that state, within a decision.</summary>
internal sealed class Judges(IDatabase database, ChangedStocks changed, TimeProvider clock)
{
    private const int DaysAround = 10;

    /// <summary>Judges all reported splits of stocks; <c>splits</c> then holds those that are applied.</summary>
    public async Task<ChecksOutcome> Splits(IReadOnlyCollection<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var reports = await database.SplitReports.Where(report => stocks.Contains(report.StockId)).ToListAsync(cancellationToken);
        var bars = await BarsAround(stocks, cancellationToken);
        var applied = (
            await database.Splits.AsNoTracking().Where(split => stocks.Contains(split.StockId)).ToListAsync(cancellationToken)
        ).ToLookup(split => split.StockId);
        var judged = 0;
        foreach (var own in reports.GroupBy(report => report.StockId))
        {
            var around = bars[own.Key].ToList();
            var findings = SplitJudgement.Of([.. own], day => OpeningMove.At(day, around));
            foreach (var report in own)
            {
                var (verdict, reason) = findings[report.Id];
                judged += (report.Verdict, report.Reason) == (verdict, reason) ? 0 : 1;
                report.Judge(verdict, reason);
            }
            Apply(own.Key, [.. own.Where(report => report.IsApplied).Select(report => report.Told)], [.. applied[own.Key]]);
        }
        await database.SaveChanges(cancellationToken);
        return new ChecksOutcome(judged, 0, 0);
    }

    /// <summary>Holds the closes of stocks that can't be believed, and lets those go that can be by now.</summary>
    public async Task<ChecksOutcome> Prices(IReadOnlyCollection<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var outcome = default(ChecksOutcome);
        var trusted = (await Trusted(stocks, cancellationToken)).ToHashSet();
        var held = (
            await database
                .QuarantinedRows.Where(row =>
                    row.StockId != null
                    && stocks.Contains(row.StockId.Value)
                    && row.Kind == RowKind.Bar
                    && row.Reason == RowReasons.Jump
                    && row.Status == QuarantineStatus.Held
                )
                .ToListAsync(cancellationToken)
        ).ToLookup(row => row.StockId!.Value);
        foreach (var stock in stocks)
            outcome += await Prices(stock, held[stock].ToDictionary(row => row.Date!.Value), trusted, cancellationToken);
        await database.SaveChanges(cancellationToken);
        return outcome;
    }

    private async Task<ChecksOutcome> Prices(
        Id<Stock> stock,
        Dictionary<DateOnly, QuarantinedRow> held,
        HashSet<(Id<Stock>, DateOnly)> trusted,
        CancellationToken cancellationToken
    )
    {
        var stored = await database
            .DailyPrices.AsNoTracking()
            .Where(price => price.StockId == stock)
            .ToDictionaryAsync(price => price.Date, cancellationToken);
        var splits = await database.Splits.AsNoTracking().Where(split => split.StockId == stock).ToListAsync(cancellationToken);
        var outside = held.Where(row => !stored.ContainsKey(row.Key)).ToDictionary(row => row.Key, row => BarContent.Read(row.Value.Content)!);
        var unbelievable = PriceJudgement.Unbelievable(
            stored
                .Values.Select(price => new KnownClose(price.Date, price.Close, trusted.Contains((stock, price.Date))))
                .Concat(outside.Select(row => new KnownClose(row.Key, row.Value.Close))),
            splits
        );
        var toHold = stored.Values.Where(price => unbelievable.Contains(price.Date)).ToList();
        var toRelease = outside.Where(row => !unbelievable.Contains(row.Key)).ToList();
        foreach (var price in toHold)
            await Hold(price, cancellationToken);
        foreach (var (date, values) in toRelease)
        {
            held[date].ReleaseByItself(clock.GetUtcNow());
            database.DailyPrices.Add(values.For(stock, date));
            database.PriceCorrections.Add(new PriceCorrection(stock, date, null, values, PriceSources.Checks, clock.GetUtcNow()));
        }
        if (toHold.Count + toRelease.Count > 0)
            changed.Add(stock);
        return new ChecksOutcome(0, toHold.Count, toRelease.Count);
    }

    private async Task Hold(DailyPrice price, CancellationToken cancellationToken)
    {
        var (now, values) = (clock.GetUtcNow(), DailyValues.Of(price));
        var content = BarContent.Write(values);
        var ticker = await database.Stocks.Where(stock => stock.Id == price.StockId).Select(stock => stock.Ticker).FirstAsync(cancellationToken);
        var known = await database
            .QuarantinedRows.Where(row =>
                row.StockId == price.StockId && row.Date == price.Date && row.Kind == RowKind.Bar && row.Reason == RowReasons.Jump
            )
            .ToListAsync(cancellationToken);
        if (known.Find(row => BarContent.Read(row.Content) == values) is { } again)
            again.HoldAgain(now);
        else
            database.QuarantinedRows.Add(
                new QuarantinedRow(RowKind.Bar, ticker, price.StockId, price.Date, FaultOf(price), content, now)
            );
        database.DailyPrices.Remove(price);
        database.PriceCorrections.Add(new PriceCorrection(price.StockId, price.Date, values, null, PriceSources.Checks, now));
    }

    private static RowFault FaultOf(DailyPrice price) =>
        new(
            RowReasons.Jump,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{price.Date:yyyy-MM-dd}: the close {price.Close} is more than {PriceJudgement.Leap} times those around it, or less than a part of so many"
            )
        );

    private void Apply(Id<Stock> stock, List<Split> wanted, List<Split> present)
    {
        var (gone, added) = (present.Except(wanted).ToList(), wanted.Except(present).ToList());
        if (gone.Count + added.Count == 0)
            return;
        changed.Add(stock);
        // Of one day there is one row, which changes.
        var days = added.Select(split => split.ExecutionDate).ToHashSet();
        var replaced = gone.Where(split => days.Contains(split.ExecutionDate)).Select(split => split.ExecutionDate).ToHashSet();
        database.Splits.RemoveRange(gone.Where(split => !replaced.Contains(split.ExecutionDate)));
        database.Splits.UpdateRange(added.Where(split => replaced.Contains(split.ExecutionDate)));
        database.Splits.AddRange(added.Where(split => !replaced.Contains(split.ExecutionDate)));
    }

    private async Task<ILookup<Id<Stock>, Bar>> BarsAround(IReadOnlyCollection<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var near =
            from report in database.SplitReports
            where stocks.Contains(report.StockId)
            from price in database.DailyPrices
            where
                price.StockId == report.StockId
                && price.Date >= report.ExecutionDate.AddDays(-DaysAround)
                && price.Date <= report.ExecutionDate.AddDays(DaysAround)
            select price;
        var stored = await near.AsNoTracking().ToListAsync(cancellationToken);
        var held = await database
            .QuarantinedRows.AsNoTracking()
            .Where(row =>
                row.StockId != null
                && stocks.Contains(row.StockId.Value)
                && row.Kind == RowKind.Bar
                && row.Reason == RowReasons.Jump
                && row.Status == QuarantineStatus.Held
            )
            .ToListAsync(cancellationToken);
        return stored
            .Concat(held.Select(row => BarContent.Read(row.Content)!.For(row.StockId!.Value, row.Date!.Value)))
            .ToLookup(price => price.StockId, price => new Bar(price.Date, price.Open, price.High, price.Low, price.Close, price.Volume));
    }

    // Prices that an operator set or let through are not to be judged again.
    private async Task<List<(Id<Stock>, DateOnly)>> Trusted(IReadOnlyCollection<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var manual = await database
            .ManualPrices.Where(price => stocks.Contains(price.StockId))
            .Select(price => new { price.StockId, price.Date })
            .ToListAsync(cancellationToken);
        var released = await database
            .QuarantinedRows.Where(row =>
                row.StockId != null
                && stocks.Contains(row.StockId.Value)
                && row.Kind == RowKind.Bar
                && row.Status == QuarantineStatus.Released
                && row.DecidedBy != null
            )
            .Select(row => new { StockId = row.StockId!.Value, Date = row.Date!.Value })
            .ToListAsync(cancellationToken);
        return [.. manual.Concat(released).Select(row => (row.StockId, row.Date))];
    }
}
