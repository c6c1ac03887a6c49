using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing.Naive;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>The engine on real prices, splits and dividends in two currencies against a recomputation that shares no code with it.</summary>
public class TwoCurrenciesTests
{
    private static readonly (string From, string To)[] Ranges =
    [
        ("2015-03-21", "2017-03-31"),
        ("2015-04-01", "2015-12-31"),
        ("2016-01-01", "2016-12-31"),
        ("2015-07-14", "2015-07-15"), // both splits of one stock
        ("2016-09-02", "2016-09-02"),
        ("2016-07-02", "2016-07-04"), // week-end and holiday
        ("2017-01-01", "2017-03-31"),
    ];

    [MarketDataTheory]
    [InlineData("USD", "USD", CashMode.External, CostMethod.Fifo)]
    [InlineData("EUR", "EUR", CashMode.Tracked, CostMethod.Fifo)]
    [InlineData("EUR", "USD", CashMode.Tracked, CostMethod.Lifo)]
    [InlineData("USD", "EUR", CashMode.External, CostMethod.Hifo)]
    [InlineData("USD", "EUR", CashMode.Tracked, CostMethod.Average)]
    public void Five_hundred_trades_over_all_stocks_equal_an_independent_computation(
        string home,
        string reporting,
        CashMode cash,
        CostMethod method
    )
    {
        var trades = new MadeUpTrades(new CsvMarket(Checkout.MarketData, "us_selected", "2015_2017"), home);
        trades.Entries.Count(entry => entry.Kind is "buy" or "sell").Should().Be(MadeUpTrades.Count);
        trades.Entries.Select(entry => entry.Stock).Where(stock => stock is not null).Distinct().Should().HaveCount(130);
        var naive = new NaiveLedger(trades.Naive(), home, reporting, cash is CashMode.Tracked, method.ToString().ToLowerInvariant());
        naive.Walk(trades.Entries, RealMarket.From.DayNumber, RealMarket.To.DayNumber);
        var ledger = Ledger(trades, home, reporting, cash, method);

        foreach (var (from, to) in Ranges.Select(range => (DateOnly.Parse(range.From), DateOnly.Parse(range.To))))
        {
            var range = RangeReturns.Of(ledger, from, to);
            // a few stocks of the file end early, and their last price is carried
            range.Reasons.Should().OnlyContain(reason => reason.Code == ReasonCodes.Stale);
            foreach (var line in range.Stocks)
                Same(line.Figures, naive, line.Stock.Ticker, from, to);
            Same(range.Cash, naive, NaiveLedger.Cash, from, to);
            SameMeasures(ledger, naive, from, to);
        }
        SameLots(ledger, naive);
    }

