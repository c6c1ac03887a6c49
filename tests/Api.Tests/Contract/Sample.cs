using System.Net.Http.Headers;
using System.Text;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Contract;

/// <summary>A request that an operation accepts, if what it names is there.</summary>
/// <param name="Path">With its query.</param>
/// <param name="Body">Null for none.</param>
internal sealed record Sample(string Path, object? Body)
{
    private static readonly object Why = new { reason = "seen on the tape" };

    /// <summary>Of an operation; it asks for the values of the names that it needs, those of the path and e-mail addresses and keys.</summary>
    public static Sample Of(Operation operation, Func<string, string> value) =>
        new(operation.Filled(value) + Query(operation.Name, value), BodyOf(operation.Name, value));

    private static string Query(string operation, Func<string, string> value) =>
        operation switch
        {
            "GetTradingDays" => "?from=2025-03-01&to=2025-03-31",
            "GetExchangeRate" => "?from=EUR&to=USD&date=2026-01-05",
            "GetStockPrices" => "?from=2025-03-01&to=2025-03-31",
            "DeletePriceOverride" => "?reason=slip",
            "ListCustomers" => $"?email={Uri.EscapeDataString(value("email"))}",
            "ListTransactions" => $"?externalId={Uri.EscapeDataString(value("externalId"))}",
            "ImportTransactions" => "?source=probe",
            "ListExchangeRates" => "?base=EUR&quote=USD",
            _ => "",
        };

    private static object? BodyOf(string operation, Func<string, string> value) =>
        operation switch
        {
            // Wrong on purpose: whoever may call is told so, and no credential changes.
            "OpenSession" or "UpdateSession" or "CloseSession" or "UpdatePassword" => "{}",
            "CreateAccount" => new { email = Unique.Email(), role = "operator" },
            "UpdateAccount" => new { isDisabled = false },
            "CreateApiKey" => new { name = "probe", scopes = new[] { "market:read" } },
            "RegisterCustomer" => new { name = "Probe", email = Unique.Email() },
            "UpdateCustomer" or "UpdatePortfolio" => new { name = Unique.Name() },
            "OpenPortfolio" => new { name = Unique.Name(), currency = "USD" },
            "RecordTransaction" => Entry(value),
            "EvaluateTransactions" => new { transactions = new[] { Entry(value) }, voided = new[] { value("transactionId") } },
            "EvaluateReturns" => new
            {
                items = new object[] { new { customerId = value("customerId") }, new { portfolioId = value("portfolioId") } },
            },
            "AcceptDividends" => new { all = true },
            "ImportTransactions" => File(value),
            "StartPopulation" or "PlanPopulation" => new
            {
                from = "2025-03-01",
                to = "2025-03-31",
                tickers = new[] { "NONE" },
            },
            "RepairMarketData" or "PlanRepair" => new { from = "2025-03-01", to = "2025-03-31" },
            "StoreExchangeRates" => new
            {
                rates = new[]
                {
                    new
                    {
                        @base = "EUR",
                        quote = "USD",
                        date = "2026-01-05",
                        rate = "1.1",
                    },
                },
            },
            "ReleaseQuarantinedRow" or "DismissQuarantinedRow" or "AcceptSplitReport" or "RejectSplitReport" => Why,
            "OverrideQuarantinedRow" or "OverrideStockPrice" => new { reason = "seen on the tape", close = "10" },
            "CalculatePortfolio" => new
            {
                currency = "USD",
                transactions = new[]
                {
                    new
                    {
                        kind = "deposit",
                        date = "2026-01-05",
                        amount = "10",
                    },
                },
            },
            "CalculateCashFlows" => new
            {
                flows = new[] { new { date = "2026-01-05", amount = "-10" }, new { date = "2026-02-05", amount = "11" } },
            },
            "CalculateReturnSeries" => new { returns = new[] { 0.01, -0.01 } },
            _ => null,
        };

    private static object Entry(Func<string, string> value) =>
        new
        {
            kind = "buy",
            date = "2025-03-05",
            stockId = value("stockId"),
            quantity = "1",
            unitPrice = "10",
        };

    private static ByteArrayContent File(Func<string, string> value) =>
        new(Encoding.UTF8.GetBytes($"date,kind,ticker,quantity,unitPrice\r\n2025-03-05,buy,{value("ticker")},1,10\r\n"))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("text/csv") },
        };
}
