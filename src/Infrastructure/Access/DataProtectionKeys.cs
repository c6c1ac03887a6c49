using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>
/// The framework's keys for cookies and forms, in the database of the service. They are not encrypted there: what they protect is of no use
/// to whoever can read the database, for a cookie also holds a token of which the database knows only the hash.
/// </summary>
internal sealed class DataProtectionKeys(Func<NpgsqlDataSource> dataSource) : IXmlRepository
{
    // The framework asks once a day, and not asynchronously.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = new List<XElement>();
        using var command = dataSource().CreateCommand("select xml from data_protection_keys");
        using var rows = command.ExecuteReader();
        while (rows.Read())
            keys.Add(XElement.Parse(rows.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = dataSource()
            .CreateCommand(
                "insert into data_protection_keys (name, xml) values ($1, $2) on conflict (name) do update set xml = excluded.xml"
            );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
