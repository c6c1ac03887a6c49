using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Portfolios;

/// <summary>How far a dividend of the market data has come in a ledger.</summary>
public enum SuggestionStatus
{
    /// <summary>Not in the ledger: it can be accepted.</summary>
    Open,

    /// <summary>Accepted, as it is known today.</summary>
    Recorded,

    /// <summary>Accepted, and since then the market data or the shares entitled to it changed: the booking is no longer what would be suggested.</summary>
    Changed,

    /// <summary>A dividend that was entered by hand may be this one.</summary>
    PossiblyRecorded,

    /// <summary>Its ex-date is after today: it can't be accepted yet.</summary>
    Upcoming,
}

/// <summary>A dividend of the market data that a ledger is, or was, entitled to.</summary>
/// <param name="Dividend">As the market data tell it today.</param>
/// <param name="Quantity">Shares held at the close of the day before the ex-date, in shares of that day; 0 only when it was accepted once.</param>
/// <param name="Gross">Quantity x amount per share, half-even to 10 decimals, in the dividend's currency.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Entry">The transaction that books it, or may do so.</param>
public sealed record SuggestedDividend(Dividend Dividend, decimal Quantity, decimal Gross, SuggestionStatus Status, Transaction? Entry)
{
    /// <summary>The day on which it is booked; null when it is to be the day of payment and that is not known.</summary>
    public DateOnly? DayOf(BookOn bookOn) => bookOn is BookOn.ExDate ? Dividend.ExDate : Dividend.PayDate;
}

/// <summary>The day of a dividend on which it enters a ledger.</summary>
public enum BookOn
{
    /// <summary>The day on which the price drops, so that no return is torn in two.</summary>
    ExDate,

    /// <summary>The day on which the cash comes.</summary>
    PayDate,
}

/// <summary>Finds out what a ledger may have forgotten to book.</summary>
public static class SuggestedDividends
{
    /// <summary>Days after the day of payment on which a dividend entered by hand may still be that one.</summary>
    public const int DaysAfterPayment = 10;

    /// <summary>The same after the ex-date, while the day of payment is not known.</summary>
    public const int DaysAfterExDate = 45;

    /// <summary>
    /// One of each dividend for which shares were held at the close of the day before its ex-date, or which is booked; by ex-date. A split of
    /// the ex-date itself plays no part: the amount is per share held at that close.
    /// </summary>
    /// <param name="position">The stock in the ledger.</param>
    /// <param name="entries">The ledger's transactions of that stock, in any order; void ones are passed over.</param>
    /// <param name="dividends">Dividends of that stock, in any order.</param>
    /// <param name="today">Ex-dates after it are upcoming.</param>
    public static IReadOnlyList<SuggestedDividend> Of(
        Position position,
        IEnumerable<Transaction> entries,
        IReadOnlyCollection<Dividend> dividends,
        DateOnly today
    )
    {
        var income = entries.Where(entry => entry.Kind is TransactionKind.Dividend && entry.VoidedAt is null).ToList();
        var booked = income.Where(entry => entry.DividendId is not null).ToDictionary(entry => entry.DividendId!.Value);
        var found = dividends
            .Select(dividend => Suggest(dividend, position.At(dividend.ExDate.AddDays(-1)).Quantity, today, booked))
            .Where(suggestion => suggestion.Quantity > 0 || suggestion.Entry is not null)
            .OrderBy(suggestion => suggestion.Dividend.ExDate)
            .ThenBy(suggestion => suggestion.Dividend.Id)
            .ToList();
        // A booking whose dividend the provider took back stands for itself, like one entered by hand.
        var known = dividends.Select(dividend => dividend.Id).ToHashSet();
        var byHand = income.Where(entry => entry.DividendId is not { } id || !known.Contains(id)).ToList();
        return ClaimedByHand(found, byHand);
    }

    private static SuggestedDividend Suggest(
        Dividend dividend,
        decimal quantity,
        DateOnly today,
        Dictionary<Id<Dividend>, Transaction> booked
    )
    {
        var gross = quantity > 0 ? Exact.Product(quantity, dividend.Amount) : 0m;
        var entry = booked.GetValueOrDefault(dividend.Id);
        var status =
            entry is not null ? (IsStill(entry, dividend, gross) ? SuggestionStatus.Recorded : SuggestionStatus.Changed)
            : dividend.ExDate > today ? SuggestionStatus.Upcoming
            : SuggestionStatus.Open;
        return new SuggestedDividend(dividend, quantity, gross, status, entry);
    }

    private static bool IsStill(Transaction entry, Dividend dividend, decimal gross) =>
        entry.Amount == gross && entry.Currency == dividend.Currency && (entry.Date == dividend.ExDate || entry.Date == dividend.PayDate);

    // Each entry is at most one dividend and each dividend at most one entry; those of the same amount find each other first, then the nearest.
    private static List<SuggestedDividend> ClaimedByHand(List<SuggestedDividend> found, List<Transaction> byHand)
    {
        var pairs =
            from at in Enumerable.Range(0, found.Count)
            where found[at].Status is SuggestionStatus.Open
            from entry in byHand
            where MayBe(entry, found[at].Dividend)
            orderby entry.Amount == found[at].Gross && entry.Currency == found[at].Dividend.Currency descending, Distance(
                entry,
                found[at].Dividend
            ), at, entry.Id
            select (at, entry);
        var taken = new HashSet<Id<Transaction>>();
        foreach (var (at, entry) in pairs.ToList())
            if (found[at].Status is SuggestionStatus.Open && taken.Add(entry.Id))
                found[at] = found[at] with { Status = SuggestionStatus.PossiblyRecorded, Entry = entry };
        return found;
    }

    private static bool MayBe(Transaction entry, Dividend dividend) =>
        entry.Date >= dividend.ExDate
        && entry.Date.DayNumber
            <= (dividend.PayDate is { } payDate ? payDate.DayNumber + DaysAfterPayment : dividend.ExDate.DayNumber + DaysAfterExDate);

    private static int Distance(Transaction entry, Dividend dividend) =>
        Math.Min(
            Math.Abs(entry.Date.DayNumber - dividend.ExDate.DayNumber),
            Math.Abs(entry.Date.DayNumber - (dividend.PayDate ?? dividend.ExDate).DayNumber)
        );
}
