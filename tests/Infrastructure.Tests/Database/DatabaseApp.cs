using CleanPortfolio.Application;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Tests.Database;

/// <summary>The program without workers: its database, and the ports that write to it.</summary>
public sealed class DatabaseApp() : TestApp(new TestAppOptions { Workers = 0 })
{
    internal IMarketStore Store => Services.GetRequiredService<IMarketStore>();

    internal RightOfWay RightOfWay => Services.GetRequiredService<RightOfWay>();

    internal IPriceHistory History => Services.GetRequiredService<IPriceHistory>();

    /// <summary>A stock of a new ticker without any fact.</summary>
    internal async Task<Id<Stock>> NewStock() => Id<Stock>.Parse((await TestStock.In(this, [])).Id, null);
}

/// <summary>Shares <see cref="DatabaseApp"/>.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseTests : ICollectionFixture<DatabaseApp>
{
    /// <summary>Of the collection.</summary>
    public const string Name = "database";
}

/// <summary>Facts for tests.</summary>
internal static class Some
{
    public static readonly DateOnly Day = new(2024, 5, 6);

    public static DailyPrice Price(Id<Stock> stock, int day, decimal close) =>
        new(stock, Day.AddDays(day), close, close, close, close, 100);

    public static Dividend Dividend(Id<Stock> stock, decimal amount, string? providerId = null, int day = 0) =>
        new(
            Id<Dividend>.New(TimeProvider.System.GetUtcNow()),
            stock,
            Day.AddDays(day),
            amount,
            Currency.Usd,
            "CD",
            null,
            null,
            null,
            providerId
        );
}
