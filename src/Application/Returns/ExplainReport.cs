using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>
/// Everything that made the figures of a range, so that they can be made again from this answer alone, digit by digit. Money is a product
/// that was rounded once, half-even to 10 decimals, or a sum of such; what is a product of what is said at each member. A rate is the
/// exact ratio numerator / denominator.
/// </summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Currency">Currency of all figures that name no other; null for a customer without portfolios.</param>
/// <param name="Portfolios">Portfolio by portfolio.</param>
/// <param name="Days">
/// Value, inflow and outflow of the whole at the close of each day, the day before <c>from</c> first: what the time-weighted return links,
/// the money-weighted return discounts and Modified Dietz weighs. Empty when an exchange rate is missing.
/// </param>
/// <param name="Rates">
/// Rates from each currency of a stock, and of a portfolio with tracked cash, into that of the figures: each counts from its <c>from</c> on.
/// </param>
/// <param name="Returns">The figures that all this made, as <c>GetPortfolioReturns</c> answers them.</param>
public sealed record ExplainReport(
    DateOnly From,
    DateOnly To,
    Currency? Currency,
    IReadOnlyList<ExplainedPortfolio> Portfolios,
    IReadOnlyList<ExplainedDay> Days,
    IReadOnlyList<ExplainedDayRate> Rates,
    ReturnsReport Returns
);

/// <summary>One portfolio.</summary>
/// <param name="PortfolioId">The portfolio.</param>
/// <param name="Currency">Its own currency.</param>
/// <param name="Cash">Whether cash belongs to it.</param>
/// <param name="CostMethod">Which lots sales consume.</param>
/// <param name="Entries">Every transaction that counts until <c>to</c>, in the order in which it counts.</param>
/// <param name="Stocks">Every stock held or traded in the range, by ticker.</param>
/// <param name="OpeningCash">Cash at the close of the day before <c>from</c>; 0 when it is not tracked; null when a rate is missing.</param>
/// <param name="ClosingCash">Cash at the close of <c>to</c>: with tracked cash the sum of the entries' cash until then.</param>
/// <param name="Flows">What crossed the portfolio's border, entry by entry: inflows positive.</param>
public sealed record ExplainedPortfolio(
    Id<Portfolio> PortfolioId,
    Currency Currency,
    CashMode Cash,
    CostMethod CostMethod,
    IReadOnlyList<ExplainedEntry> Entries,
    IReadOnlyList<ExplainedStock> Stocks,
    decimal? OpeningCash,
    decimal? ClosingCash,
    IReadOnlyList<ExplainedFlow> Flows
);

/// <summary>One transaction, and what it is in the currency of the figures.</summary>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Date">Its day.</param>
/// <param name="Kind">What happened.</param>
/// <param name="StockId">The stock, if any.</param>
/// <param name="Quantity">Shares.</param>
/// <param name="UnitPrice">Price per share, in the entry's currency.</param>
/// <param name="Amount">Amount, in the entry's currency.</param>
/// <param name="Fee">Fee, in the entry's currency.</param>
/// <param name="Tax">Tax, in the entry's currency.</param>
/// <param name="Currency">The entry's currency.</param>
/// <param name="Rate">What its money is multiplied by; null when it is not known.</param>
/// <param name="Gross">quantity x unitPrice x rate, or amount x rate; null when the rate is not known.</param>
/// <param name="FeeConverted">fee x rate.</param>
/// <param name="TaxConverted">tax x rate.</param>
/// <param name="Cash">What it does to cash: - (gross + fee + tax) of a purchase, gross - fee - tax of a sale or of income, and so on.</param>
/// <param name="CashInPortfolio">
/// What it does to cash in the portfolio's own currency, in which the balance is kept: the balance of a day is their sum until then x the
/// rate of the day. The same as <c>cash</c> when the figures are in that currency.
/// </param>
/// <param name="FxRate">Portfolio currency per currency of the entry, as stated; null when the rate of the day applies.</param>
/// <param name="IntoStockId">The stock that a spin-off or merger brings.</param>
/// <param name="IntoQuantity">How many shares of it.</param>
/// <param name="CostShare">Part of the cost that goes over.</param>
public sealed record ExplainedEntry(
    Id<Transaction> TransactionId,
    DateOnly Date,
    TransactionKind Kind,
    Id<Stock>? StockId,
    decimal? Quantity,
    decimal? UnitPrice,
    decimal? Amount,
    decimal Fee,
    decimal Tax,
    Currency Currency,
    ExplainedRate? Rate,
    decimal? Gross,
    decimal? FeeConverted,
    decimal? TaxConverted,
    decimal? Cash,
    decimal? CashInPortfolio,
    decimal? FxRate,
    Id<Stock>? IntoStockId,
    decimal? IntoQuantity,
    decimal? CostShare
);

/// <summary>A rate as the exact ratio that was used.</summary>
/// <param name="Numerator">A whole number.</param>
/// <param name="Denominator">A whole number.</param>
/// <param name="Date">Day of the oldest stored rate in it; null within one currency or when it was stated.</param>
/// <param name="Legs">The stored rates that it was made of, in order; none within one currency or when it was stated.</param>
public sealed record ExplainedRate(string Numerator, string Denominator, DateOnly? Date, IReadOnlyList<ExplainedLeg> Legs)
{
    internal static ExplainedRate? Of(Rate? rate, IReadOnlyList<RateLeg>? legs = null) =>
        rate is not { } known
            ? null
            : new ExplainedRate(
                known.NumeratorText,
                known.DenominatorText,
                known.Date,
                [.. (legs ?? []).Select(leg => new ExplainedLeg(leg.Base, leg.Quote, leg.Date, leg.Value, leg.Inverted))]
            );
}

/// <summary>A rate that counts from a day on.</summary>
/// <param name="Currency">Converted from.</param>
/// <param name="From">First day, at its close.</param>
/// <param name="Rate">The rate; null while none is known.</param>
public sealed record ExplainedDayRate(Currency Currency, DateOnly From, ExplainedRate? Rate);

/// <summary>One stored rate of a conversion.</summary>
/// <param name="Base">The currency of which one unit is priced.</param>
/// <param name="Quote">The currency that it is priced in.</param>
/// <param name="Date">Its day; null for the fixed ratio of a minor unit.</param>
/// <param name="Rate">Quote per base.</param>
/// <param name="Inverted">The conversion divides by it.</param>
public sealed record ExplainedLeg(Currency Base, Currency Quote, DateOnly? Date, decimal Rate, bool Inverted);
