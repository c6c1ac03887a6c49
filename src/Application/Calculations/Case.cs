using System.Security.Cryptography;
using System.Text.Json;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Calculations;

/// <summary>A case as the engine sees it: the same ledger, facts and rates that the stored path loads, made from the request.</summary>
internal sealed class Case
{
    private static readonly DateTimeOffset Origin = DateTimeOffset.UnixEpoch;

    private readonly CaseDraft _draft;
    private readonly Dictionary<string, StockFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<Id<Stock>, List<Dividend>> _dividends = [];

    /// <summary>Builds it.</summary>
    /// <exception cref="RuleBroken">A rule of the ledger, as when a transaction is recorded.</exception>
    public Case(CaseDraft draft)
    {
        _draft = draft;
        var named = draft.Transactions.SelectMany(entry => new[] { entry.Symbol, entry.IntoSymbol }).OfType<string>();
        var given = (draft.Stocks ?? []).ToDictionary(stock => stock.Symbol, StringComparer.Ordinal);
        foreach (var symbol in given.Keys.Concat(named).Distinct(StringComparer.Ordinal))
            Add(symbol, given.GetValueOrDefault(symbol) ?? new CaseStock(symbol));
        var portfolio = new Portfolio(
            Id<Customer>.New(Origin),
            "Case",
            draft.Currency,
            draft.Cash ?? CashMode.External,
            draft.CostMethod ?? CostMethod.Fifo,
            Origin
        );
        Transactions = [.. draft.Transactions.Select((entry, i) => Entry(portfolio, entry, i))];
        var booked = Booked(portfolio).ToList();
        foreach (var entry in Transactions)
            if (portfolio.Refusal(entry, DateOnly.MaxValue) is { } refusal)
                throw refusal;
        var facts = _facts.Values.ToDictionary(stock => stock.Id);
        var entries = Transactions.Concat(booked).ToList();
        PositionBook.EnsureNeverOversold(entries, [.. facts.Values.SelectMany(stock => stock.Splits)]);
        var version = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(draft)).AsSpan(0, 12));
        Loaded = new LoadedLedgers([new Ledger(portfolio, entries, facts, Rates(draft.ExchangeRates ?? []))], version);
    }

    /// <summary>What the stored path would have loaded.</summary>
    public LoadedLedgers Loaded { get; }

    /// <summary>The stated transactions, in the order given.</summary>
    public IReadOnlyList<Transaction> Transactions { get; }

    /// <summary>What to measure against; null when nothing is named.</summary>
    public LoadedBenchmark? Benchmark =>
        _draft.Benchmark is { } symbol
            ? new LoadedBenchmark(
                _facts[symbol],
                _dividends[_facts[symbol].Id],
                _draft.BenchmarkBasis ?? PriceBasis.Total,
                Loaded.Ledgers[0].Conversion.Rates
            )
            : null;

    /// <summary>What is not given starts at the first transaction and ends on the last day that the case names.</summary>
    public DateRange Range
    {
        get
        {
            var last = Loaded
                .Ledgers[0]
                .Entries.Select(entry => entry.Date) // booked dividends too
                .Concat((_draft.Stocks ?? []).SelectMany(stock => stock.Closes ?? []).Select(close => close.Date))
                .DefaultIfEmpty(DateOnly.FromDateTime(Origin.UtcDateTime))
                .Max();
            var to = _draft.To ?? (last < _draft.From ? _draft.From.Value : last);
            var from = _draft.From ?? Loaded.FirstDay ?? to;
            return new DateRange(from > to ? to : from, to);
        }
    }

    private void Add(string symbol, CaseStock stock)
    {
        var id = Id<Stock>.New(Origin.AddMilliseconds(_facts.Count));
        var currency = stock.Currency ?? _draft.Currency;
        var closes = (stock.Closes ?? []).OrderBy(close => close.Date).ToList();
        var series = new PriceSeries(
            [.. closes.Select(close => close.Date.DayNumber)],
            [.. closes.Select(close => PriceSeries.Scaled(decimal.Round(close.Close, Bar.PriceDecimals, MidpointRounding.ToEven)))]
        );
        var splits = (stock.Splits ?? []).OrderBy(split => split.Date).Select(split => new Split(id, split.Date, split.From, split.To));
        _facts.Add(symbol, new StockFacts(id, symbol, currency, series, [.. splits], Version: 0));
        var dividends = (stock.Dividends ?? []).Select(one => new Dividend(
            Id<Dividend>.New(Origin),
            id,
            one.ExDate,
            one.Amount,
            one.Currency ?? currency,
            "CD",
            null,
            null,
            one.PayDate,
            null
        ));
        _dividends.Add(id, [.. dividends.OrderBy(dividend => dividend.ExDate)]);
    }

    private Transaction Entry(Portfolio portfolio, CaseTransaction entry, int index)
    {
        var stated = entry.ToEntry(IdOf(entry.Symbol), IdOf(entry.IntoSymbol), _draft.Currency);
        return new Transaction(portfolio.Id, stated, Origin.AddMilliseconds(index));
    }

    private Id<Stock>? IdOf(string? symbol) => symbol is null ? null : _facts[symbol].Id;

    // The dividends of what was held at the close of the day before the ex-date.
    private IEnumerable<Transaction> Booked(Portfolio portfolio)
    {
        if (_draft.BookDividends is null or DividendBooking.None)
            yield break;
        var facts = _facts.Values.ToDictionary(stock => stock.Id);
        var positions = PositionBook.Of(Transactions, id => (facts[id].Splits, facts[id].Currency), CostMethod.Fifo, conversion: null);
        var made = _draft.Transactions.Count;
        foreach (var (id, position) in positions)
        foreach (var dividend in _dividends[id])
        {
            var held = position.At(dividend.ExDate.AddDays(-1)).Quantity;
            var amount = Exact.Product(held, dividend.Amount);
            if (amount <= 0)
                continue;
            var date = _draft.BookDividends is DividendBooking.PayDate ? dividend.PayDate ?? dividend.ExDate : dividend.ExDate;
            var entry = new CaseTransaction(TransactionKind.Dividend, date, Amount: amount, Currency: dividend.Currency);
            yield return new Transaction(portfolio.Id, entry.ToEntry(id, null, _draft.Currency), Origin.AddMilliseconds(made++));
        }
    }

    private static RateBook Rates(IReadOnlyList<CaseRate> rates) =>
        new(
            rates
                .GroupBy(rate => (rate.Base, rate.Quote))
                .Select(pair => pair.OrderBy(rate => rate.Date).ToList())
                .Select(pair => new RateSeries(
                    pair[0].Base,
                    pair[0].Quote,
                    [.. pair.Select(rate => rate.Date.DayNumber)],
                    [.. pair.Select(rate => rate.Rate)]
                )),
            version: 0
        );
}
