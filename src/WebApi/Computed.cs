using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.Net.Http.Headers;

namespace CleanPortfolio.WebApi;

/// <summary>The operation answers figures that are computed from a portfolio's or a customer's ledgers and the market's data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ComputedAttribute : Attribute;

/// <summary>
/// ETags of computed figures: of the versions of what they are computed from, so that a client that holds the same ones is told so by 304
/// before anything is computed. The versions are read first: what changes meanwhile makes the next ETag another one.
/// </summary>
internal static class Computed
{
    // Of all that computes: an assembly whose own text stays the same has the same identity again, whatever it calls.
    private static readonly string Build = string.Join(
        ' ',
        new[] { typeof(Portfolio), typeof(IDataVersions), typeof(PortfolioDb), typeof(Computed) }.Select(type =>
            type.Module.ModuleVersionId
        )
    );

    public static async Task Tag(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComputedAttribute>() is null || await DataVersion(http) is not { } version)
        {
            await next(http);
            return;
        }
        var tag = new EntityTagHeaderValue(TagOf(http, version));
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(one => one.Compare(tag, useStrongComparison: false)))
        {
            Describe(http.Response, tag);
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status200OK)
                Describe(http.Response, tag);
            return Task.CompletedTask;
        });
        await next(http);
    }

    private static void Describe(HttpResponse response, EntityTagHeaderValue tag)
    {
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, no-cache";
    }

    private static async Task<string?> DataVersion(HttpContext http)
    {
        var versions = http.RequestServices.GetRequiredService<IDataVersions>();
        return Id<Portfolio>.TryParse(http.GetRouteValue("portfolioId") as string, null, out var portfolio)
                ? await versions.OfPortfolio(portfolio, http.RequestAborted)
            : Id<Customer>.TryParse(http.GetRouteValue("customerId") as string, null, out var customer)
                ? await versions.OfCustomer(customer, http.RequestAborted)
            : null;
    }

    private static string TagOf(HttpContext http, string version)
    {
        var caller = http.RequestServices.GetRequiredService<ICaller>().Current;
        var today = UsMarketCalendar.DateOf(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var request = http.Request;
        var text = $"{Build}\n{today:O}\n{version}\n{caller.Reach}\n{request.Path}\n{request.QueryString}";
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16))}\"";
    }
}
