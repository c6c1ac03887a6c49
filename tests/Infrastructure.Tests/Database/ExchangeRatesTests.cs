using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Infrastructure.Tests.Making;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Tests.Database;

/// <summary>Rates are everybody's: each test has currencies of its own.</summary>
[Collection(DatabaseTests.Name)]
public sealed class ExchangeRatesTests(DatabaseApp app)
{
    private IExchangeRates Rates => app.Services.GetRequiredService<IExchangeRates>();

    [Fact]
    public async Task Rates_stored_again_are_no_news_and_changed_ones_are_replaced()
    {
        ExchangeRate[] rates = [.. Enumerable.Range(0, 300).Select(day => Of("PHP", "VND", day, 430 + (day / 8m)))];
        (await Store(rates)).Should().Be(300);
        (await Store([.. rates.Reverse()])).Should().Be(0);
        rates[7] = rates[7] with { Rate = 1 };
        (await Store([.. rates, Of("PHP", "VND", 300, 2), Of("PHP", "VND", 300, 3)]))
            .Should()
            .Be(2, "of several for a day the first counts");
        (await Lines("PHP", "VND")).Should().HaveCount(301).And.Contain("(2024-05-13,1,test)").And.Contain("(2025-03-02,2,test)");
    }

    [Fact]
    public async Task A_rate_that_cannot_be_is_refused_with_all_that_came_with_it()
    {
        var before = await Version();
        var storing = () => Store(Of("PHP", "LAK", 0, 380), Of("PHP", "LAK", 1, 0));
        (await storing.Should().ThrowAsync<Npgsql.PostgresException>()).Which.ConstraintName.Should().Be("ck_exchange_rates_rate");
        (await Lines("PHP", "LAK")).Should().BeEmpty();
        (await Version()).Should().Be(before);
    }

