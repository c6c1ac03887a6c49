using System.Text.Json;
using CleanPortfolio.Testing;
using Xunit.Sdk;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>A figure that does not exist says why, in the quality of its report.</summary>
internal static class Reasons
{
    private static readonly string[] Figures = ["openingValue", "closingValue", "inflows", "outflows", "gain", "parts", "simpleReturn"];
    private static readonly string[] Measures = ["modifiedDietz", "timeWeighted", "moneyWeighted", "moneyWeightedPeriod"];

    /// <summary>Every report of an answer of <c>POST /calculations</c>.</summary>
    public static void Check(JsonElement answer)
    {
        var returns = answer.At("returns");
        CheckReturns(returns);
        CheckList(answer.At("holdings"), "holdings", ["cost", "value", "unrealisedGain"]);
        CheckList(answer.At("lots"), "stocks", ["cost", "value", "unrealisedGain"]);
        CheckList(answer.At("history"), "points", ["value", "cost", "netInflow", "timeWeighted"]);
        if (answer.At("history.points").GetArrayLength() == 0)
            Need(answer.At("history"), "points", "fxRateMissing");
        var risk = answer.At("risk");
        foreach (var name in new[] { "timeWeighted", "risk.cumulative", "risk.annualised", "risk.volatility", "risk.downsideDeviation" })
            NeedWhenNull(risk, name);
        foreach (var name in new[] { "risk.sharpe", "risk.sortino", "risk.maxDrawdown", "risk.calmar" })
            NeedWhenNull(risk, name);
        if (risk.At("benchmark").ValueKind is JsonValueKind.Null)
            return;
        foreach (var name in new[] { "timeWeighted", "figures.beta", "figures.alpha", "figures.correlation", "sameFlows.closingValue" })
            NeedWhenNull(risk, $"benchmark.{name}");
    }

    private static void CheckReturns(JsonElement returns)
    {
        if (Nulls(returns.At("total"), Figures).Concat(Nulls(returns.At("measures"), Measures)).FirstOrDefault() is { } name)
            Need(returns, name);
        foreach (var stock in returns.At("stocks").EnumerateArray())
            if (Nulls(stock.At("figures"), Figures).Concat(Nulls(stock.At("measures"), Measures)).FirstOrDefault() is { } missing)
                Need(returns, missing, stock: stock.Text("stockId"));
        if (returns.Text("measures.timeWeightedAnnualised") is null)
            Need(returns, "timeWeightedAnnualised");
    }

    private static void CheckList(JsonElement report, string list, string[] names)
    {
        foreach (var one in report.At(list).EnumerateArray())
            if (Nulls(one, names).FirstOrDefault() is { } name)
                Need(report, name);
    }

    private static IEnumerable<string> Nulls(JsonElement json, string[] names) =>
        names.Where(name => json.At(name).ValueKind is JsonValueKind.Null);

    private static void NeedWhenNull(JsonElement report, string name)
    {
        if (report.At(name).ValueKind is JsonValueKind.Null)
            Need(report, name);
    }

    private static void Need(JsonElement report, string name, string? code = null, string? stock = null)
    {
        var told = report.At("quality.reasons").EnumerateArray().Where(reason => code is null || reason.Text("code") == code);
        if (stock is not null)
            told = told.Where(reason => reason.Text("stockId") == stock || reason.Text("code") is "fxRateMissing");
        if (!told.Any())
            throw new XunitException($"{name} is null without a reason: {report.At("quality")}");
    }
}
