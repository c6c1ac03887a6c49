using System.Text.Json.Nodes;

namespace CleanPortfolio.Client.Tests;

public sealed class ContractTests
{
    [Fact]
    public void The_client_has_what_the_contract_has_and_nothing_else()
    {
        Comparison.Differences(Contract.Committed).Should().BeEmpty();
        Contract.Operations(Contract.Committed).Should().NotBeEmpty();
    }

    [Fact]
    public void A_client_that_falls_behind_is_found()
    {
        Found(contract => contract["paths"]!["/api/v1/stocks"]!["get"]!["operationId"] = "FindStocks")
            .Should()
            .BeEquivalentTo("FindStocks: the client lacks it", "SearchStocks: only the client has it");
        Found(contract => Properties(contract, "CustomerDetails")["phone"] = JsonNode.Parse("""{"type": "string"}"""))
            .Should()
            .Equal("CustomerDetails: the client lacks phone string?");
        Found(contract => Properties(contract, "TransactionDetails")["quantity"]!["format"] = "double")
            .Should()
            .Contain("TransactionDetails: only the client has required quantity string:decimal?");
        Found(contract => contract["paths"]!["/api/v1/customers"]!["get"]!["parameters"]![0]!["required"] = true)
            .Should()
            .BeEquivalentTo("ListCustomers: the client lacks query email string", "ListCustomers: only the client has query email string?");
        Found(contract => contract["components"]!["schemas"]!["PriceBasis"]!["enum"]!.AsArray().Add("inflation"))
            .Should()
            .Equal("PriceBasis: the client lacks inflation");
    }

    private static JsonNode Properties(JsonNode contract, string schema) => contract["components"]!["schemas"]![schema]!["properties"]!;

    private static IEnumerable<string> Found(Action<JsonNode> change) => Comparison.Differences(Contract.With(change));
}
