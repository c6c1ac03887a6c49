using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Portfolios;

[Collection(LedgerApp.Name)]
public sealed class OpenPortfolioTests(TestApp app)
{
    [Fact]
    public async Task A_portfolio_holds_securities_only_and_sells_first_in_first_out_unless_told_otherwise()
    {
        var customer = await app.Customer();

        var answer = (await app.Api.Post($"customers/{customer}/portfolios", new { name = "Growth", currency = "usd" })).Is(201);

        answer.Text("customerId").Should().Be(customer);
        answer.Text("currency").Should().Be("USD");
        answer.Text("cash").Should().Be("external");
        answer.Text("costMethod").Should().Be("fifo");
        answer.Location.Should().Be($"/api/v1/portfolios/{answer.Text("id")}");
        (await app.Api.Get(answer.Location!)).Is(200).Body.Should().Be(answer.Body);
    }

    [Fact]
    public async Task A_name_is_taken_among_the_customers_own_only()
    {
        var (ada, grace) = (await app.Customer(), await app.Customer());
        var draft = new { name = "Growth", currency = "USD" };
        (await app.Api.Post($"customers/{ada}/portfolios", draft)).Is(201);

        (await app.Api.Post($"customers/{grace}/portfolios", draft)).Is(201);
        (await app.Api.Post($"customers/{ada}/portfolios", draft)).IsProblem(409, "portfolio.nameTaken");
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Post($"customers/{Guid.NewGuid()}/portfolios", new { name = "Growth", currency = "USD" })).IsProblem(
            404,
            "customer.notFound"
        );

    [Theory]
    [InlineData("""{"name":"Growth"}""", "currency")]
    [InlineData("""{"name":"Growth","currency":"XYZ"}""", "currency")]
    [InlineData("""{"name":"Growth","currency":840}""", "currency")]
    [InlineData("""{"name":"","currency":"GBX"}""", "name", "currency")]
    [InlineData("""{"name":"Growth","currency":"ZAc"}""", "currency")]
    [InlineData("""{"name":null,"currency":"USD"}""", "name")]
    [InlineData("""{"name":"Growth","currency":"USD","cash":"hidden"}""", "cash")]
    [InlineData("""{"name":"Growth","currency":"USD","cash":1}""", "cash")]
    [InlineData("""{"name":"Growth","currency":"USD","costMethod":"fifo,lifo"}""", "costMethod")]
    public async Task Wrong_settings_are_named(string body, params string[] paths) =>
        (await app.Api.Post($"customers/{await app.Customer()}/portfolios", body)).IsInvalid(paths);

    [Fact]
    public async Task A_minor_unit_is_told_which_currency_to_use()
    {
        var answer = await app.Api.Post($"customers/{await app.Customer()}/portfolios", new { name = "Pence", currency = "GBp" });

        answer.IsInvalid("currency").Text("errors.currency.0").Should().Be("must not be the minor unit GBX; use GBP.");
    }
}
