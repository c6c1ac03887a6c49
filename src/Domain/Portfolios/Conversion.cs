using CleanPortfolio.Domain.Currencies;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>Brings the money of a portfolio's entries into one reporting currency.</summary>
/// <param name="portfolio">The portfolio's currency, which stated rates lead to.</param>
/// <param name="reporting">The currency of the figures; usually the portfolio's.</param>
/// <param name="rates">The rates of the day, for what states none.</param>
public sealed class Conversion(Currency portfolio, Currency reporting, RateBook rates)
{
    /// <summary>The currency of the figures.</summary>
    public Currency Reporting { get; } = reporting;

    /// <summary>The rates of the day.</summary>
    public RateBook Rates { get; } = rates;

    /// <summary>For what has one currency only.</summary>
    public static Conversion Within(Currency currency) => new(currency, currency, RateBook.None);

    /// <summary>Reporting currency per unit of <paramref name="currency"/> at the close of <paramref name="day"/>; null when unknown.</summary>
    public Rate? On(Currency currency, DateOnly day) => Rates.On(currency, Reporting, day);

    /// <summary>Reporting currency per unit of the currency of <paramref name="entry"/>: the stated rate, else that of its day; null when unknown.</summary>
    public Rate? Of(Transaction entry) =>
        entry.Currency == Reporting ? Rate.One
        : entry.FxRate is { } stated && entry.Currency != portfolio ? Rate.Of(stated) * On(portfolio, DayOf(entry))
        : On(entry.Currency, DayOf(entry));

    /// <summary>Currency of a stock per unit of the currency of <paramref name="entry"/>; null when unknown.</summary>
    public Rate? ToStock(Transaction entry, Currency stock) =>
        entry.Currency == stock ? Rate.One
        : stock == Reporting ? Of(entry)
        : Rates.On(entry.Currency, stock, DayOf(entry));

    /// <summary>Reporting currency per unit of the currency of a stock, as <paramref name="entry"/> saw it; null when unknown.</summary>
    public Rate? OfStock(Transaction entry, Currency stock) =>
        stock == Reporting ? Rate.One
        : entry.Currency.ToMajor() == stock.ToMajor() ? Rates.On(stock, entry.Currency, entry.Date) * Of(entry)
        : On(stock, entry.Date);

    /// <summary>
    /// What exchange rates did to shares: their price in the stock's currency x <paramref name="rate"/> - their price in reporting currency;
    /// 0 where both are units of one currency.
    /// </summary>
    public decimal FxOf(Currency stock, decimal localPrice, decimal price, Rate rate) =>
        stock.ToMajor() == Reporting.ToMajor() ? 0m : rate.Convert(localPrice) - price;

    /// <summary>Day whose rate applies to <paramref name="entry"/>: a cost that is carried in was paid at the rate of its purchase.</summary>
    public static DateOnly DayOf(Transaction entry) =>
        entry.Kind is TransactionKind.TransferIn ? entry.AcquiredOn ?? entry.Date : entry.Date;
}
