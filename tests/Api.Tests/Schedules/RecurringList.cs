using System.Globalization;
using CleanPortfolio.Testing;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Schedules;

/// <summary>What the dashboard shows of recurring work, read and changed through the queue's own storage.</summary>
internal static class RecurringList
{
    public static List<RecurringJobDto> Recurring(this TestApp app)
    {
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetRecurringJobs();
    }

    public static RecurringJobDto? Recurring(this TestApp app, string name) => app.Recurring().Find(job => job.Id == name);

    /// <summary>Makes firings due, as if they had been registered a month ago and no server had run since.</summary>
    public static void MakeDue(this TestApp app, string name)
    {
        var past = DateTime.UtcNow.AddDays(-30);
        var text = JobHelper.SerializeDateTime(past);
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();
        using var change = connection.CreateWriteTransaction();
        change.SetRangeInHash($"recurring-job:{name}", [new("NextExecution", text), new("CreatedAt", text)]);
        change.AddToSet("recurring-jobs", name, JobHelper.ToTimestamp(past));
        change.Commit();
    }

    /// <summary>Waits for something that happens in the background.</summary>
    public static async Task Until(Func<Task<bool>> happened, string what)
    {
        var end = DateTime.UtcNow.AddSeconds(40);
        while (!await happened())
        {
            if (DateTime.UtcNow > end)
                throw new TimeoutException(what);
            await Task.Delay(50);
        }
    }

    public static async Task<long> Count(this TestApp app, string fromWhere)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select count(*) from {fromWhere}", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static Dictionary<string, string> On(params string[] names) =>
        names.ToDictionary(name => $"Schedules:{name}:Enabled", _ => "true", StringComparer.Ordinal);
}
