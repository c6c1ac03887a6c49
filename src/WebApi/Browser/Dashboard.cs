using CleanPortfolio.Domain.Access;
using CleanPortfolio.WebApi.Access;
using Hangfire;
using Hangfire.Dashboard;

namespace CleanPortfolio.WebApi.Browser;

/// <summary>Hangfire's dashboard: whoever operates the market sees it, administrators change things on it.</summary>
internal static class Dashboard
{
    public const string Path = "/hangfire";

    // The pages ask for it every few seconds, by POST, though it changes nothing.
    private const string Figures = "/stats";

    static Dashboard() => NavigationMenu.Items.Add(page => new MenuItem("Sign out", page.Url.To(SignInPages.SignOut)));

    public static void Map(WebApplication app)
    {
        SignInPages.Map(app);
        app.MapHangfireDashboard(
                Path,
                new DashboardOptions
                {
                    DashboardTitle = "CleanPortfolio jobs",
                    // Not by who calls from this machine, the usual filter: a proxy on it is everybody.
                    Authorization = [new ForOperators()],
                    IsReadOnlyFunc = context => CallerOf(context).Role is not Role.Admin,
                    DisplayStorageConnectionString = false,
                    AppPath = null,
                }
            )
            .WithMetadata(Allow.OperateMarket, new ByBrowser(IsOpen));
    }

    /// <summary>Whether a request comes from an open page by itself, without anybody who looks at it.</summary>
    public static bool IsPolling(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Equals(Path + Figures, StringComparison.OrdinalIgnoreCase);

    private static bool IsOpen(Caller caller, HttpRequest request) =>
        caller.Role is Role.Admin || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsPolling(request);

    private static Caller CallerOf(DashboardContext context) => context.GetHttpContext().Features.Get<Caller>() ?? Caller.Anonymous;

    // The gate has let them in already; should it be taken away, this stays.
    private sealed class ForOperators : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) =>
            CallerOf(context) is { Role: not Role.Service } caller && Allow.OperateMarket.Permits(caller);
    }
}
