using System.Globalization;
using CleanPortfolio.Application.Customers;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Portfolios;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.WebApi.Development;

/// <summary>
/// Two customers whose portfolios tell a story: a split, dividends, sales, fees, a cash account, two currencies. Made on the first start,
/// through the same use cases as everything else; a start that was cut short is continued by the next. Trades are at the closing price of
/// their day, whatever market is behind the API.
/// </summary>
internal sealed class SeedStory(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SeedStory> logger) : BackgroundService
{
    public const string AdaEmail = "ada@example.com";
    private const string GraceEmail = "grace@example.com";
    private static readonly DateOnly Start = new(2024, 1, 2);

    private static readonly Scene[] Scenes =
    [
        new(AdaEmail, "Long-term growth", CashMode.External)
        {
            Trades =
            [
                new(TransactionKind.Buy, "NVDA", new(2024, 2, 1), 12), // 10 for 1 on 2024-06-10
                new(TransactionKind.Buy, "AAPL", new(2024, 3, 15), 40),
                new(TransactionKind.Buy, "KO", new(2024, 4, 1), 150),
                new(TransactionKind.Sell, "NVDA", new(2025, 3, 3), 50),
                new(TransactionKind.Buy, "AAPL", new(2025, 4, 10), 25),
                new(TransactionKind.Sell, "KO", new(2026, 2, 2), 30),
            ],
            DividendsOf = ["KO", "AAPL"],
        },
        new(AdaEmail, "Savings plan", CashMode.Tracked)
        {
            Cash =
            [
                new(TransactionKind.Deposit, new(2024, 1, 2), 25_000),
                new(TransactionKind.Fee, new(2024, 12, 31), 49.90m),
                new(TransactionKind.Deposit, new(2025, 7, 1), 5_000),
                new(TransactionKind.Withdrawal, new(2026, 5, 4), 1_500),
            ],
            Trades =
            [
                new(TransactionKind.Buy, "MSFT", new(2024, 1, 3), 20),
                new(TransactionKind.Buy, "JNJ", new(2024, 6, 3), 30),
                new(TransactionKind.Buy, "MSFT", new(2025, 7, 2), 8),
            ],
            DividendsOf = ["JNJ", "MSFT"],
        },
        new(GraceEmail, "Retirement", CashMode.Tracked)
        {
            Cash = [new(TransactionKind.Deposit, new(2024, 1, 2), 60_000), new(TransactionKind.Interest, new(2024, 12, 31), 312.45m)],
            Trades =
            [
                new(TransactionKind.Buy, "JPM", new(2024, 1, 4), 60),
                new(TransactionKind.Buy, "XOM", new(2024, 2, 5), 80),
                new(TransactionKind.Buy, "TSLA", new(2024, 8, 1), 25),
                new(TransactionKind.Sell, "TSLA", new(2025, 9, 2), 25),
            ],
            DividendsOf = ["JPM", "XOM"],
        },
        new(GraceEmail, "Euro savings", CashMode.External)
        {
            Currency = Currency.Parse("EUR"),
            Trades =
            [
                new(TransactionKind.Buy, "MSFT", new(2024, 5, 2), 15),
                new(TransactionKind.Sell, "MSFT", new(2025, 6, 2), 5),
                new(TransactionKind.Buy, "KO", new(2025, 8, 1), 60),
            ],
            DividendsOf = ["MSFT", "KO"],
        },
    ];

