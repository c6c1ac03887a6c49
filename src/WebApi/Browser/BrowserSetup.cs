using Microsoft.AspNetCore.DataProtection;

namespace CleanPortfolio.WebApi.Browser;

/// <summary>Registers what pages for people need: sessions by cookie, and tokens in forms that no other site can know.</summary>
internal static class BrowserSetup
{
    public static void Add(WebApplicationBuilder builder)
    {
        // Keys are kept in the database: all servers share them, and a restart signs nobody out.
        builder.Services.AddDataProtection().SetApplicationName("CleanPortfolio");
        builder.Services.AddSingleton<BrowserSessions>();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = "formToken";
            forms.Cookie = new FormCookie(!builder.Environment.IsDevelopment())
            {
                Name = "cleanportfolio-form",
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                IsEssential = true,
            };
        });
    }

    // The framework's own setting fails where a proxy that ends TLS is not known, instead of saying what is wrong.
    private sealed class FormCookie(bool isSecure) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = isSecure || context.Request.IsHttps;
            return options;
        }
    }
}
