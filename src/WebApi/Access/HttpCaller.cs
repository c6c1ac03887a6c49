using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.WebApi.Access;

/// <summary>The caller of the present HTTP request, as authentication found it: nobody until then. Outside of a request the program itself.</summary>
internal sealed class HttpCaller(IHttpContextAccessor http) : ICaller
{
    public Caller Current => http.HttpContext is { } context ? context.Features.Get<Caller>() ?? Caller.Anonymous : Caller.System;
}
