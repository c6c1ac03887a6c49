using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class SuggestedDividendsTests
{
    private readonly Book _book = new();
    private readonly Id<Stock> _stock;
    private readonly List<Dividend> _dividends = [];

    public SuggestedDividendsTests() => _stock = _book.Stock("A");

    [Fact]
    public void A_product_is_rounded_once_half_to_even()
    {
        _book.Buy(_stock, 1, 0.0000000005m, 10);
        Pays(2, 0.1m);
        Pays(3, 0.3m);

        // 0.5e-10 and 1.5e-10
        Suggestions().Select(one => one.Gross).Should().Equal(0m, 0.0000000002m);
    }

    [Fact]
    public void Fractions_that_a_reverse_split_left_are_entitled_too()
    {
        _book.Buy(_stock, 1, 10, 10);
        _book.Split(_stock, 2, 3, 1);
        Pays(3, 0.25m);

        // 3.3333333333 x 0.25 = 0.833333333325
        Suggestions().Single().Gross.Should().Be(0.8333333333m);
    }

    [Fact]
    public void A_booking_on_either_day_is_as_it_should_be()
    {
        _book.Buy(_stock, 1, 10, 10);
        Book(Pays(2, 1, payDay: 9), day: 2, amount: 10);
        Book(Pays(3, 1, payDay: 9), day: 9, amount: 10);
        Book(Pays(4, 1, payDay: 9), day: 5, amount: 10); // the ex-date was corrected
        Book(Pays(5, 1), day: 5, amount: 9);
        Book(Pays(6, 1), day: 6, amount: 10, Currency.Parse("EUR"));

        Suggestions()
            .Select(one => one.Status)
            .Should()
            .Equal(
                SuggestionStatus.Recorded,
                SuggestionStatus.Recorded,
                SuggestionStatus.Changed,
                SuggestionStatus.Changed,
                SuggestionStatus.Changed
            );
    }

    [Fact]
    public void A_booking_of_shares_that_were_not_held_after_all_is_still_told()
    {
        Book(Pays(2, 1), day: 2, amount: 10);
        _book.Buy(_stock, 3, 10, 10);

        var only = Suggestions().Single();
        (only.Quantity, only.Gross, only.Status).Should().Be((0m, 0m, SuggestionStatus.Changed));
    }

    [Fact]
    public void A_booking_whose_dividend_is_gone_stands_for_the_one_in_its_place()
    {
        _book.Buy(_stock, 1, 10, 10);
        var gone = Pays(2, 1);
        Book(gone, day: 2, amount: 10);
        _dividends.Remove(gone);
        Pays(2, 1.5m);

        Suggestions().Single().Status.Should().Be(SuggestionStatus.PossiblyRecorded);
    }

    [Fact]
    public void Of_two_that_pay_the_same_each_takes_the_nearest_entry()
    {
        _book.Buy(_stock, 1, 10, 10);
        Pays(10, 1);
        Pays(40, 1);
        var second = _book.Dividend(_stock, 42, 10);
        var first = _book.Dividend(_stock, 30, 10);

        Suggestions().Select(one => one.Entry).Should().Equal(first, second);
    }

    [Fact]
    public void Only_a_dividend_can_book_a_dividend() =>
        FluentActions
            .Invoking(() =>
                new Transaction(
                    _book.Portfolio.Id,
                    Making.Book.Blank(TransactionKind.Interest, 1) with
                    {
                        Amount = 1,
                    },
                    DateTimeOffset.UnixEpoch,
                    Id<Dividend>.New(DateTimeOffset.UnixEpoch)
                )
            )
            .Should()
            .Throw<RuleBroken>()
            .Which.Code.Should()
            .Be("transaction.shape");

    private Dividend Pays(int exDay, decimal amount, int? payDay = null)
    {
        var dividend = new Dividend(
            Id<Dividend>.New(DateTimeOffset.UnixEpoch.AddDays(_dividends.Count)),
            _stock,
            Making.Book.Day(exDay),
            amount,
            Currency.Usd,
            "CD",
            null,
            null,
            payDay is { } day ? Making.Book.Day(day) : null,
            null
        );
        _dividends.Add(dividend);
        return dividend;
    }

    private void Book(Dividend dividend, int day, decimal amount, Currency? currency = null)
    {
        var entry = Making.Book.Blank(TransactionKind.Dividend, day) with
        {
            StockId = _stock,
            Amount = amount,
            Currency = currency ?? Currency.Usd,
        };
        _book.Entries.Add(new Transaction(_book.Portfolio.Id, entry, DateTimeOffset.UnixEpoch.AddDays(day), dividend.Id));
    }

    private IReadOnlyList<SuggestedDividend> Suggestions() =>
        SuggestedDividends.Of(_book.Position(_stock), _book.Entries, _dividends, Making.Book.Day(100));
}