    [Fact]
    public async Task Writers_of_the_same_rates_in_other_orders_neither_deadlock_nor_lose_one()
    {
        string[] codes = ["KHR", "MMK", "BND", "MOP"];
        ExchangeRate[] rows =
        [
            .. from one in codes from other in codes where one != other from day in Enumerable.Range(0, 40) select Of(one, other, day, 7),
        ];
        for (var round = 1; round <= 8; round++)
        {
            var dice = new Random(round);
            var written = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                    {
                        var mine = rows.Select(row => row with { Rate = 1000 + round }).ToArray();
                        dice.Shuffle(mine);
                        return Task.Run(() => Store(mine));
                    })
            );
            written.Sum().Should().Be(rows.Length, "each row is news to one writer only, in round {0}", round);
        }
        (await Lines("KHR", "MMK")).Should().HaveCount(40).And.OnlyContain(line => line.Contains(",1008,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_book_holds_the_pairs_among_its_currencies_and_those_with_the_pivots()
    {
        await Store(Of("BOB", "PEN", 0, 0.54m), Of("BOB", "USD", 0, 0.145m), Of("EUR", "PEN", 0, 4.05m), Of("BOB", "CLP", 0, 130));
        var (bob, pen) = (Currency.Parse("BOB"), Currency.Parse("PEN"));
        var book = await Rates.Load([bob, pen], default);
        book.On(bob, pen, Some.Day)!.Value.ToDecimal().Should().Be(0.54m);
        book.On(bob, Currency.Usd, Some.Day)!.Value.ToDecimal().Should().Be(0.145m);
        book.On(Currency.Parse("EUR"), pen, Some.Day)!.Value.ToDecimal().Should().Be(4.05m);
        book.On(bob, Currency.Parse("CLP"), Some.Day).Should().BeNull("it was not asked for");
    }

    [Fact]
    public async Task Minor_units_stand_for_their_major_ones()
    {
        await Store(Of("GBP", "NAD", 0, 23.5m));
        var (penny, nad) = (Currency.Parse("GBX"), Currency.Parse("NAD"));
        (await Rates.Load([penny, nad], default)).On(penny, nad, Some.Day)!.Value.ToDecimal().Should().Be(0.235m);
        (await Rates.Load([penny, Currency.Parse("GBP")], default)).Should().BeSameAs(RateBook.None);
    }

    [Fact]
    public async Task A_commit_is_seen_by_the_next_load_of_every_process()
    {
        await using var other = Another();
        var elsewhere = other.GetRequiredService<IExchangeRates>();
        Currency[] asked = [Currency.Parse("ISK"), Currency.Parse("ALL")];
        for (var day = 0; day < 20; day++)
        {
            await Store(Of("ISK", "ALL", day, day + 1));
            foreach (var rates in new[] { Rates, elsewhere })
                (await rates.Load(asked, default)).On(asked[0], asked[1], Some.Day.AddDays(day))!.Value.ToDecimal().Should().Be(day + 1);
        }
    }

    [Fact]
    public async Task The_version_changes_with_the_rates_of_the_book_and_with_nothing_else()
    {
        Currency[] asked = [Currency.Parse("MDL"), Currency.Parse("RSD")];
        (await Load()).Should().Be(0, "there are none");
        var versions = new List<long> { 0 };
        foreach (
            var rate in new[] { Of("MDL", "RSD", 0, 6.1m), Of("MDL", "RSD", 1, 6.2m), Of("MDL", "RSD", 1, 6.3m), Of("RSD", "MDL", 1, 6.3m) }
        )
        {
            await Store(rate);
            versions.Add(await Load());
        }
        versions.Should().OnlyHaveUniqueItems();

        await Store(Of("MDL", "RSD", 1, 6.30m));
        await Store(Of("MDL", "UZS", 0, 700), Of("UZS", "KGS", 0, 700));
        (await Load()).Should().Be(versions[^1], "none of these is in the book");
        await Store(Of("MDL", "RSD", 1, 7));
        await Store(Of("MDL", "RSD", 1, 6.3m));
        (await Load()).Should().Be(versions[^1], "the content is what it was");
        await using var other = Another();
        (await other.GetRequiredService<IExchangeRates>().Load([.. asked.Reverse()], default)).Version.Should().Be(versions[^1]);

        async Task<long> Load() => (await Rates.Load(asked, default)).Version;
    }

    [Fact]
    public async Task Readers_see_all_of_a_commit_or_nothing()
    {
        const int Rounds = 300;
        Currency[] asked = [Currency.Parse("GEL"), Currency.Parse("AMD"), Currency.Parse("AZN")];
        await using var other = Another();
        var writing = Task.Run(async () =>
        {
            for (var round = 1; round <= Rounds; round++)
                await Store(Of("GEL", "AMD", 0, round), Of("AMD", "AZN", 0, round), Of("AZN", "GEL", 0, round));
        });
        await Task.WhenAll(
            new[] { Rates, other.GetRequiredService<IExchangeRates>() }.Select(rates =>
                Task.Run(async () =>
                {
                    var last = 0m;
                    while (!writing.IsCompleted)
                    {
                        await rates.Load(asked[..2], default); // so that a part is in memory already
                        var book = await rates.Load(asked, default);
                        var seen = asked.Select((one, i) => book.On(one, asked[(i + 1) % 3], Some.Day)?.ToDecimal() ?? 0).ToList();
                        seen.Distinct().Should().ContainSingle("one commit stored all three");
                        seen[0].Should().BeGreaterThanOrEqualTo(last);
                        last = seen[0];
                    }
                })
            )
        );
        await writing;
        (await Rates.Load(asked, default)).On(asked[0], asked[1], Some.Day)!.Value.ToDecimal().Should().Be(Rounds);
    }

    private static ExchangeRate Of(string @base, string quote, int day, decimal rate) =>
        new(Currency.Parse(@base), Currency.Parse(quote), Some.Day.AddDays(day), rate);

    private Task<long> Store(params ExchangeRate[] rates) => app.Store.StoreRates(rates, "test", default);

    private Task<List<string>> Lines(string @base, string quote) =>
        Sql.Lines(
            app.ConnectionString,
            $"select date, rate, source from exchange_rates where base = '{@base}' and quote = '{quote}' order by date"
        );

    private async Task<string> Version() =>
        string.Join(';', await Sql.Lines(app.ConnectionString, "select version from exchange_rate_version"));

    // Another process has nothing in common with this one but the database.
    private ServiceProvider Another()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Portfolio", app.ConnectionString)])
            .Build();
        return new ServiceCollection().AddLogging().AddInfrastructure(configuration).BuildServiceProvider();
    }
}
