using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>Writes the entries of a <see cref="World"/> down, and follows what is surely held meanwhile.</summary>
internal sealed class WorldWriter(World world, Book book, List<Id<Stock>> ids, decimal scale, bool constant)
{
    private readonly decimal[] _held = new decimal[ids.Count];
    private List<(int Stock, int Day, decimal Ratio)> _cuts = [];
    private int _day = 1;

    public void Write(List<(int Stock, int Day, decimal Ratio)> cuts, int until)
    {
        _cuts = cuts;
        foreach (var intended in world.Acts)
        {
            var act = intended with { Stock = Chosen(intended) };
            // A spin-off or merger comes first on its day: it gets one of its own.
            var corporate = act.Kind > 14 && _held[act.Stock] > 0;
            Advance(Math.Max(act.Gap, corporate ? 1 : 0));
            if (_day > until)
                return;
            if (corporate)
                Reorganise(act);
            else
                Enter(act);
            Advance(corporate ? 1 : 0);
        }
    }

    // What leaves or changes is looked for among what is held.
    private int Chosen(Act act) =>
        act.Kind is 4 or 5 or 6 or >= 14
            ? Enumerable.Range(act.Stock, ids.Count).Select(i => i % ids.Count).Where(i => _held[i] > 0).DefaultIfEmpty(act.Stock).First()
            : act.Stock;

    private void Advance(int days)
    {
        for (var end = _day + days; _day < end; )
        {
            _day++;
            foreach (var cut in _cuts.Where(cut => cut.Day == _day))
                _held[cut.Stock] = Math.Floor(_held[cut.Stock] * cut.Ratio * 100_000_000m) / 100_000_000m;
        }
    }

    private void Reorganise(Act act)
    {
        var into = (act.Stock + 1 + (act.Extra % 4)) % ids.Count;
        var (shares, share) = (act.Size / 100m, act.Cents % 11 / 10m);
        if (act.Kind < 17)
        {
            book.SpinOff(ids[act.Stock], _day, ids[into], shares * scale, share);
        }
        else
        {
            var gone = act.Extra % 3 == 0 ? Leaving(act.Stock, act.Size) : _held[act.Stock];
            if (gone == 0)
                return;
            decimal? cash = act.Extra % 2 == 0 ? act.Cents / 100m * scale : null;
            book.Merger(ids[act.Stock], _day, gone * scale, ids[into], shares * scale, cash, cash is null ? null : share);
            _held[act.Stock] -= gone;
        }
        _held[into] += shares;
        Restate(act);
    }

    private void Enter(Act act)
    {
        var stock = ids[act.Stock];
        var (size, price, charge) = (act.Size / 100m, act.Cents / 100m, act.Extra % 50 / 10m * scale);
        var leaving = Leaving(act.Stock, act.Size);
        var sum = size * scale * (act.Extra % 3 == 0 ? -1 : 1);
        switch (act.Kind)
        {
            case 4 or 5 or 6 when leaving > 0:
                book.Sell(stock, _day, leaving * scale, price, charge, act.Extra % 5 * scale);
                _held[act.Stock] -= leaving;
                break;
            case 14 when leaving > 0:
                book.TransferOut(stock, _day, leaving * scale);
                _held[act.Stock] -= leaving;
                break;
            case 7:
                book.Dividend(stock, _day, size * scale, charge);
                break;
            case 8:
                book.Cash(TransactionKind.Interest, _day, sum);
                break;
            case 9 or 10:
                book.Cash(act.Kind == 9 ? TransactionKind.Fee : TransactionKind.Tax, _day, sum, act.Extra % 2 == 0 ? null : stock);
                break;
            case 11 or 12:
                book.Cash(act.Kind == 11 ? TransactionKind.Deposit : TransactionKind.Withdrawal, _day, size * scale * 10);
                break;
            case 13:
                book.TransferIn(stock, _day, size * scale, price, act.Extra % 2 == 0 ? null : _day - (act.Extra % 41));
                _held[act.Stock] += size;
                break;
            default:
                book.Buy(stock, _day, size * scale, price, charge, act.Extra % 7 * scale);
                _held[act.Stock] += size;
                break;
        }
        Restate(act);
    }

    // Mostly in the stock's currency, at times in the portfolio's or in any; a third of what could states a rate does.
    private void Restate(Act act)
    {
        var own = book.Facts[ids[act.Stock]].Currency.Code;
        var home = book.Portfolio.Currency.Code;
        var currency = (act.Extra % 10) switch
        {
            < 6 => own,
            < 9 => home,
            _ => World.CurrencyOf(act.Extra),
        };
        book.Restate(currency, !constant && currency != home && act.Cents % 3 == 0 ? ((act.Cents % 200) + 40) / 100m : null);
    }

    private decimal Leaving(int stock, int size) => Math.Floor(_held[stock] * (size % 9) / 8 * 100) / 100;
}
