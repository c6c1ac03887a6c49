using CleanPortfolio.Application;
using CleanPortfolio.Application.Customers;
using CleanPortfolio.Application.Portfolios;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class CustomerRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Customers");
        customers
            .MapPost("", Requests.Create<RegisterCustomer, CustomerDetails>(customer => $"{Routes.Root}/customers/{customer.Id}"))
            .Named<RegisterCustomer>(Allow.ManageCustomers, 400, 409);
        customers.MapGet("", Requests.Get<ListCustomers, Page<CustomerDetails>>()).Named<ListCustomers>(Allow.ReadPortfolios, 400);
        customers.MapGet("/{customerId}", Requests.Get<GetCustomer, CustomerDetails>()).Named<GetCustomer>(Allow.ReadPortfolios, 400, 404);
        customers
            .MapPatch("/{customerId}", Requests.Get<UpdateCustomer, CustomerDetails>())
            .Named<UpdateCustomer>(Allow.WritePortfolios, 400, 404, 409);
        customers.MapDelete("/{customerId}", Requests.Do<DeleteCustomer>()).Named<DeleteCustomer>(Allow.ManageCustomers, 400, 404, 409);
        customers
            .MapGet("/{customerId}/personal-data", Requests.Get<GetPersonalData, PersonalData>())
            .Named<GetPersonalData>(Allow.ReadPortfolios, 400, 404);
        customers
            .MapDelete("/{customerId}/personal-data", Requests.Do<DeletePersonalData>())
            .Named<DeletePersonalData>(Allow.ManageCustomers, 400, 404, 409);
        customers
            .MapPost(
                "/{customerId}/portfolios",
                Requests.Create<OpenPortfolio, PortfolioDetails>(portfolio => $"{Routes.Root}/portfolios/{portfolio.Id}")
            )
            .Named<OpenPortfolio>(Allow.WritePortfolios, 400, 404, 409);
        customers
            .MapGet("/{customerId}/portfolios", Requests.Get<ListPortfolios, Page<PortfolioDetails>>())
            .Named<ListPortfolios>(Allow.ReadPortfolios, 400, 404);
        customers
            .MapGet("/{customerId}/returns", Requests.Compute<GetCustomerReturns, ReturnsReport>())
            .Named<GetCustomerReturns>(Allow.ReadPortfolios, 400, 404, 422);
        customers
            .MapGet("/{customerId}/returns/explain", Requests.Compute<ExplainCustomerReturns, ExplainReport>())
            .Named<ExplainCustomerReturns>(Allow.ReadPortfolios, 400, 404, 422);
        customers
            .MapGet("/{customerId}/risk", Requests.Compute<GetCustomerRisk, PerformanceRiskReport>())
            .Named<GetCustomerRisk>(Allow.ReadPortfolios, 400, 404, 422);
        customers
            .MapGet("/{customerId}/history", Requests.Compute<GetCustomerHistory, HistoryReport>())
            .Named<GetCustomerHistory>(Allow.ReadPortfolios, 400, 404, 422);
    }
}
