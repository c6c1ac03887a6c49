using CleanPortfolio.Application.Calculations;
using CleanPortfolio.Application.Imports;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Portfolios;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.Application.Schedules;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>What a route costs: each class has a quota of its own.</summary>
internal enum RouteClass
{
    /// <summary>Rows by key or page.</summary>
    Read,

    /// <summary>A change of a few rows.</summary>
    Write,

    /// <summary>Figures that are computed from ledgers and prices.</summary>
    Compute,

    /// <summary>Whole files, and work in the background.</summary>
    Bulk,

    /// <summary>Attempts to prove who calls: counted by address, whoever calls.</summary>
    SignIn,
}

/// <summary>The class of a route, as metadata of its endpoint.</summary>
internal sealed record Costs(RouteClass Class)
{
    private static readonly Dictionary<Type, RouteClass> Known = new()
    {
        [typeof(CalculateCashFlows)] = RouteClass.Compute,
        [typeof(CalculatePortfolio)] = RouteClass.Compute,
        [typeof(CalculateReturnSeries)] = RouteClass.Compute,
        [typeof(EvaluateReturns)] = RouteClass.Compute,
        [typeof(EvaluateTransactions)] = RouteClass.Compute,
        [typeof(ExplainCustomerReturns)] = RouteClass.Compute,
        [typeof(ExplainPortfolioReturns)] = RouteClass.Compute,
        [typeof(GetCustomerHistory)] = RouteClass.Compute,
        [typeof(GetCustomerReturns)] = RouteClass.Compute,
        [typeof(GetCustomerRisk)] = RouteClass.Compute,
        [typeof(GetGains)] = RouteClass.Compute,
        [typeof(GetHoldings)] = RouteClass.Compute,
        [typeof(GetLots)] = RouteClass.Compute,
        [typeof(GetPortfolioHistory)] = RouteClass.Compute,
        [typeof(GetPortfolioReturns)] = RouteClass.Compute,
        [typeof(GetPortfolioRisk)] = RouteClass.Compute,
        [typeof(GetQuality)] = RouteClass.Compute,
        [typeof(GetQualitySummary)] = RouteClass.Compute,
        [typeof(ExportTransactions)] = RouteClass.Bulk,
        [typeof(ImportTransactions)] = RouteClass.Bulk,
        [typeof(PlanPopulation)] = RouteClass.Bulk,
        [typeof(PlanRepair)] = RouteClass.Bulk,
        [typeof(RepairMarketData)] = RouteClass.Bulk,
        [typeof(RunSchedule)] = RouteClass.Bulk,
        [typeof(StartPopulation)] = RouteClass.Bulk,
        [typeof(StartUniverse)] = RouteClass.Bulk,
        [typeof(UndoImport)] = RouteClass.Bulk,
    };

    /// <summary>Of a use case that costs more than its method tells; null of the others.</summary>
    public static Costs? Of(Type request) => Known.TryGetValue(request, out var known) ? new Costs(known) : null;

    /// <summary>Of a request on its way.</summary>
    public static RouteClass Of(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Costs>()?.Class
        ?? (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? RouteClass.Read : RouteClass.Write);
}
