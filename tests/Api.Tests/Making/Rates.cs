using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>
/// Exchange rates through the API. They belong to all tests of an app alike, so a test keeps to currencies that no other one uses, and that
/// are crossed through dollar or euro on days of its own.
/// </summary>
internal static class Rates
{
    /// <summary>Stores rates, which must be accepted: base, quote, day, rate.</summary>
    public static async Task<Answer> Store(this TestApp app, params (string Base, string Quote, string Date, string Rate)[] rates) =>
        (await app.TryStore(rates)).Is(200);

    /// <summary>Stores rates, which may be refused.</summary>
    public static Task<Answer> TryStore(this TestApp app, params (string Base, string Quote, string Date, string Rate)[] rates) =>
        app.Api.Send(
            HttpMethod.Put,
            "exchange-rates",
            new
            {
                rates = rates.Select(rate => new
                {
                    @base = rate.Base,
                    quote = rate.Quote,
                    date = rate.Date,
                    rate = rate.Rate,
                }),
            }
        );
}
