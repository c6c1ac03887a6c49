using System.Text.Json;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Schedules;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>How Domain values become columns: ids uuid, currencies and enums text, decimals numeric with the digits they came with.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        builder.Properties<Id<Account>>().HaveConversion<IdConverter<Account>>();
        builder.Properties<Id<Session>>().HaveConversion<IdConverter<Session>>();
        builder.Properties<Id<ApiKey>>().HaveConversion<IdConverter<ApiKey>>();
        builder.Properties<Role>().HaveConversion<EnumConverter<Role>>();
        builder.Properties<Id<Customer>>().HaveConversion<IdConverter<Customer>>();
        builder.Properties<Id<Portfolio>>().HaveConversion<IdConverter<Portfolio>>();
        builder.Properties<Id<Transaction>>().HaveConversion<IdConverter<Transaction>>();
        builder.Properties<Id<Stock>>().HaveConversion<IdConverter<Stock>>();
        builder.Properties<Id<Dividend>>().HaveConversion<IdConverter<Dividend>>();
        builder.Properties<Id<Import>>().HaveConversion<IdConverter<Import>>();
        builder.Properties<Id<Job>>().HaveConversion<IdConverter<Job>>();
        builder.Properties<Id<ReportedSplit>>().HaveConversion<IdConverter<ReportedSplit>>();
        builder.Properties<Id<QuarantinedRow>>().HaveConversion<IdConverter<QuarantinedRow>>();
        builder.Properties<Currency>().HaveConversion<CurrencyConverter>();
        builder.Properties<TransactionKind>().HaveConversion<EnumConverter<TransactionKind>>();
        builder.Properties<RowOutcome>().HaveConversion<EnumConverter<RowOutcome>>();
        builder.Properties<CashMode>().HaveConversion<EnumConverter<CashMode>>();
        builder.Properties<CostMethod>().HaveConversion<EnumConverter<CostMethod>>();
        builder.Properties<SplitVerdict>().HaveConversion<EnumConverter<SplitVerdict>>();
        builder.Properties<SplitDecision>().HaveConversion<EnumConverter<SplitDecision>>();
        builder.Properties<RowKind>().HaveConversion<EnumConverter<RowKind>>();
        builder.Properties<QuarantineStatus>().HaveConversion<EnumConverter<QuarantineStatus>>();
        builder.Properties<JobKind>().HaveConversion<EnumConverter<JobKind>>();
        builder.Properties<JobStatus>().HaveConversion<EnumConverter<JobStatus>>();
        builder.Properties<ItemStatus>().HaveConversion<EnumConverter<ItemStatus>>();
        builder.Properties<ScheduleName>().HaveConversion<EnumConverter<ScheduleName>>();
        builder.Properties<ItemWork>().HaveConversion<EnumConverter<ItemWork>>();
        builder.Properties<FetchKind>().HaveConversion<EnumConverter<FetchKind>>();
        builder.Properties<FetchOutcome>().HaveConversion<EnumConverter<FetchOutcome>>();
    }

    /// <summary>An enum member as it stands in JSON and in columns.</summary>
    public static string Text<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A check that a column holds a member of an enum.</summary>
    public static string IsMember<T>(string column)
        where T : struct, Enum => $"{column} in ({string.Join(", ", Enum.GetValues<T>().Select(value => $"'{Text(value)}'"))})";

    private sealed class IdConverter<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new Id<T>(value));

    private sealed class CurrencyConverter() : ValueConverter<Currency, string>(currency => currency.Code, code => Currency.Parse(code));

    private sealed class EnumConverter<T>() : ValueConverter<T, string>(value => Text(value), text => Enum.Parse<T>(text, ignoreCase: true))
        where T : struct, Enum;
}
