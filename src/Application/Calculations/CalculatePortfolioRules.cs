using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;

namespace CleanPortfolio.Application.Calculations;

internal sealed class CalculatePortfolioRules : AbstractValidator<CalculatePortfolio>
{
    private const int MostTransactions = 20_000;
    private const int MostStocks = 2_000;
    private const int MostSplits = 200;
    private const int MostDividends = 10_000;
    private const int MostProblems = 100;
    private static readonly DateOnly Latest = new(2200, 1, 1);

    public CalculatePortfolioRules()
    {
        RuleFor(request => request.Draft.Currency).Major();
        RuleFor(request => request.Draft.Transactions)
            .NotNull()
            .Must(entries => entries is null or { Count: <= MostTransactions })
            .WithMessage($"must be at most {MostTransactions} transactions.");
        RuleFor(request => request.Draft.Stocks)
            .Must(stocks => stocks is null or { Count: <= MostStocks })
            .WithMessage($"must be at most {MostStocks} stocks.");
        RuleFor(request => request.Draft).Custom((draft, context) => Report(Problems(draft), context));
    }

    private static void Report(IEnumerable<(string Path, string Text)> problems, ValidationContext<CalculatePortfolio> context)
    {
        foreach (var (path, text) in problems.Take(MostProblems))
            context.AddFailure(path, text);
    }

    private static IEnumerable<(string Path, string Text)> Problems(CaseDraft draft) =>
        RangeProblems(draft)
            .Concat(Each(draft.Transactions, "transactions", entry => EntryProblems(entry, draft)))
            .Concat(Each(draft.Stocks, "stocks", StockProblems))
            .Concat(Twice(draft.Stocks, "stocks", stock => stock.Symbol))
            .Concat(Each(draft.ExchangeRates, "exchangeRates", RateProblems))
            .Concat(Twice(draft.ExchangeRates, "exchangeRates", rate => (rate.Base, rate.Quote, rate.Date)));

    private static IEnumerable<(string, string)> RangeProblems(CaseDraft draft)
    {
        if (draft.From > draft.To)
            yield return ("from", "must not be after to.");
        foreach (var (name, day) in new[] { ("from", draft.From), ("to", draft.To) })
            if (day is { } given && !IsDay(given))
                yield return (name, DayText);
        foreach (
            var (name, rate) in new[] { ("riskFreeRate", draft.RiskFreeRate), ("minimumAcceptableReturn", draft.MinimumAcceptableReturn) }
        )
            if (rate is <= -1 or > 1000)
                yield return (name, "must be a yearly fraction above -1 and at most 1000.");
        if (draft.BenchmarkBasis is PriceBasis.Raw)
            yield return ("benchmarkBasis", "must be split or total.");
        if (draft.Benchmark is { } symbol && draft.Stocks?.Any(stock => stock?.Symbol == symbol) != true)
            yield return ("benchmark", "must be the symbol of one of the stocks.");
    }

    private static IEnumerable<(string, string)> EntryProblems(CaseTransaction entry, CaseDraft draft)
    {
        // Symbols stand for ids here: equal when they are the same stock.
        var (stock, into) = (StandIn(entry.Symbol, 1), StandIn(entry.IntoSymbol, entry.IntoSymbol == entry.Symbol ? 1 : 2));
        foreach (var (field, text) in TransactionShape.Problems(entry.ToEntry(stock, into, draft.Currency)))
            yield return (
                field switch
                {
                    nameof(Entry.StockId) => "symbol",
                    nameof(Entry.IntoStockId) => "intoSymbol",
                    _ => field,
                },
                text
            );
        if (!IsDay(entry.Date))
            yield return ("date", DayText);
        if (entry.AcquiredOn is { } acquired && !IsDay(acquired))
            yield return ("acquiredOn", DayText);
        foreach (var (name, symbol) in new[] { ("symbol", entry.Symbol), ("intoSymbol", entry.IntoSymbol) })
            if (symbol is { } given && (given.Length is 0 or > 50 || given.Any(char.IsControl)))
                yield return (name, "must have 1 to 50 characters.");
    }

