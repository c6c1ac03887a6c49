using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Puts held rows where they belong, within a decision.</summary>
internal sealed class HeldRows(IDatabase database, ManualPriceBook manual, TimeProvider clock)
{
    /// <summary>Stores a row as it was told.</summary>
    /// <exception cref="RuleBroken"><c>quarantine.notStorable</c>: its values can't be stored, or nobody bore its ticker.</exception>
    public Task PutIn(QuarantinedRow row, ChangedStocks changed, CancellationToken cancellationToken) =>
        row.Kind switch
        {
            RowKind.Bar => PutInBar(row, changed, cancellationToken),
            RowKind.Split => PutInSplit(row, changed, cancellationToken),
            RowKind.Dividend => PutInDividend(row, changed, cancellationToken),
            _ => throw NotStorable($"a {row.Kind} is not released; override or dismiss it"),
        };

    /// <summary>The stock that a row is of.</summary>
    /// <exception cref="RuleBroken"><c>quarantine.notStorable</c>: there is none.</exception>
    public async Task<Id<Stock>> StockOf(QuarantinedRow row, CancellationToken cancellationToken)
    {
        if (row.StockId is { } known)
            return known;
        if (row is not { Ticker: { } ticker, Date: { } date })
            throw NotStorable("whose it is, or its day, can't be read");
        var book = await TickerBook.Load(database, [ticker], cancellationToken);
        return book.Find(ticker, date) ?? throw NotStorable($"no stock bore the ticker {ticker} that day");
    }

    public static RuleBroken NotStorable(string text) => new("quarantine.notStorable", $"The row can't be stored: {text}.");

    private async Task PutInBar(QuarantinedRow row, ChangedStocks changed, CancellationToken cancellationToken)
    {
        var stock = await StockOf(row, cancellationToken);
        var date = row.Date ?? throw NotStorable("its day can't be read");
        var values = BarContent.Read(row.Content) ?? throw NotStorable("a number is missing or can't be read");
        if (new Bar(date, values.Open, values.High, values.Low, values.Close, values.Volume).Fault() is { } fault)
            throw NotStorable(fault.Text);
        if (date > UsMarketCalendar.DateOf(clock.GetUtcNow()))
            throw NotStorable("its day has not come yet");
        if (await database.ManualPrices.AnyAsync(price => price.StockId == stock && price.Date == date, cancellationToken))
            throw NotStorable("an operator set the price of that day");
        // The provider tells both rows of the day again: whoever chose this one would be overruled by the next fetch.
        if (row.Reason == RowReasons.Duplicate)
        {
            await manual.Set(stock, date, values, row.DecisionReason!, changed, cancellationToken);
            return;
        }
        var present = await database
            .DailyPrices.AsNoTracking()
            .FirstOrDefaultAsync(price => price.StockId == stock && price.Date == date, cancellationToken);
        var old = present is null ? null : DailyValues.Of(present);
        if (old == values)
            return;
        if (old is null)
            database.DailyPrices.Add(values.For(stock, date));
        else
            database.DailyPrices.Update(values.For(stock, date));
        database.PriceCorrections.Add(
            new PriceCorrection(stock, date, old, values, PriceSources.Release, clock.GetUtcNow()).Signed(row.DecidedBy, row.DecisionReason)
        );
        changed.Add(stock);
    }

    private async Task PutInSplit(QuarantinedRow row, ChangedStocks changed, CancellationToken cancellationToken)
    {
        var stock = await StockOf(row, cancellationToken);
        using var told = JsonDocument.Parse(row.Content);
        if (row.Date is not { } date || BarContent.Number(told, "from") is not { } from || BarContent.Number(told, "to") is not { } to)
            throw NotStorable("a number or the day is missing or can't be read");
        if (from <= 0 || to <= 0 || from == to)
            throw NotStorable("its ratio is no split");
        var report = new ReportedSplit(stock, date, from, to, BarContent.Text(told, "providerId"), clock.GetUtcNow());
        await AddSplit(report, changed, cancellationToken);
    }

    /// <summary>Adds a split and judges those of its stock.</summary>
    public async Task AddSplit(ReportedSplit report, ChangedStocks changed, CancellationToken cancellationToken)
    {
        var known = await database.SplitReports.FirstOrDefaultAsync(
            other =>
                other.StockId == report.StockId
                && other.ExecutionDate == report.ExecutionDate
                && other.From == report.From
                && other.To == report.To
                && other.ProviderId == report.ProviderId,
            cancellationToken
        );
        if (known is null)
            database.SplitReports.Add(report);
        else if (report.Decision is { } decision)
            known.Decide(decision, report.DecidedBy!, report.DecisionReason!, clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        await new Judges(database, changed, clock).Splits([report.StockId], cancellationToken);
    }

    private async Task PutInDividend(QuarantinedRow row, ChangedStocks changed, CancellationToken cancellationToken)
    {
        var stock = await StockOf(row, cancellationToken);
        using var told = JsonDocument.Parse(row.Content);
        if (
            row.Date is not { } date
            || BarContent.Number(told, "amount") is not { } amount
            || amount <= 0
            || !Currency.TryParse(BarContent.Text(told, "currency") ?? "USD", null, out var currency)
        )
            throw NotStorable("its amount, currency or day can't be read");
        var (type, providerId) = (BarContent.Text(told, "type") ?? "unknown", BarContent.Text(told, "providerId"));
        var twin = await database.Dividends.AnyAsync(
            other =>
                other.StockId == stock
                && (
                    (other.ExDate == date && other.Amount == amount && other.Currency == currency && other.Type == type)
                    || (providerId != null && other.ProviderId == providerId)
                ),
            cancellationToken
        );
        if (twin)
            throw NotStorable("the same dividend is stored already");
        database.Dividends.Add(
            new Dividend(
                Id<Dividend>.New(clock.GetUtcNow()),
                stock,
                date,
                amount,
                currency,
                type,
                Day(told, "declaredOn"),
                Day(told, "recordDate"),
                Day(told, "payDate"),
                providerId
            )
        );
        changed.Add(stock);
    }

    private static DateOnly? Day(JsonDocument told, string name) =>
        DateOnly.TryParseExact(BarContent.Text(told, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
