using System.Buffers.Binary;
using System.Linq.Expressions;
using System.Security.Cryptography;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Returns;

/// <summary>Brings ledgers and the facts of their stocks into memory for the engine.</summary>
internal sealed class LedgerLoader(IDatabase database, IPriceHistory prices, IExchangeRates exchangeRates)
{
    public async Task<LoadedLedgers> OfPortfolio(Id<Portfolio> portfolioId, Currency? reporting, CancellationToken cancellationToken)
    {
        var loaded = await Load(portfolio => portfolio.Id == portfolioId, reporting, cancellationToken);
        return loaded.Ledgers.Count == 0 ? throw new NotFound("portfolio", portfolioId.ToString()) : loaded;
    }

    public async Task<LoadedLedgers> OfCustomer(Id<Customer> customerId, Currency? reporting, CancellationToken cancellationToken)
    {
        await database.Require(customerId, cancellationToken);
        return await Load(portfolio => portfolio.CustomerId == customerId, reporting, cancellationToken);
    }

    /// <summary>A stock to measure against; null when none is asked for.</summary>
    public async Task<LoadedBenchmark?> Benchmark(
        Id<Stock>? stockId,
        PriceBasis? basis,
        Currency? currency,
        CancellationToken cancellationToken
    )
    {
        if (stockId is not { } id)
            return null;
        if (!(await prices.Load([id], cancellationToken)).TryGetValue(id, out var facts))
            throw new NotFound("stock", id.ToString());
        var dividends = await database.Dividends.AsNoTracking().Where(dividend => dividend.StockId == id).ToListAsync(cancellationToken);
        var rates =
            currency is null || currency == facts.Currency
                ? RateBook.None
                : await exchangeRates.Load([currency.Value, facts.Currency], cancellationToken);
        return new LoadedBenchmark(facts, dividends, basis ?? PriceBasis.Total, rates);
    }

    /// <summary>That a stock which is asked for is one: figures of none would be zeros.</summary>
    public async Task EnsureStock(Id<Stock>? stockId, CancellationToken cancellationToken)
    {
        if (stockId is { } id && !await database.Stocks.AnyAsync(stock => stock.Id == id, cancellationToken))
            throw new NotFound("stock", id.ToString());
    }

    // Settings and entries by one statement, so of one instant: a version never stands for a ledger that is older or newer.
    public Task<List<StoredLedger>> Stored(Expression<Func<Portfolio, bool>> wanted, CancellationToken cancellationToken) =>
        database
            .Portfolios.AsNoTracking()
            .Where(wanted)
            .OrderBy(portfolio => portfolio.Id)
            .Select(portfolio => new StoredLedger(
                portfolio,
                database.Transactions.Where(entry => entry.PortfolioId == portfolio.Id && entry.VoidedAt == null).ToList()
            ))
            .ToListAsync(cancellationToken);

    /// <summary>The facts of every stock that an entry names.</summary>
    public Task<IReadOnlyDictionary<Id<Stock>, StockFacts>> Facts(IEnumerable<StoredLedger> ledgers, CancellationToken cancellationToken) =>
        prices.Load(ledgers.SelectMany(ledger => ledger.Stocks).Distinct().Order().ToList(), cancellationToken);

    /// <summary>Makes ledgers ready for the engine, with figures in <paramref name="reporting"/> or in the first one's currency.</summary>
    public async Task<LoadedLedgers> Fold(
        IReadOnlyList<StoredLedger> ledgers,
        IReadOnlyDictionary<Id<Stock>, StockFacts> facts,
        Currency? reporting,
        CancellationToken cancellationToken
    )
    {
        var stocks = ledgers.SelectMany(ledger => ledger.Stocks).Distinct().Order().Select(stock => facts[stock]).ToList();
        var currency = reporting ?? ledgers.FirstOrDefault()?.Portfolio.Currency;
        var currencies = ledgers
            .Select(ledger => ledger.Portfolio.Currency)
            .Concat(ledgers.SelectMany(ledger => ledger.Entries).Select(entry => entry.Currency))
            .Concat(stocks.Select(stock => stock.Currency))
            .Append(currency ?? Currency.Usd)
            .Distinct()
            .ToList();
        var rates =
            currencies.Count == 1
                ? RateBook.None
                : await UseCases.Step("ReadRates", () => exchangeRates.Load(currencies, cancellationToken));
        return new LoadedLedgers(
            UseCases.Step(
                "FoldLedger",
                () => ledgers.Select(one => new Ledger(one.Portfolio, one.Entries, facts, rates, currency)).ToList()
            ),
            DataVersion([.. ledgers.Select(ledger => ledger.Portfolio)], stocks, rates)
        );
    }

    private async Task<LoadedLedgers> Load(
        Expression<Func<Portfolio, bool>> wanted,
        Currency? reporting,
        CancellationToken cancellationToken
    )
    {
        var stored = await UseCases.Step("ReadLedger", () => Stored(wanted, cancellationToken));
        var facts = await UseCases.Step("ReadPrices", () => Facts(stored, cancellationToken));
        return await Fold(stored, facts, reporting, cancellationToken);
    }

    // Changes if and only if a ledger, a setting, the market data of a stock in it or an exchange rate that may matter did.
    private static string DataVersion(List<Portfolio> portfolios, List<StockFacts> stocks, RateBook rates)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> row = stackalloc byte[24];
        foreach (var (id, version) in portfolios.Select(p => (p.Id.Value, p.Version)).Concat(stocks.Select(s => (s.Id.Value, s.Version))))
        {
            id.TryWriteBytes(row);
            BinaryPrimitives.WriteInt64LittleEndian(row[16..], version);
            hash.AppendData(row);
        }
        BinaryPrimitives.WriteInt64LittleEndian(row, rates.Version);
        hash.AppendData(row[..8]);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }
}

/// <summary>Ledgers ready for the engine, and the version of everything that went into them.</summary>
internal sealed record LoadedLedgers(IReadOnlyList<Ledger> Ledgers, string DataVersion)
{
    /// <summary>Date of the first entry of all.</summary>
    public DateOnly? FirstDay => Ledgers.Min(ledger => ledger.FirstDay);

    /// <summary>The same, with a version that holds the benchmark's too.</summary>
    public LoadedLedgers With(LoadedBenchmark? benchmark) =>
        benchmark is null ? this : this with { DataVersion = $"{DataVersion}-{benchmark.Version}" };

    /// <summary>What is to be said of the values of a range, of the whole or of one stock.</summary>
    public IEnumerable<Reason> MarksThrough(Id<Stock>? stock, DateRange range) =>
        Ledgers.SelectMany(ledger =>
            stock is null ? ledger.MarksThrough(range.From, range.To)
            : ledger.Find(stock.Value) is { } held ? LedgerMarks.MarksOf(ledger, held, range.From, range.To)
            : []
        );

    /// <summary>The currency of their figures; null when there are none.</summary>
    public Currency? Currency => Ledgers.Count == 0 ? null : Ledgers[0].Currency;
}

/// <summary>A portfolio and those of its entries that count, as they are stored or might be.</summary>
internal sealed record StoredLedger(Portfolio Portfolio, IReadOnlyList<Transaction> Entries)
{
    /// <summary>The stock of every entry.</summary>
    public IEnumerable<Id<Stock>> Stocks => Entries.SelectMany(entry => new[] { entry.StockId, entry.IntoStockId }).OfType<Id<Stock>>();
}
