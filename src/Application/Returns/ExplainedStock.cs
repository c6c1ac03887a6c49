using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Returns;

/// <summary>One stock in one portfolio.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Currency">Currency of its prices.</param>
/// <param name="Opening">Its position at the close of the day before <c>from</c>.</param>
/// <param name="Closing">Its position at the close of <c>to</c>.</param>
/// <param name="Splits">Splits until <c>to</c>: each multiplies what is held at the close of the day before by to / from.</param>
/// <param name="Quantities">What is held from the close of a day on, until the next; the first reaches back before the range.</param>
/// <param name="Closes">
/// Raw closes from the one in force at the close of the day before <c>from</c> to <c>to</c>. Each counts until the next one; over a split it
/// is multiplied by from / to, half-even to 8 decimals. The value of a day is quantity x close x rate; before the first close it is the cost.
/// </param>
/// <param name="Flows">What went in and out of the stock, entry by entry.</param>
/// <param name="Sales">Every match of a sale of the range with a lot; none from a trade on whose exchange rate is missing.</param>
/// <param name="SettledFx">
/// Sum of what exchange rates had done to the lots that left in the range, less what they had done before to those delivered in.
/// </param>
/// <param name="Figures">What this made: gain = realised + unrealised + dividends + fees + taxes + fx, with
/// fx = closing.unrealisedFx - opening.unrealisedFx + settledFx, realised = sum of the sales' priceGain, and
/// unrealised = closing.value - opening.value + sum of traded - realised - fx.</param>
public sealed record ExplainedStock(
    Id<Stock> StockId,
    string Ticker,
    Currency Currency,
    ExplainedHolding Opening,
    ExplainedHolding Closing,
    IReadOnlyList<ExplainedSplit> Splits,
    IReadOnlyList<ExplainedQuantity> Quantities,
    IReadOnlyList<ExplainedClose> Closes,
    IReadOnlyList<ExplainedStockFlow> Flows,
    IReadOnlyList<ExplainedSale> Sales,
    decimal? SettledFx,
    FiguresReport Figures
);

/// <summary>A position at the close of a day: value = quantity x price x rate; its cost while there is no price.</summary>
/// <param name="Date">The day.</param>
/// <param name="Quantity">Shares.</param>
/// <param name="Price">Close in force, per share of the day.</param>
/// <param name="PriceDate">Its session.</param>
/// <param name="RawClose">That session's close as traded; differs from <c>price</c> when a split came since.</param>
/// <param name="Rate">Currency of the figures per currency of the stock.</param>
/// <param name="Value">The product.</param>
/// <param name="Cost">Sum of the lots' price and charges.</param>
/// <param name="UnrealisedFx">Sum of the lots' local price x rate - sum of their price; 0 while there is no price.</param>
/// <param name="Lots">The open lots, in the order in which sales take them.</param>
public sealed record ExplainedHolding(
    DateOnly Date,
    decimal Quantity,
    decimal? Price,
    DateOnly? PriceDate,
    decimal? RawClose,
    ExplainedRate? Rate,
    decimal? Value,
    decimal? Cost,
    decimal UnrealisedFx,
    IReadOnlyList<ExplainedLot> Lots
);

/// <summary>Shares bought together.</summary>
/// <param name="PurchaseId">The purchase.</param>
/// <param name="AcquiredOn">Its date.</param>
/// <param name="Quantity">Shares.</param>
/// <param name="Price">Paid for the shares alone; null, as the next two, when the rate of a purchase is missing.</param>
/// <param name="Charges">Fees and taxes of the purchase.</param>
/// <param name="LocalPrice">Price in the stock's currency.</param>
public sealed record ExplainedLot(
    Id<Transaction> PurchaseId,
    DateOnly AcquiredOn,
    decimal Quantity,
    decimal? Price,
    decimal? Charges,
    decimal? LocalPrice
);

/// <summary>A split.</summary>
/// <param name="ExecutionDate">First day in new shares.</param>
/// <param name="From">Old shares.</param>
/// <param name="To">New shares.</param>
public sealed record ExplainedSplit(DateOnly ExecutionDate, decimal From, decimal To);

/// <summary>What is held from the close of a day on.</summary>
/// <param name="From">The day.</param>
/// <param name="Quantity">Shares.</param>
/// <param name="Cost">Cost of the open lots.</param>
public sealed record ExplainedQuantity(DateOnly From, decimal Quantity, decimal? Cost);

/// <summary>A session's close as traded.</summary>
/// <param name="Date">The session.</param>
/// <param name="Close">The price, in the stock's currency.</param>
public sealed record ExplainedClose(DateOnly Date, decimal Close);

/// <summary>What an entry moved in and out of a stock.</summary>
/// <param name="TransactionId">The entry.</param>
/// <param name="Date">Its day.</param>
/// <param name="Inflow">Capital put in.</param>
/// <param name="Outflow">What the stock paid out.</param>
/// <param name="Traded">Price of the shares that went, less that of those that came.</param>
/// <param name="DeliveredCost">Cost of the lots that the entry took along, at which they move while the shares have no price.</param>
/// <param name="Dividends">Gross dividend.</param>
/// <param name="Fees">- fee.</param>
/// <param name="Taxes">- tax.</param>
public sealed record ExplainedStockFlow(
    Id<Transaction> TransactionId,
    DateOnly Date,
    decimal Inflow,
    decimal Outflow,
    decimal Traded,
    decimal DeliveredCost,
    decimal Dividends,
    decimal Fees,
    decimal Taxes
);

/// <summary>One match of a sale with a lot: priceGain = proceeds - price - fxGain.</summary>
/// <param name="SaleId">The sale.</param>
/// <param name="PurchaseId">The purchase.</param>
/// <param name="Date">Day of the sale.</param>
/// <param name="Quantity">Shares, in shares of that day.</param>
/// <param name="Proceeds">Share of the gross proceeds.</param>
/// <param name="Price">Paid for the shares alone.</param>
/// <param name="FxGain">Local price x rate of the sale - price.</param>
/// <param name="PriceGain">The rest.</param>
public sealed record ExplainedSale(
    Id<Transaction> SaleId,
    Id<Transaction> PurchaseId,
    DateOnly Date,
    decimal Quantity,
    decimal Proceeds,
    decimal Price,
    decimal FxGain,
    decimal PriceGain
);

/// <summary>What crossed the border of a portfolio.</summary>
/// <param name="TransactionId">The entry.</param>
/// <param name="Date">Its day.</param>
/// <param name="Amount">Positive when it came in.</param>
public sealed record ExplainedFlow(Id<Transaction> TransactionId, DateOnly Date, decimal Amount);

/// <summary>One day of the whole.</summary>
/// <param name="Date">The day.</param>
/// <param name="Value">Value at its close.</param>
/// <param name="Inflow">What came in.</param>
/// <param name="Outflow">What went out.</param>
public sealed record ExplainedDay(DateOnly Date, decimal Value, decimal Inflow, decimal Outflow);
