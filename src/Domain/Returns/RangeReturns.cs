using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>One stock's figures.</summary>
public sealed record StockFigures(StockFacts Stock, Figures Figures);

/// <summary>
/// What a ledger returned from the close of the day before <paramref name="From"/> to the close of <paramref name="To"/>.
/// The gains of the stocks and of cash add up to the gain of the total exactly.
/// </summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Total">The whole: inflows and outflows are what crossed the portfolio's border.</param>
/// <param name="Stocks">Every stock held or traded in the range, by ticker.</param>
/// <param name="Cash">The cash line: balance if tracked, interest, and charges that belong to no stock.</param>
/// <param name="Reasons">What is to be said of the figures.</param>
public sealed record RangeReturns(
    DateOnly From,
    DateOnly To,
    Figures Total,
    IReadOnlyList<StockFigures> Stocks,
    Figures Cash,
    IReadOnlyList<Reason> Reasons
)
{
    /// <summary>Computes the range on one ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="from">First day, included: its trades belong to the range.</param>
    /// <param name="to">Last day, included, not before <paramref name="from"/>.</param>
    public static RangeReturns Of(Ledger ledger, DateOnly from, DateOnly to)
    {
        var reasons = new List<Reason>();
        var stocks = new List<StockFigures>();
        foreach (var stock in ledger.Stocks.OrderBy(stock => stock.Facts.Ticker, StringComparer.Ordinal))
        {
            var inRange = stock.Entries.Where(entry => entry.Date >= from && entry.Date <= to).ToList();
            var opening = Holding.Of(stock.Position, stock.Facts, ledger.Conversion, from.AddDays(-1));
            var closing = Holding.Of(stock.Position, stock.Facts, ledger.Conversion, to);
            if (inRange.Count == 0 && opening.Quantity == 0 && closing.Quantity == 0)
                continue;
            reasons.AddRange(opening.Marks);
            reasons.AddRange(closing.Marks);
            stocks.Add(new StockFigures(stock.Facts, OfStock(ledger, stock, inRange, opening, closing, reasons)));
        }
        var cash = OfCash(ledger, from, to, reasons);
        var total = OfWhole(ledger, from, to, stocks, cash);
        return new RangeReturns(from, to, total, stocks, cash, reasons);
    }

    /// <summary><see cref="Reasons"/>, and a <see cref="ReasonCodes.NoCapital"/> for each known gain that has no capital to relate to.</summary>
    public IEnumerable<Reason> AllReasons =>
        Reasons
            .Concat(NoCapital(Total, null, "The portfolio"))
            .Concat(Stocks.SelectMany(stock => NoCapital(stock.Figures, stock.Stock.Id, stock.Stock.Ticker)));

    private static IEnumerable<Reason> NoCapital(Figures figures, Id<Stock>? stock, string who) =>
        figures is { Gain: not null, SimpleReturn: null }
            ? [new Reason(ReasonCodes.NoCapital, stock, null, $"{who} had no capital at work in the range.")]
            : [];

    /// <summary>Several ledgers of one currency as one: figures of a stock held in several are added.</summary>
    public static RangeReturns Sum(DateOnly from, DateOnly to, IReadOnlyCollection<RangeReturns> parts) =>
        new(
            from,
            to,
            parts.Aggregate(Figures.None, (sum, part) => sum + part.Total),
            [
                .. parts
                    .SelectMany(part => part.Stocks)
                    .GroupBy(stock => stock.Stock.Id)
                    .Select(same => new StockFigures(same.First().Stock, same.Aggregate(Figures.None, (sum, stock) => sum + stock.Figures)))
                    .OrderBy(stock => stock.Stock.Ticker, StringComparer.Ordinal),
            ],
            parts.Aggregate(Figures.None, (sum, part) => sum + part.Cash),
            [.. parts.SelectMany(part => part.Reasons)]
        );

    private static Figures OfStock(
        Ledger ledger,
        LedgerStock stock,
        List<Transaction> entries,
        Holding opening,
        Holding closing,
        List<Reason> reasons
    )
    {
        var (facts, position) = (stock.Facts, stock.Position);
        var sum = default(StockEffect);
        foreach (var entry in entries)
        {
            if (StockEffect.Of(ledger, stock, entry) is not { } effect)
            {
                reasons.Add(RateMissing(ledger, entry, facts.Id));
                return Figures.Unknown;
            }
            reasons.AddRange(MarksOfDelivery(ledger, entry));
            sum += effect;
        }
        if (opening.Value is not { } v0 || closing.Value is not { } v1)
            return Figures.Unknown;
        var (from, to) = entries.Count == 0 ? (DateOnly.MaxValue, DateOnly.MinValue) : (entries[0].Date, entries[^1].Date);
        // What lots cost is needed to tell the parts of a gain apart, not to value them.
        if (position.RateMissingOn <= to || opening.Cost is null || closing.Cost is null)
        {
            reasons.Add(new Reason(ReasonCodes.FxRateMissing, facts.Id, position.RateMissingOn, $"No rate for a trade of {facts.Ticker}."));
            return new Figures(v0, v1, sum.In, sum.Out, null);
        }
        var fx = closing.UnrealisedFx - opening.UnrealisedFx + position.SettledFx(from, to);
        var realised = Realised(position, from, to);
        var parts = new GainParts(realised, v1 - v0 + sum.Traded - realised - fx, sum.Dividends, 0, sum.Fees, sum.Taxes, fx);
        return new Figures(v0, v1, sum.In, sum.Out, parts);
    }

    private static IEnumerable<Reason> MarksOfDelivery(Ledger ledger, Transaction entry)
    {
        if (entry.IntoStockId is null && entry.Kind is not (TransactionKind.TransferIn or TransactionKind.TransferOut))
            return [];
        var facts = ledger.Find((entry.IntoStockId ?? entry.StockId)!.Value)!.Facts;
        var quote = facts.Prices.On(entry.Date, facts.Splits);
        var rate = ledger.Conversion.On(facts.Currency, entry.Date);
        return Holding.PriceMarks(facts, quote, rate, costMissing: false, ledger.Currency, entry.Date);
    }

    private static Reason RateMissing(Ledger ledger, Transaction entry, Id<Stock>? stock) =>
        new(
            ReasonCodes.FxRateMissing,
            stock,
            entry.Date,
            $"No rate from {entry.Currency} to {ledger.Currency} on {entry.Date:yyyy-MM-dd}."
        );

    private static decimal Realised(Position position, DateOnly from, DateOnly to)
    {
        var sum = 0m;
        foreach (var lot in position.Realised)
            if (lot.SoldOn >= from && lot.SoldOn <= to)
                sum += lot.Proceeds - lot.Price - lot.FxGain;
        return sum;
    }

    private static Figures OfCash(Ledger ledger, DateOnly from, DateOnly to, List<Reason> reasons)
    {
        var parts = GainParts.None;
        decimal inflows = 0,
            outflows = 0;
        foreach (var entry in ledger.Entries.Where(entry => entry.Date >= from && entry.Date <= to && Ledger.MovesCash(entry)))
        {
            if (Amounts.Of(entry, ledger.Conversion) is not { } amounts)
            {
                reasons.Add(RateMissing(ledger, entry, entry.StockId));
                return Figures.Unknown;
            }
            var cash = amounts.Cash(entry.Kind);
            var own = entry.StockId is null && entry.Kind is not (TransactionKind.Deposit or TransactionKind.Withdrawal);
            if (own)
                parts += PartOf(entry.Kind, amounts);
            else if (ledger.TracksCash)
                (inflows, outflows) = (inflows + Math.Max(cash, 0), outflows + Math.Max(-cash, 0));
            // Without tracked cash the other side settles at once: what interest pays in goes out, what a fee takes is paid in.
            if (own && !ledger.TracksCash)
                (inflows, outflows) = (inflows + Math.Max(-cash, 0), outflows + Math.Max(cash, 0));
        }
        if (ledger.CashOn(from.AddDays(-1)) is not { } opening || ledger.CashOn(to) is not { } closing)
        {
            var entry = ledger.Entries.FirstOrDefault(entry => entry.Date <= to && ledger.CashInPortfolio(entry) is null);
            var text = $"No rate to {ledger.Currency} is known for the balance of cash, or for an entry that made it.";
            reasons.Add(new Reason(ReasonCodes.FxRateMissing, entry?.StockId, entry?.Date ?? to, text));
            return Figures.Unknown;
        }
        // Only a balance in another currency than the figures' can gain what no entry brought.
        return new Figures(opening, closing, inflows, outflows, parts with { Fx = closing - opening - inflows + outflows - parts.Total });
    }

    private static GainParts PartOf(TransactionKind kind, Amounts amounts) =>
        kind switch
        {
            TransactionKind.Interest => GainParts.None with { Interest = amounts.Gross },
            TransactionKind.Fee => GainParts.None with { Fees = -amounts.Gross },
            _ => GainParts.None with { Taxes = -amounts.Gross },
        };

    private static Figures OfWhole(Ledger ledger, DateOnly from, DateOnly to, List<StockFigures> stocks, Figures cash)
    {
        var sum = stocks.Aggregate(cash, (total, stock) => total + stock.Figures);
        if (sum.OpeningValue is null || sum.Inflows is null)
            return Figures.Unknown;
        decimal inflows = 0,
            outflows = 0;
        foreach (var flow in ledger.ExternalFlows(from, to))
            (inflows, outflows) = (inflows + Math.Max(flow.Amount, 0), outflows + Math.Max(-flow.Amount, 0));
        return sum with { Inflows = inflows, Outflows = outflows };
    }
}
