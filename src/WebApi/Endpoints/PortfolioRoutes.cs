using CleanPortfolio.Application;
using CleanPortfolio.Application.Dividends;
using CleanPortfolio.Application.Portfolios;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.Application.Transactions;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class PortfolioRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var portfolios = api.MapGroup("/portfolios/{portfolioId}").WithTags("Portfolios");
        portfolios.MapGet("", Requests.Get<GetPortfolio, PortfolioDetails>()).Named<GetPortfolio>(Allow.ReadPortfolios, 400, 404);
        portfolios
            .MapPatch("", Requests.Get<UpdatePortfolio, PortfolioDetails>())
            .Named<UpdatePortfolio>(Allow.WritePortfolios, 400, 404, 409);
        portfolios.MapDelete("", Requests.Do<ClosePortfolio>()).Named<ClosePortfolio>(Allow.WritePortfolios, 400, 404, 409);
        portfolios
            .MapGet("/holdings", Requests.Compute<GetHoldings, HoldingsReport>())
            .Named<GetHoldings>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapGet("/returns", Requests.Compute<GetPortfolioReturns, ReturnsReport>())
            .Named<GetPortfolioReturns>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapGet("/returns/explain", Requests.Compute<ExplainPortfolioReturns, ExplainReport>())
            .Named<ExplainPortfolioReturns>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapPost("/what-if", Requests.Get<EvaluateTransactions, WhatIfReport>())
            .Named<EvaluateTransactions>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapGet("/risk", Requests.Compute<GetPortfolioRisk, PerformanceRiskReport>())
            .Named<GetPortfolioRisk>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapGet("/history", Requests.Compute<GetPortfolioHistory, HistoryReport>())
            .Named<GetPortfolioHistory>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios.MapGet("/gains", Requests.Compute<GetGains, GainsReport>()).Named<GetGains>(Allow.ReadPortfolios, 400, 404, 422);

        portfolios.MapGet("/lots", Requests.Compute<GetLots, LotsReport>()).Named<GetLots>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapGet("/suggested-dividends", Requests.Compute<GetSuggestedDividends, SuggestedDividendsReport>())
            .Named<GetSuggestedDividends>(Allow.ReadPortfolios, 400, 404, 422);
        portfolios
            .MapPost("/suggested-dividends/accept", Requests.Act<AcceptDividends, AcceptedDividends>())
            .Named<AcceptDividends>(Allow.WritePortfolios, 400, 404, 409, 422);

        var transactions = portfolios.MapGroup("/transactions").WithTags("Transactions");
        transactions
            .MapPost(
                "",
                Requests.Create<RecordTransaction, TransactionDetails>(entry =>
                    $"{Routes.Root}/portfolios/{entry.PortfolioId}/transactions/{entry.Id}"
                )
            )
            .Named<RecordTransaction>(Allow.WritePortfolios, 400, 404, 409, 422);
        transactions
            .MapGet("", Requests.Get<ListTransactions, Page<TransactionDetails>>())
            .Named<ListTransactions>(Allow.ReadPortfolios, 400, 404);
        transactions
            .MapGet("/{transactionId}", Requests.Get<GetTransaction, TransactionDetails>())
            .Named<GetTransaction>(Allow.ReadPortfolios, 400, 404);
        transactions
            .MapDelete("/{transactionId}", Requests.Do<VoidTransaction>())
            .Named<VoidTransaction>(Allow.WritePortfolios, 400, 404, 409, 422);
    }
}
