using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class ProvisioningTests(AccessApp.App app)
{
    [Fact]
    public async Task A_key_that_is_given_again_stays_the_same_caller_and_another_one_takes_its_place()
    {
        var (email, text) = (Unique.Email(), ApiKeyText.New());

        var first = await OnlyKey(email, text);
        var again = await OnlyKey(email, text);
        var other = await OnlyKey(email, null);

        again.Should().Be(first, "what is kept of its requests is known by its identity");
        first.Secret.Should().Be(text.Text);
        other.Id.Should().NotBe(first.Id);
        (await app.With(http => http.DefaultRequestHeaders.Add("X-Api-Key", text.Text)).Get("me")).Is(401);
        (await app.With(http => http.DefaultRequestHeaders.Add("X-Api-Key", other.Secret)).Get("me")).Is(200);
    }

    private async Task<(string Secret, Id<ApiKey> Id)> OnlyKey(string email, ApiKeyText? text)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var provisioning = scope.ServiceProvider.GetRequiredService<Provisioning>();
        var owner = await provisioning.Account(email, Role.Admin, null, null, default);
        var secret = await provisioning.OnlyKey(owner, "Only", Scopes.All, text, default);
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        return (secret, (await database.ApiKeys.SingleAsync(key => key.AccountId == owner.Id)).Id);
    }
}
