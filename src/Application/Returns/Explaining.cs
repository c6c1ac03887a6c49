using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>Writes down what made the figures of a range.</summary>
internal static class Explaining
{
    /// <summary>Closes, entries and days beyond which an explanation is refused: nobody reads it, and it fills memory.</summary>
    private const int Most = 200_000;

    /// <summary>Of the whole of <paramref name="loaded"/>.</summary>
    /// <exception cref="RuleBroken"><c>explain.tooLarge</c>.</exception>
    public static ExplainReport Of(LoadedLedgers loaded, DateRange range, FlowTiming? flowTiming)
    {
        var (from, to) = range;
        var closes = loaded
            .Ledgers.SelectMany(ledger => ledger.Stocks)
            .Sum(stock => stock.Facts.Prices.Between(from, to).Take(Most).Count());
        if (closes + loaded.Ledgers.Sum(ledger => ledger.Entries.Count) + to.DayNumber - from.DayNumber > Most)
            throw new RuleBroken("explain.tooLarge", "The range has more than 200000 prices, entries and days: ask for a shorter one.");
        var days = loaded.Ledgers.Count == 0 ? null : History.Days(loaded.Ledgers, null, from, to);
        return new ExplainReport(
            from,
            to,
            loaded.Currency,
            [.. loaded.Ledgers.Select(ledger => OfPortfolio(ledger, range))],
            [.. (days ?? []).Select(day => new ExplainedDay(day.Date, day.Value, day.Inflow, day.Outflow))],
            [.. Rates(loaded.Ledgers, range)],
            Reporting.Returns(loaded, range, flowTiming)
        );
    }

    private static ExplainedPortfolio OfPortfolio(Ledger ledger, DateRange range)
    {
        var (from, to) = range;
        var (before, after) = (ledger.PositionsThrough(from.AddDays(-1)), ledger.PositionsThrough(to));
        var figures = RangeReturns.Of(ledger, from, to).Stocks.ToDictionary(stock => stock.Stock.Id, stock => stock.Figures);
        return new ExplainedPortfolio(
            ledger.Portfolio.Id,
            ledger.Portfolio.Currency,
            ledger.Portfolio.Cash,
            ledger.Portfolio.CostMethod,
            [.. ledger.Entries.TakeWhile(entry => entry.Date <= to).Select(entry => OfEntry(ledger, entry))],
            [
                .. ledger
                    .Stocks.Where(stock => figures.ContainsKey(stock.Facts.Id))
                    .OrderBy(stock => stock.Facts.Ticker, StringComparer.Ordinal)
                    .Select(stock => OfStock(ledger, stock, before, after, range, figures[stock.Facts.Id])),
            ],
            ledger.CashOn(from.AddDays(-1)),
            ledger.CashOn(to),
            [.. ledger.ExternalFlows(from, to).Select(flow => new ExplainedFlow(flow.Entry.Id, flow.Entry.Date, flow.Amount))]
        );
    }

    private static ExplainedEntry OfEntry(Ledger ledger, Transaction entry)
    {
        var conversion = ledger.Conversion;
        var amounts = Amounts.Of(entry, conversion);
        var legs = entry.FxRate is null ? conversion.Rates.Legs(entry.Currency, conversion.Reporting, Conversion.DayOf(entry)) : null;
        return new ExplainedEntry(
            entry.Id,
            entry.Date,
            entry.Kind,
            entry.StockId,
            entry.Quantity,
            entry.UnitPrice,
            entry.Amount,
            entry.Fee,
            entry.Tax,
            entry.Currency,
            ExplainedRate.Of(conversion.Of(entry), legs),
            amounts?.Gross,
            amounts?.Fee,
            amounts?.Tax,
            amounts?.Cash(entry.Kind),
            ledger.CashInPortfolio(entry),
            entry.FxRate,
            entry.IntoStockId,
            entry.IntoQuantity,
            entry.CostShare
        );
    }