    private static void Same(Figures figures, NaiveLedger naive, string line, DateOnly from, DateOnly to)
    {
        var days = Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).Select(day => naive.On(line, day)).ToList();
        var (before, after, parts) = (naive.On(line, from.DayNumber - 1), naive.On(line, to.DayNumber), figures.Parts!);
        var known = days.Sum(day => day.Dividends + day.Interest + day.Fees + day.Taxes);
        var gain = after.Value - before.Value - days.Sum(day => day.In - day.Out);
        Near(figures.OpeningValue, before.Value, line, from);
        Near(figures.ClosingValue, after.Value, line, from);
        Near(figures.Inflows, days.Sum(day => day.In), line, from);
        Near(figures.Outflows, days.Sum(day => day.Out), line, from);
        Near(parts.Dividends, days.Sum(day => day.Dividends), line, from);
        Near(parts.Interest, days.Sum(day => day.Interest), line, from);
        Near(parts.Fees, days.Sum(day => day.Fees), line, from);
        Near(parts.Taxes, days.Sum(day => day.Taxes), line, from);
        Near(parts.RealisedPrice, days.Sum(day => day.Realised), line, from);
        Near(parts.UnrealisedPrice, after.OpenPrice - before.OpenPrice, line, from);
        var fx = line == NaiveLedger.Cash ? gain - known : after.OpenFx - before.OpenFx + days.Sum(day => day.Fx);
        Near(parts.Fx, fx, line, from);
    }

    private static void SameMeasures(Ledger ledger, NaiveLedger naive, DateOnly from, DateOnly to)
    {
        var measures = RangeMeasures.Of([ledger], from, to, FlowTiming.InAtStartOutAtEnd);
        var (growth, opening, closing) = (1.0, naive.Value(from.DayNumber - 1), naive.Value(to.DayNumber));
        var flows = new List<(int Day, double Amount)>();
        for (var (day, before) = (from.DayNumber, opening); day <= to.DayNumber; day++)
        {
            var ((@in, @out), value) = (naive.Flow(day), naive.Value(day));
            if (before + @in != 0)
                growth *= (double)((value + @out) / (before + @in));
            flows.Add((day - from.DayNumber + 1, (double)(@out - @in)));
            before = value;
        }
        measures.Total.TimeWeighted.Value.Should().BeApproximately(growth - 1, 1e-9 * growth, $"from {from}");
        measures
            .Stocks.Values.Sum(stock => stock.Contribution!.Value)
            .Should()
            .BeApproximately(growth - 1 - measures.CashContribution!.Value, 1e-9);
        if (measures.Total.MoneyWeighted.Value is not { } rate)
            return;
        var terms = flows
            .Prepend((0, -(double)opening))
            .Append((flows.Count, (double)closing))
            .Select(flow => flow.Item2 * Math.Pow(1 + rate, -flow.Item1 / 365.0))
            .ToList();
        terms.Sum().Should().BeApproximately(0, 1e-9 * terms.Sum(Math.Abs), $"from {from}");
    }

    private static void SameLots(Ledger ledger, NaiveLedger naive)
    {
        foreach (var (facts, position, _) in ledger.Stocks)
        {
            var (open, sales) = (naive.Lots(facts.Ticker), naive.Sales.Where(sale => sale.Stock == facts.Ticker).ToList());
            position.OpenLots.Should().HaveCount(open.Count);
            Near(position.OpenLots.Sum(lot => lot.Quantity.ToDecimal()), open.Sum(lot => lot.Quantity), facts.Ticker, "open");
            Near(position.OpenLots.Sum(lot => lot.Cost), open.Sum(lot => lot.Price + lot.Charges), facts.Ticker, "cost");
            position.Realised.Should().HaveCount(sales.Count);
            foreach (var (lot, sale) in position.Realised.Zip(sales))
            {
                (lot.SoldOn.DayNumber, lot.AcquiredOn.DayNumber).Should().Be((sale.Sold, sale.Acquired));
                Near(lot.Quantity, sale.Quantity, facts.Ticker, lot.SoldOn);
                Near(lot.Gain, sale.Proceeds - sale.Cost, facts.Ticker, lot.SoldOn);
                Near(lot.FxGain, sale.Fx, facts.Ticker, lot.SoldOn);
            }
        }
    }

    private static void Near(decimal? figure, decimal expected, string line, object when) =>
        Math.Abs(figure!.Value - expected)
            .Should()
            .BeLessThanOrEqualTo(1e-9m * Math.Max(1, Math.Abs(expected)), "{0} of {1} is {2}, not {3}", line, when, figure, expected);

    private static Ledger Ledger(MadeUpTrades trades, string home, string reporting, CashMode cash, CostMethod method)
    {
        var dawn = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var portfolio = new Portfolio(Id<Customer>.New(dawn), "Real", Currency.Parse(home), cash, method, dawn);
        var ids = trades.Tickers.ToDictionary(ticker => ticker, _ => Id<Stock>.New(dawn));
        var market = trades.Naive();
        var facts = ids.ToDictionary(
            pair => pair.Value,
            pair => new StockFacts(
                pair.Value,
                pair.Key,
                Currency.Parse(trades.CurrencyOf(pair.Key)),
                new PriceSeries(
                    [.. market.Stocks[pair.Key].Closes.Select(close => close.Day)],
                    [.. market.Stocks[pair.Key].Closes.Select(close => PriceSeries.Scaled(close.Close))]
                ),
                [.. trades.Splits(pair.Key).Select(split => new Split(pair.Value, split.Date, split.From, split.To))],
                1
            )
        );
        var rates = new RateBook(
            [
                new RateSeries(
                    Currency.Parse("EUR"),
                    Currency.Parse("USD"),
                    [.. trades.Rates.Select(rate => rate.Day)],
                    [.. trades.Rates.Select(rate => rate.Rate)]
                ),
            ],
            1
        );
        var entries = trades.Entries.Select((entry, i) => new Transaction(portfolio.Id, Stated(entry, ids), dawn.AddSeconds(i)));
        return new Ledger(portfolio, entries, facts, rates, Currency.Parse(reporting));
    }

    private static Entry Stated(NaiveEntry entry, Dictionary<string, Id<Stock>> ids) =>
        new(
            Enum.Parse<TransactionKind>(entry.Kind, ignoreCase: true),
            DateOnly.FromDayNumber(entry.Day),
            entry.Stock is { } stock ? ids[stock] : null,
            entry.Quantity == 0 ? null : entry.Quantity,
            entry.Stock is null || entry.Amount is not null ? null : entry.Price,
            entry.Amount,
            entry.Fee,
            entry.Tax,
            Currency.Parse(entry.Currency),
            entry.FxRate,
            null,
            null,
            null
        );
}
