using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class ListCustomersTests(TestApp app)
{
    [Fact]
    public async Task Paging_to_the_end_loses_none_and_tells_none_twice()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add(await app.Customer());

        var all = await app.Api.All("customers", limit: 2);

        all.Texts("id").Should().OnlyHaveUniqueItems().And.ContainInOrder(made);
    }

    [Fact]
    public async Task A_page_has_as_many_as_were_asked_for_and_the_last_one_no_cursor()
    {
        await app.Customer();
        await app.Customer();

        var first = (await app.Api.Get("customers?limit=1")).Is(200);
        var whole = (await app.Api.Get("customers?limit=500")).Is(200);

        first.At("items").GetArrayLength().Should().Be(1);
        first.Text("nextCursor").Should().NotBeNull();
        whole.Text("nextCursor").Should().BeNull();
    }

    [Fact]
    public async Task One_is_found_by_address_whatever_its_case()
    {
        var email = Unique.Email();
        var id = (await app.Api.Post("customers", new { name = "Ada", email })).Text("id");

        var found = (await app.Api.Get($"customers?email={email.ToUpperInvariant()}")).Is(200);

        found.At("items").EnumerateArray().Texts("id").Should().Equal(id);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=99999999999999", "limit")]
    [InlineData("cursor=garbage", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("cursor=%F0%9F%98%80", "cursor")]
    public async Task What_is_no_page_is_refused(string query, string path) => (await app.Api.Get($"customers?{query}")).IsInvalid(path);

    [Fact]
    public async Task An_address_with_a_null_character_is_nobodys() =>
        (await app.Api.Get("customers?email=a%00b")).IsProblem(400, "request.malformed");
}