    private static ExplainedStock OfStock(
        Ledger ledger,
        LedgerStock stock,
        IReadOnlyDictionary<Id<Stock>, Position> before,
        IReadOnlyDictionary<Id<Stock>, Position> after,
        DateRange range,
        Figures figures
    )
    {
        var (from, to) = range;
        var ((facts, position, entries), eve) = (stock, from.AddDays(-1));
        var inRange = entries.Where(entry => entry.Date >= from && entry.Date <= to);
        return new ExplainedStock(
            facts.Id,
            facts.Ticker,
            facts.Currency,
            OfHolding(ledger, stock, before.GetValueOrDefault(facts.Id), eve),
            OfHolding(ledger, stock, after.GetValueOrDefault(facts.Id), to),
            [
                .. facts
                    .Splits.Where(split => split.ExecutionDate <= to)
                    .Select(split => new ExplainedSplit(split.ExecutionDate, split.From, split.To)),
            ],
            [
                .. position
                    .Steps.Where(step => step.From > eve && step.From <= to)
                    .Prepend(position.At(eve))
                    .Select(step => new ExplainedQuantity(
                        step.From,
                        step.Quantity,
                        position.RateMissingOn <= step.From ? null : step.Cost
                    )),
            ],
            [.. facts.Prices.Between(eve, to).Select(quote => new ExplainedClose(quote.Date, quote.Price))],
            [.. inRange.SelectMany(entry => OfFlow(ledger, entry, ledger.EffectOf(stock, entry)))],
            [
                .. position
                    .Realised.Where(lot => lot.SoldOn >= from && lot.SoldOn <= to && !(position.RateMissingOn <= lot.SoldOn))
                    .Select(OfSale),
            ],
            position.RateMissingOn <= to ? null : position.SettledFx(from, to),
            FiguresReport.Of(figures)
        );
    }

    private static ExplainedHolding OfHolding(Ledger ledger, LedgerStock stock, Position? then, DateOnly day)
    {
        var holding = Holding.Of(stock.Position, stock.Facts, ledger.Conversion, day);
        var legs = ledger.Conversion.Rates.Legs(stock.Facts.Currency, ledger.Currency, day);
        var lots = (then?.OpenLots ?? []).Select(lot => new ExplainedLot(
            lot.PurchaseId,
            lot.AcquiredOn,
            lot.Quantity.ToDecimal(),
            holding.Cost is null ? null : lot.Price,
            holding.Cost is null ? null : lot.Charges,
            holding.Cost is null ? null : lot.LocalPrice
        ));
        return new ExplainedHolding(
            day,
            holding.Quantity,
            holding.Quote?.Price,
            holding.Quote?.Date,
            holding.Quote is { } quote ? stock.Facts.Prices.On(quote.Date, [])?.Price : null,
            ExplainedRate.Of(holding.Rate, legs),
            holding.Value,
            holding.Cost,
            holding.UnrealisedFx,
            [.. lots]
        );
    }

    private static IEnumerable<ExplainedStockFlow> OfFlow(Ledger ledger, Transaction entry, StockEffect? effect) =>
        effect is { } known
            ?
            [
                new ExplainedStockFlow(
                    entry.Id,
                    entry.Date,
                    known.In,
                    known.Out,
                    known.Traded,
                    ledger.Find(entry.StockId!.Value)!.Position.DeliveredCost(entry.Id),
                    known.Dividends,
                    known.Fees,
                    known.Taxes
                ),
            ]
            : [];

    private static ExplainedSale OfSale(RealisedLot lot) =>
        new(
            lot.SaleId,
            lot.PurchaseId,
            lot.SoldOn,
            lot.Quantity,
            lot.Proceeds,
            lot.Price,
            lot.FxGain,
            lot.Proceeds - lot.Price - lot.FxGain
        );

    private static IEnumerable<ExplainedDayRate> Rates(IReadOnlyList<Ledger> ledgers, DateRange range)
    {
        var pairs = ledgers.SelectMany(ledger =>
            ledger.Stocks.Select(stock => stock.Facts.Currency).Append(ledger.Portfolio.Currency).Select(currency => (ledger, currency))
        );
        foreach (var (ledger, currency) in pairs.Where(pair => pair.currency != pair.ledger.Currency).DistinctBy(pair => pair.currency))
        {
            var (rates, known, first) = (ledger.Conversion.Rates, default(Rate?), true);
            for (var day = range.From.AddDays(-1); day <= range.To; day = day.AddDays(1))
            {
                var rate = rates.On(currency, ledger.Currency, day);
                if (!first && rate == known)
                    continue;
                yield return new ExplainedDayRate(currency, day, ExplainedRate.Of(rate, rates.Legs(currency, ledger.Currency, day)));
                (known, first) = (rate, false);
            }
        }
    }
}
