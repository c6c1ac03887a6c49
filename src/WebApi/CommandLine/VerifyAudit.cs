using CleanPortfolio.Infrastructure.Auditing;
using CleanPortfolio.WebApi.Hygiene;
using Npgsql;

namespace CleanPortfolio.WebApi.CommandLine;

/// <summary>
/// <c>verify-audit [--head HASH,...]</c>: follows the audit log from its first entry on and says which entry is not what it was, or is not there.
/// Hashes that an earlier run printed must still be in it: that finds a log which somebody wrote anew from some entry on.
/// </summary>
internal static class VerifyAudit
{
    public const string Name = "verify-audit";

    /// <summary>Exit code: 0 whole, 1 broken.</summary>
    public static async Task<int> Run(WebApplication app)
    {
        var hashes = ConfiguredList.Of(app.Configuration, "head");
        if (hashes.FirstOrDefault(hash => hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)) is { } wrong)
            throw new Settings.Unusable($"{wrong} is no hash of the audit log: 64 hexadecimal digits, as an earlier run printed them.");
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            var chain = await scope
                .ServiceProvider.GetRequiredService<AuditVerifier>()
                .Verify(hashes.Select(hash => hash.ToLowerInvariant()), app.Lifetime.ApplicationStopping);
            foreach (var fault in chain.Faults)
                await Console.Error.WriteLineAsync($"Entry {fault.Sequence} {fault.Text}");
            await Console.Out.WriteLineAsync($"{chain.Count} entries, {chain.Faults.Count} faults, head {chain.Head}");
            return chain.Faults.Count == 0 ? 0 : 1;
        }
        catch (NpgsqlException e)
        {
            throw new Settings.Unusable($"The database of ConnectionStrings:Portfolio can't be read: {e.Message}", e);
        }
    }
}