    private static IEnumerable<(string, string)> StockProblems(CaseStock stock) =>
        (
            string.IsNullOrEmpty(stock.Symbol) || stock.Symbol.Length > 50
                ? [("symbol", "must have 1 to 50 characters.")]
                : Array.Empty<(string, string)>()
        )
            .Concat(TooMany(stock.Splits, "splits", MostSplits))
            .Concat(TooMany(stock.Dividends, "dividends", MostDividends))
            .Concat(Each(stock.Closes, "closes", close => CloseProblems(close)))
            .Concat(Twice(stock.Closes, "closes", close => close.Date))
            .Concat(Each(stock.Splits, "splits", split => SplitProblems(split)))
            .Concat(Twice(stock.Splits, "splits", split => split.Date))
            .Concat(Each(stock.Dividends, "dividends", dividend => DividendProblems(dividend)));

    private static IEnumerable<(string, string)> CloseProblems(CaseClose close)
    {
        if (!IsDay(close.Date))
            yield return ("date", DayText);
        if (close.Close is < 0.00000001m or > Bar.GreatestPrice)
            yield return ("close", $"must be from 0.00000001 to {Bar.GreatestPrice}.");
    }

    private static IEnumerable<(string, string)> SplitProblems(CaseSplit split)
    {
        if (!IsDay(split.Date))
            yield return ("date", DayText);
        foreach (var (name, shares) in new[] { ("from", split.From), ("to", split.To) })
            if (shares is < 0.000001m or > 1_000_000m || Exact.Round(shares) != shares)
                yield return (name, "must be from 0.000001 to 1000000 with at most 10 decimals.");
    }

    private static IEnumerable<(string, string)> DividendProblems(CaseDividend dividend)
    {
        if (!IsDay(dividend.ExDate))
            yield return ("exDate", DayText);
        if (dividend.PayDate < dividend.ExDate || (dividend.PayDate is { } day && !IsDay(day)))
            yield return ("payDate", "must be a day from the ex-date on.");
        if (dividend.Amount is <= 0 or > Bar.GreatestPrice || Exact.Round(dividend.Amount) != dividend.Amount)
            yield return ("amount", $"must be more than 0, at most {Bar.GreatestPrice}, with at most 10 decimals.");
    }

    private static IEnumerable<(string, string)> RateProblems(CaseRate rate)
    {
        if (!IsDay(rate.Date))
            yield return ("date", DayText);
        if (new ExchangeRate(rate.Base, rate.Quote, rate.Date, rate.Rate).Implausible() is { } text)
            yield return ("rate", $"is not a rate: {text}.");
    }

    private const string DayText = "must be a day from 1900-01-01 to 2199-12-31.";

    private static bool IsDay(DateOnly day) => day >= CommonRules.Earliest && day < Latest;

    private static Id<Stock>? StandIn(string? symbol, int number) =>
        symbol is null ? null : new Id<Stock>(new Guid(number, 0, 0, new byte[8]));

    private static IEnumerable<(string, string)> Each<T>(
        IReadOnlyList<T>? items,
        string name,
        Func<T, IEnumerable<(string Path, string Text)>> problems
    )
    {
        for (var i = 0; i < items?.Count; i++)
            if (items[i] is null)
                yield return ($"{name}[{i}]", "must not be null.");
            else
                foreach (var (path, text) in problems(items[i]))
                    yield return ($"{name}[{i}].{path}", text);
    }

    private static IEnumerable<(string, string)> TooMany<T>(IReadOnlyList<T>? items, string name, int most) =>
        items is null || items.Count <= most ? [] : [(name, $"must be at most {most}.")];

    private static IEnumerable<(string, string)> Twice<T, TKey>(IReadOnlyList<T>? items, string name, Func<T, TKey> keyOf)
    {
        var known = new HashSet<TKey>();
        for (var i = 0; i < items?.Count; i++)
            if (items[i] is not null && !known.Add(keyOf(items[i])))
                yield return ($"{name}[{i}]", "is there twice.");
    }
}
