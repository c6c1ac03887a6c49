using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Markets.MadeUp;

/// <summary>Payments at regular months, a little more every year, restated by the stock's splits.</summary>
internal static class MadeUpDividends
{
    const int YearlyRaisePercent = 4;
    static readonly DateOnly NextDaySettlement = new(2024, 5, 28);

    public static IEnumerable<Dividend> Of(MadeUpStock made, DateOnly[] sessions)
    {
        if (made.DividendCents == 0 || sessions.Length == 0)
            return [];
        var phase = (int)(Dice.Seed(made.Ticker) % 12);
        var every = 12 / made.Payments;
        return ExDates(every, phase, 5 + phase, sessions[^1])
            .Where(date => !(date < made.Listed) && !(date > made.LastDay))
            .SelectMany(date => Paid(made, date));
    }

    static IEnumerable<DateOnly> ExDates(int every, int phase, int dayOfMonth, DateOnly last)
    {
        for (var month = MadeUpMarket.FirstDay.AddDays(-3).AddMonths(phase % every); ; month = month.AddMonths(every))
        {
            var date = ExchangeCalendar.SessionFrom(month.AddDays(dayOfMonth));
            if (date > last)
                yield break;
            yield return date;
        }
    }

    static IEnumerable<Dividend> Paid(MadeUpStock made, DateOnly date)
    {
        var cents = made.DividendCents + (made.DividendCents * YearlyRaisePercent * (date.Year - MadeUpMarket.FirstDay.Year) / 100);
        var cash = cents / 100m;
        foreach (var split in made.Splits.Where(split => split.Date <= date))
            cash = cash * split.From / split.To;
        var regular = new Dividend(
            Stock.ActionId("dividend", made.Ticker, date, 0),
            made.Ticker,
            date,
            decimal.Round(cash, 4, MidpointRounding.AwayFromZero)
        )
        {
            Declared = date.AddDays(-24),
            Record = date >= NextDaySettlement ? date : ExchangeCalendar.SessionFrom(date.AddDays(1)),
            Paid = ExchangeCalendar.SessionFrom(date.AddDays(21)),
            Frequency = made.Payments,
        };
        yield return regular;
        if (made.SpecialDividend == date)
        {
            yield return regular with
            {
                Id = Stock.ActionId("dividend", made.Ticker, date, 1),
                Cash = 5 * regular.Cash,
                Frequency = 0,
                IsSpecial = true,
            };
        }
    }
}
