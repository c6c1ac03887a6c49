using CleanPortfolio.WebApi.Access;
using Hangfire;
using Hangfire.Dashboard;

namespace CleanPortfolio.WebApi;

/// <summary>Hangfire's dashboard: open to this machine in Development, closed elsewhere until there are roles.</summary>
internal static class Dashboard
{
    // It has a door of its own, below.
    public static void Map(WebApplication app) =>
        app.MapHangfireDashboard(
                "/hangfire",
                new DashboardOptions
                {
                    DashboardTitle = "CleanPortfolio jobs",
                    Authorization = [new OnlyInDevelopment(app.Environment), new LocalRequestsOnlyAuthorizationFilter()],
                    AppPath = "/swagger",
                }
            )
            .WithMetadata(Allow.Anybody);

    private sealed class OnlyInDevelopment(IHostEnvironment environment) : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => environment.IsDevelopment();
    }
}
