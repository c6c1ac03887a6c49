using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Calculations;

/// <summary>A whole case: a ledger, the market around it, and what to look at.</summary>
/// <param name="Currency">Currency of the figures.</param>
/// <param name="Transactions">The ledger, in any order; of one day in the order given, within the order of kinds.</param>
/// <param name="Stocks">The market: closes, splits and dividends of each symbol that a transaction names.</param>
/// <param name="ExchangeRates">Rates by day; none when absent.</param>
/// <param name="Cash">Whether cash belongs to the portfolio; <c>external</c> when absent.</param>
/// <param name="CostMethod">Which lots sales consume; <c>fifo</c> when absent.</param>
/// <param name="From">First day of the range, included; that of the first transaction when absent.</param>
/// <param name="To">Last day of the range, included; the last day that the case names when absent.</param>
/// <param name="FlowTiming">When within its day a flow happens; <c>inAtStartOutAtEnd</c> when absent.</param>
/// <param name="BookDividends">Books the dividends of the market to which the ledger is entitled; <c>none</c> when absent.</param>
/// <param name="Resolution">Distance of the history's points; <c>day</c> when absent.</param>
/// <param name="RiskFreeRate">Yearly rate of what bears no risk, a fraction above -1; 0 when absent.</param>
/// <param name="MinimumAcceptableReturn">Yearly return below which a return counts as a loss, a fraction above -1; 0 when absent.</param>
/// <param name="Benchmark">Symbol of a stock to measure against.</param>
/// <param name="BenchmarkBasis">What the benchmark's returns hold; <c>total</c>, with dividends, when absent.</param>
/// <param name="Explain">Answers everything that made the figures too.</param>
public sealed record CaseDraft(
    Currency Currency,
    IReadOnlyList<CaseTransaction> Transactions,
    IReadOnlyList<CaseStock>? Stocks = null,
    IReadOnlyList<CaseRate>? ExchangeRates = null,
    CashMode? Cash = null,
    CostMethod? CostMethod = null,
    DateOnly? From = null,
    DateOnly? To = null,
    FlowTiming? FlowTiming = null,
    DividendBooking? BookDividends = null,
    Resolution? Resolution = null,
    decimal? RiskFreeRate = null,
    decimal? MinimumAcceptableReturn = null,
    string? Benchmark = null,
    PriceBasis? BenchmarkBasis = null,
    bool Explain = false
);

/// <summary>What becomes of the dividends of the market in a calculation.</summary>
public enum DividendBooking
{
    /// <summary>Only those among the transactions count.</summary>
    None,

    /// <summary>Each is booked on its ex-date, on which the price drops.</summary>
    ExDate,

    /// <summary>Each is booked on its payment date; without one on its ex-date.</summary>
    PayDate,
}

/// <summary>One entry of the ledger, as in <c>RecordTransaction</c>, with stocks by symbol.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Date">Trading day.</param>
/// <param name="Symbol">The stock, for kinds that concern one.</param>
/// <param name="Quantity">Shares, in shares of that date; at most 10 decimals.</param>
/// <param name="UnitPrice">Price per share; for a transfer in, the cost per share carried in.</param>
/// <param name="Amount">Gross amount of a kind without quantity; cash of a merger.</param>
/// <param name="Fee">Fee on top of a purchase, or out of proceeds or income.</param>
/// <param name="Tax">Tax on top of a purchase, or out of proceeds or income.</param>
/// <param name="Currency">Currency of the amounts; the case's if absent.</param>
/// <param name="FxRate">Currency of the case per currency of the transaction; the rate of the day if absent.</param>
/// <param name="AcquiredOn">Purchase date carried in by a transfer.</param>
/// <param name="IntoSymbol">The stock whose shares a spin-off or merger brings.</param>
/// <param name="IntoQuantity">How many shares of it.</param>
/// <param name="CostShare">Part of the cost, from 0 to 1, that goes over to those shares.</param>
/// <param name="ExternalId">A key of the client's own, for the answer.</param>
public sealed record CaseTransaction(
    TransactionKind Kind,
    DateOnly Date,
    string? Symbol = null,
    decimal? Quantity = null,
    decimal? UnitPrice = null,
    decimal? Amount = null,
    decimal Fee = 0,
    decimal Tax = 0,
    Currency? Currency = null,
    decimal? FxRate = null,
    DateOnly? AcquiredOn = null,
    string? IntoSymbol = null,
    decimal? IntoQuantity = null,
    decimal? CostShare = null,
    string? ExternalId = null
)
{
    internal Entry ToEntry(Id<Stock>? stockId, Id<Stock>? intoStockId, Currency currency) =>
        new(
            Kind,
            Date,
            stockId,
            Quantity,
            UnitPrice,
            Amount,
            Fee,
            Tax,
            Currency ?? currency,
            FxRate,
            AcquiredOn,
            Note: null,
            ExternalId,
            intoStockId,
            IntoQuantity,
            CostShare
        );
}

/// <summary>The market of one symbol.</summary>
/// <param name="Symbol">Its name in this case.</param>
/// <param name="Currency">Currency of the closes; the case's if absent.</param>
/// <param name="Closes">Closes as traded, never adjusted for later splits; in any order, one of a day.</param>
/// <param name="Splits">Splits, one of a day.</param>
/// <param name="Dividends">Dividends, unadjusted.</param>
public sealed record CaseStock(
    string Symbol,
    Currency? Currency = null,
    IReadOnlyList<CaseClose>? Closes = null,
    IReadOnlyList<CaseSplit>? Splits = null,
    IReadOnlyList<CaseDividend>? Dividends = null
);

/// <summary>The close of a day; more than 8 decimals are rounded half-even to 8, as stored closes have them.</summary>
/// <param name="Date">The day.</param>
/// <param name="Close">The price, more than 0.</param>
public sealed record CaseClose(DateOnly Date, decimal Close);

/// <summary>From <paramref name="Date"/> on every <paramref name="From"/> old shares are <paramref name="To"/> new ones.</summary>
/// <param name="Date">First day in new shares.</param>
/// <param name="From">Old shares, more than 0.</param>
/// <param name="To">New shares, more than 0.</param>
public sealed record CaseSplit(DateOnly Date, decimal From, decimal To);

/// <summary>Cash per share held at the close before the ex-date.</summary>
/// <param name="ExDate">First day on which a buyer is no longer entitled.</param>
/// <param name="Amount">Cash per share, more than 0.</param>
/// <param name="PayDate">Day of payment.</param>
/// <param name="Currency">Currency of the amount; the stock's if absent.</param>
public sealed record CaseDividend(DateOnly ExDate, decimal Amount, DateOnly? PayDate = null, Currency? Currency = null);

/// <summary>An exchange rate of a day.</summary>
/// <param name="Base">The currency of which one unit is priced.</param>
/// <param name="Quote">The currency that it is priced in.</param>
/// <param name="Date">The day.</param>
/// <param name="Rate">Quote currency per base currency, more than 0, at most 10 decimals.</param>
public sealed record CaseRate(Currency Base, Currency Quote, DateOnly Date, decimal Rate);