    /// <summary>Their trades, as soon as there are prices.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Tell(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The seeded portfolios are not complete; the next start goes on with them");
        }
    }

    /// <summary>Customers with empty portfolios, and the job for their prices, if there is no customer yet.</summary>
    public async Task Open(CancellationToken cancellationToken)
    {
        if (await With(scope => scope.Database.Customers.AnyAsync(cancellationToken)))
            return;
        foreach (var (email, name) in new[] { (AdaEmail, "Ada Lovelace"), (GraceEmail, "Grace Hopper") })
        {
            var customer = await Send(new RegisterCustomer(new CustomerDraft(name, email)), cancellationToken);
            foreach (var scene in Scenes.Where(scene => scene.Email == email))
                await Send(
                    new OpenPortfolio(customer.Id, new PortfolioDraft(scene.Portfolio, scene.Currency, scene.CashMode)),
                    cancellationToken
                );
        }
        var tickers = Scenes.SelectMany(scene => scene.Trades).Select(trade => trade.Ticker).Append("C:EURUSD").Distinct().ToList();
        await Send(new StartPopulation(new PopulationDraft(Start, null, tickers)), cancellationToken);
    }

    private async Task Tell(CancellationToken cancellationToken)
    {
        foreach (var scene in Scenes)
        {
            var portfolio = await With(scope =>
                scope.Database.Portfolios.FirstOrDefaultAsync(
                    portfolio =>
                        portfolio.Name == scene.Portfolio
                        && scope.Database.Customers.Any(customer => customer.Id == portfolio.CustomerId && customer.Email == scene.Email),
                    cancellationToken
                )
            );
            if (portfolio is null)
                continue;
            await WaitForPrices(cancellationToken);
            var told = await With(scope =>
                scope
                    .Database.Transactions.Where(entry => entry.PortfolioId == portfolio.Id)
                    .Select(entry => entry.ExternalId)
                    .ToListAsync(cancellationToken)
            );
            foreach (var draft in await Drafts(scene, cancellationToken))
                if (!told.Contains(draft.ExternalId))
                    await Send(new RecordTransaction(portfolio.Id, draft), cancellationToken);
        }
    }

    private async Task WaitForPrices(CancellationToken cancellationToken)
    {
        while (await With(scope => scope.Database.Jobs.AnyAsync(job => job.FinishedAt == null, cancellationToken)))
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
    }

    private async Task<List<TransactionDraft>> Drafts(Scene scene, CancellationToken cancellationToken)
    {
        var drafts = scene.Cash.Select(cash => new TransactionDraft(cash.Kind, cash.Date, Amount: cash.Amount)).ToList();
        foreach (var trade in scene.Trades)
            if (await Close(trade.Ticker, trade.Date, cancellationToken) is { } price)
                drafts.Add(
                    new TransactionDraft(trade.Kind, trade.Date, Ticker: trade.Ticker, Quantity: trade.Shares, UnitPrice: price, Fee: 1)
                );
        foreach (var ticker in scene.DividendsOf)
            drafts.AddRange(await Dividends(scene, ticker, cancellationToken));
        return
        [
            .. drafts
                .OrderBy(draft => draft.Date)
                .Select(draft =>
                    draft with
                    {
                        // Stocks trade in dollars, whatever currency the portfolio is in.
                        Currency = draft.Ticker is null ? null : Currency.Usd,
                        ExternalId = string.Create(CultureInfo.InvariantCulture, $"seed {draft.Date:O} {draft.Kind} {draft.Ticker}"),
                    }
                ),
        ];
    }

    private Task<decimal?> Close(string ticker, DateOnly date, CancellationToken cancellationToken) =>
        With(scope =>
            scope
                .Database.DailyPrices.Where(price =>
                    price.Date == date && scope.Database.Stocks.Any(stock => stock.Id == price.StockId && stock.Ticker == ticker)
                )
                .Select(price => (decimal?)price.Close)
                .FirstOrDefaultAsync(cancellationToken)
        );

    // Whoever held shares at the close before the ex-date is paid for them.
    private async Task<IEnumerable<TransactionDraft>> Dividends(Scene scene, string ticker, CancellationToken cancellationToken)
    {
        var trades = scene.Trades.Where(trade => trade.Ticker == ticker).ToList();
        var dividends = await With(scope =>
            scope
                .Database.Dividends.Where(dividend =>
                    dividend.ExDate > trades[0].Date
                    && scope.Database.Stocks.Any(stock => stock.Id == dividend.StockId && stock.Ticker == ticker)
                )
                .ToListAsync(cancellationToken)
        );
        var today = Domain.Calendars.UsMarketCalendar.DateOf(clock.GetUtcNow());
        return from dividend in dividends
            let payDate = dividend.PayDate ?? dividend.ExDate
            let held = trades
                .Where(trade => trade.Date < dividend.ExDate)
                .Sum(trade => trade.Kind is TransactionKind.Buy ? trade.Shares : -trade.Shares)
            where held > 0 && payDate <= today
            select new TransactionDraft(TransactionKind.Dividend, payDate, Ticker: ticker, Amount: Exact.Trim(held * dividend.Amount));
    }

    private Task<TAnswer> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken cancellationToken) =>
        With(scope => scope.Mediator.Send(request, cancellationToken));

    private async Task<T> With<T>(Func<(IDatabase Database, IMediator Mediator), Task<T>> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use((scope.ServiceProvider.GetRequiredService<IDatabase>(), scope.ServiceProvider.GetRequiredService<IMediator>()));
    }

    private sealed record Scene(string Email, string Portfolio, CashMode CashMode)
    {
        public Currency Currency { get; init; } = Currency.Usd;
        public IReadOnlyList<CashMove> Cash { get; init; } = [];
        public IReadOnlyList<Trade> Trades { get; init; } = [];
        public IReadOnlyList<string> DividendsOf { get; init; } = [];
    }

    private sealed record Trade(TransactionKind Kind, string Ticker, DateOnly Date, decimal Shares);

    private sealed record CashMove(TransactionKind Kind, DateOnly Date, decimal Amount);
}
