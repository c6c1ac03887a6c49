using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Binary COPY of entities into their table, within the transaction of the context; columns and conversions are those of the model.</summary>
internal static class BulkCopy
{
    private const int TimeoutSeconds = 300;

    public static async Task Write<T>(DbContext context, IReadOnlyCollection<T> entities, CancellationToken cancellationToken)
        where T : class
    {
        if (entities.Count == 0)
            return;
        var model = context.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Create(model, StoreObjectType.Table)!.Value;
        var columns = model
            .GetProperties()
            .Where(property => !property.IsConcurrencyToken)
            .Select(property => new Column(property, table))
            .ToList();
        var names = string.Join(", ", columns.Select(column => column.Name));
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {table.Name} ({names}) from stdin (format binary)",
            cancellationToken
        );
        writer.Timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        foreach (var entity in entities)
        {
            await writer.StartRowAsync(cancellationToken);
            foreach (var column in columns)
            {
                if (column.Of(entity) is { } value)
                    await writer.WriteAsync(value, column.Type, cancellationToken);
                else
                    await writer.WriteNullAsync(cancellationToken);
            }
        }
        await writer.CompleteAsync(cancellationToken);
    }

    private sealed class Column(IProperty property, StoreObjectIdentifier table)
    {
        private readonly Func<object?, object?> _convert = property.GetTypeMapping().Converter?.ConvertToProvider ?? (value => value);

        public string Name { get; } = property.GetColumnName(table)!;

        public string Type { get; } = property.GetColumnType(table)!;

        public object? Of(object entity) => property.PropertyInfo!.GetValue(entity) is { } value ? _convert(value) : null;
    }
}
