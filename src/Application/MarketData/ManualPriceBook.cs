using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Prices that operators set, within a decision: each change leaves a correction with who and why.</summary>
internal sealed class ManualPriceBook(IDatabase database, ICaller caller, TimeProvider clock)
{
    /// <summary>Sets the price of a day, whatever the provider says; set again to the same it changes nothing.</summary>
    public async Task Set(
        Id<Stock> stock,
        DateOnly date,
        DailyValues values,
        string reason,
        ChangedStocks changed,
        CancellationToken cancellationToken
    )
    {
        if (date > UsMarketCalendar.DateOf(clock.GetUtcNow()))
            throw HeldRows.NotStorable("its day has not come yet");
        var old = await Present(stock, date, cancellationToken);
        var manual = await database.ManualPrices.FirstOrDefaultAsync(
            price => price.StockId == stock && price.Date == date,
            cancellationToken
        );
        if (manual is not null && old == values)
            return;
        if (manual is null)
        {
            manual = new ManualPrice(stock, date, old);
            database.ManualPrices.Add(manual);
        }
        manual.Sign(caller.Current.Key, reason, clock.GetUtcNow());
        await OverrideHeld(stock, date, reason, cancellationToken);
        Write(stock, date, old, values, reason);
        changed.Add(stock);
    }

    /// <summary>Withdraws the price of a day: what the provider says returns.</summary>
    public void Withdraw(ManualPrice manual, DailyValues? old, string reason, ChangedStocks changed)
    {
        database.ManualPrices.Remove(manual);
        Write(manual.StockId, manual.Date, old, manual.Provider, reason);
        changed.Add(manual.StockId);
    }

    /// <summary>The stored values of a day; null without.</summary>
    public async Task<DailyValues?> Present(Id<Stock> stock, DateOnly date, CancellationToken cancellationToken)
    {
        var price = await database
            .DailyPrices.AsNoTracking()
            .FirstOrDefaultAsync(price => price.StockId == stock && price.Date == date, cancellationToken);
        return price is null ? null : DailyValues.Of(price);
    }

    private void Write(Id<Stock> stock, DateOnly date, DailyValues? old, DailyValues? values, string reason)
    {
        if (old == values)
            return;
        if (values is null)
            database.DailyPrices.Remove(old!.For(stock, date));
        else if (old is null)
            database.DailyPrices.Add(values.For(stock, date));
        else
            database.DailyPrices.Update(values.For(stock, date));
        database.PriceCorrections.Add(
            new PriceCorrection(stock, date, old, values, PriceSources.Manual, clock.GetUtcNow()).Signed(caller.Current.Key, reason)
        );
    }

    private async Task OverrideHeld(Id<Stock> stock, DateOnly date, string reason, CancellationToken cancellationToken)
    {
        var held = await database
            .QuarantinedRows.Where(row =>
                row.StockId == stock && row.Date == date && row.Kind == RowKind.Bar && row.Status == QuarantineStatus.Held
            )
            .ToListAsync(cancellationToken);
        foreach (var row in held.Where(row => row.Status is QuarantineStatus.Held))
            row.Decide(QuarantineStatus.Overridden, caller.Current.Key, reason, clock.GetUtcNow());
    }
}

/// <summary>The values of a day of which only the close must be known.</summary>
internal static class PriceValues
{
    public static DailyValues Of(decimal close, decimal? open, decimal? high, decimal? low, decimal? volume)
    {
        var first = open ?? close;
        return new DailyValues(
            Exact.Trim(first),
            Exact.Trim(high ?? Math.Max(first, close)),
            Exact.Trim(low ?? Math.Min(first, close)),
            Exact.Trim(close),
            Exact.Trim(volume ?? 0)
        );
    }

    public static void Check<T>(ValidationContext<T> context, DailyValues values)
    {
        foreach (var (name, price) in new[] { ("open", values.Open), ("high", values.High), ("low", values.Low), ("close", values.Close) })
            if (price is <= 0 or > Bar.GreatestPrice)
                context.AddFailure(name, "must be more than 0 and at most 10000000000.");
            else if (decimal.Round(price, Bar.PriceDecimals) != price)
                context.AddFailure(name, $"must have at most {Bar.PriceDecimals} decimals.");
        if (values.Volume is < 0 or > Bar.GreatestVolume)
            context.AddFailure("volume", "must not be negative, nor more than 1000000000000000.");
        if (values.High < Math.Max(values.Open, values.Close))
            context.AddFailure("high", "must not be below the open or the close.");
        if (values.Low > Math.Min(values.Open, values.Close))
            context.AddFailure("low", "must not be above the open or the close.");
    }
}
