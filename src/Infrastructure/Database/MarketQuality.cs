using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Stock by stock along the primary key, so that nothing is sorted; only what stands out leaves the database.</summary>
internal sealed class MarketQuality(NpgsqlDataSource dataSource) : IMarketQuality
{
    // Far enough back to see the price before the first one of the range, over holidays.
    private const int LookBack = 10;

    public async Task<IReadOnlyList<PriceStep>> Steps(
        IReadOnlyCollection<Id<Stock>> stocks,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        await using var command = dataSource.CreateCommand(
            """
            select stock.id, before, before_close, date, open
            from unnest($1) as stock (id)
            cross join lateral (
                select date, open, lag(date) over day as before, lag(close) over day as before_close
                from daily_prices
                where stock_id = stock.id and date between $2::date - $5::int and $3
                window day as (order by date)
            ) as price
            where date >= $2
                and (
                    date - before > 3
                    or (date - before > 1 and extract(isodow from date) <> 1)
                    or open > before_close * $4
                    or open * $4 < before_close
                )
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. stocks.Select(stock => stock.Value)] });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = to });
        command.Parameters.Add(new NpgsqlParameter<decimal> { TypedValue = OpeningJump.Least });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LookBack });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var steps = new List<PriceStep>();
        while (await reader.ReadAsync(cancellationToken))
            steps.Add(
                new PriceStep(
                    new Id<Stock>(reader.GetGuid(0)),
                    reader.GetFieldValue<DateOnly>(1),
                    reader.GetDecimal(2),
                    reader.GetFieldValue<DateOnly>(3),
                    reader.GetDecimal(4)
                )
            );
        return steps;
    }

    public async Task<IReadOnlyList<RateStep>> RateSteps(DateOnly from, DateOnly to, int days, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select base, quote, before, date
            from (
                select base, quote, date, lag(date) over (partition by base, quote order by date) as before
                from exchange_rates
                where date <= $2
            ) as rate
            where date >= $1 and date - before > $3
            order by base, quote, date
            """
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = to });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = days });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var steps = new List<RateStep>();
        while (await reader.ReadAsync(cancellationToken))
            steps.Add(
                new RateStep(
                    Currency.Parse(reader.GetString(0)),
                    Currency.Parse(reader.GetString(1)),
                    reader.GetFieldValue<DateOnly>(2),
                    reader.GetFieldValue<DateOnly>(3)
                )
            );
        return steps;
    }
}
