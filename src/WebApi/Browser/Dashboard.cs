using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Auditing;
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

    // Longer ones are of no page, and too long for the log's index.
    private const int LongestPath = 200;

    private static readonly ByBrowser Pages = new(IsOpen);

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
            .WithMetadata(Allow.OperateMarket, Pages);
    }

    /// <summary>Whether a request comes from an open page by itself, without anybody who looks at it.</summary>
    public static bool IsPolling(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Equals(Path + Figures, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells the audit log what an administrator asks the pages to do, before it is done.</summary>
    public static async Task Tell(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (http.GetEndpoint()?.Metadata.GetMetadata<ByBrowser>() == Pages && HttpMethods.IsPost(request.Method) && !IsPolling(request))
            await http
                .RequestServices.GetRequiredService<IAuditLog>()
                .Write(AuditActions.Asked, "dashboard", Short(request.Path), await Marked(request), http.RequestAborted);
        await next(http);
    }

    private static string Short(PathString path) => path.Value is { Length: > LongestPath } value ? value[..LongestPath] : path.Value!;

    // Buttons above a list name the jobs that are marked in it.
    private static async Task<Dictionary<string, string?>?> Marked(HttpRequest request) =>
        request.HasFormContentType && (await request.ReadFormAsync(request.HttpContext.RequestAborted))["jobs[]"] is { Count: > 0 } jobs
            ? new Dictionary<string, string?>(StringComparer.Ordinal) { ["jobs"] = jobs.ToString() }
            : null;

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
