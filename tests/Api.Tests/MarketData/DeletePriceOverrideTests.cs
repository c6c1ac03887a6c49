using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class DeletePriceOverrideTests(ToldApp.App app)
{
    [Fact]
    public async Task What_the_provider_said_meanwhile_returns()
    {
        var company = app.New().Bar(3, 10).Bar(4, 20);
        var stock = await app.Fetch(company);
        await Set(stock, "2025-03-04");
        await Set(stock, "2025-03-05");
        await app.Fetch(company.Bar(4, 21));

        (await app.Api.Delete($"stocks/{stock}/prices/2025-03-04?reason=right+now")).Is(204);
        (await app.Api.Delete($"stocks/{stock}/prices/2025-03-05?reason=right+now")).Is(204);

        (await app.Closes(stock)).Should().Equal(("2025-03-03", 10m), ("2025-03-04", 21m));
        var me = await app.Caller();
        (await app.Corrections(stock))
            .Should()
            .Equal(
                $"2025-03-05 15>- manual {me}",
                $"2025-03-04 15>21 manual {me}",
                $"2025-03-05 ->15 manual {me}",
                $"2025-03-04 20>15 manual {me}"
            );
        await app.Fetch(company.Bar(4, 22));
        (await app.Closes(stock)).Should().Contain(("2025-03-04", 22m), "the provider's word counts again");
    }

    [Fact]
    public async Task Without_one_there_is_nothing_to_withdraw()
    {
        var stock = await app.Fetch(app.New().Bar(3, 10));
        (await app.Api.Delete($"stocks/{stock}/prices/2025-03-03?reason=x")).IsProblem(404, "priceOverride.notFound");
        (await app.Api.Delete($"stocks/{stock}/prices/2025-03-03?reason=")).IsInvalid("reason");
    }

    private async Task Set(string stock, string date)
    {
        var body = """{"close":"15","reason":"typo"}""";
        (await app.Api.Send(HttpMethod.Put, $"stocks/{stock}/prices/{date}", body)).Is(200);
    }
}
