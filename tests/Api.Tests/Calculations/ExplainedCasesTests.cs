using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Calculations;
using CleanPortfolio.Domain;
using CleanPortfolio.Testing;
using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CleanPortfolio.Api.Tests.Calculations;

/// <summary>
/// Random cases, answered in this process and written as the API writes them. As many as the variable EXPLAINED_CASES says: 20000 take
/// about a minute.
/// </summary>
[Collection(LedgerApp.Name)]
public sealed class ExplainedCasesTests(TestApp app, ITestOutputHelper output)
{
    private static readonly int Cases = int.Parse(
        Environment.GetEnvironmentVariable("EXPLAINED_CASES") ?? "1000",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task Every_figure_of_random_cases_is_made_again_from_the_JSON_alone()
    {
        var options = app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var refused = 0;
        var wrong = new List<string>();
        for (var seed = 1; seed <= Cases; seed++)
        {
            var body = new AnyCase(seed).Json();
            try
            {
                var report = await mediator.Send(new CalculatePortfolio(JsonSerializer.Deserialize<CaseDraft>(body, options)!));
                using var answer = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(report, options));
                Redo.Check(answer.RootElement.At("explain"));
                Reasons.Check(answer.RootElement);
            }
            catch (RuleBroken rule) when (rule.Code is "transaction.oversold")
            {
                refused++;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                var where = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Clean", StringComparison.Ordinal));
                wrong.Add($"{seed}: {exception.GetType().Name} {exception.Message}{(exception is XunitException ? "" : where)}");
            }
        }
        output.WriteLine($"{Cases} cases, {refused} refused");
        wrong.Count.Should().Be(0, "of {0} these are wrong: {1}", Cases, string.Join('\n', wrong.Take(12)));
        refused.Should().BeLessThan(1 + (Cases / 50));
    }
}
