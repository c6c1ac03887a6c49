using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Transactions;

/// <summary>Ten shares bought at 100 on 5 January, and what becomes of them on 2 February.</summary>
[Collection(LedgerApp.Name)]
public sealed class CorporateActionsTests(TestApp app)
{
    private const string Range = "from=2026-01-01&to=2026-03-31";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_spin_off_takes_its_share_of_cost_to_the_new_shares(bool byTicker)
    {
        var customer = await app.Customer();
        var (id, parent, child) = await Held(customer);

        var entry = await app.Record(id, SpinOff(parent, child, byTicker: byTicker));

        (entry.Text("kind"), entry.Text("stockId"), entry.Text("intoStockId")).Should().Be(("spinOff", parent.Id, child.Id));
        (entry.Text("intoQuantity"), entry.Text("costShare"), entry.Text("quantity")).Should().Be(("5", "0.20", null));
        (await app.Api.Get(entry.Location!)).Is(200).Body.Should().Be(entry.Body);
        // 1000 x 0.8 and 1000 x 0.2; 10 x 90 and 5 x 50
        await IsHeld(id, parent, "10", 800, 900);
        await IsHeld(id, child, "5", 200, 250);
        var lots = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-03-31&stockId={child.Id}")).Is(200);
        (lots.Text("stocks.0.lots.0.acquiredOn"), lots.Exact("stocks.0.lots.0.cost")).Should().Be(("2026-01-05", 200m));
        foreach (var path in new[] { $"portfolios/{id}", $"customers/{customer}" })
        {
            var returns = (await app.Api.Get($"{path}/returns?{Range}")).Is(200);
            returns.Figures("total", 0, 1150, 1000, 0, 150);
            returns.Parts("total", 0, 150, 0, 0, 0, 0, 0);
            returns.At("stocks").EnumerateArray().Sum(stock => stock.Exact("figures.gain")).Should().Be(150);
            returns.Text("quality.status").Should().Be("complete");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merger_without_cash_takes_all_cost_along_and_realises_nothing(bool byTicker)
    {
        var customer = await app.Customer();
        var (id, parent, child) = await Held(customer);

        await app.Record(id, Merger(parent, child, "10", "8", byTicker: byTicker));

        await IsHeld(id, child, "8", 1000, 400);
        (await Holdings(id)).At("holdings").GetArrayLength().Should().Be(1);
        (await app.Api.Get($"portfolios/{id}/gains?{Range}")).Is(200).Exact("totalGain").Should().Be(0);
        var returns = (await app.Api.Get($"customers/{customer}/returns?{Range}")).Is(200);
        returns.Figures("total", 0, 400, 1000, 0, -600);
        returns.Parts("total", 0, -600, 0, 0, 0, 0, 0);
        returns.At("stocks").EnumerateArray().Sum(stock => stock.Exact("figures.gain")).Should().Be(-600);
    }

    [Fact]
    public async Task Cash_of_a_merger_realises_the_cost_that_stays_behind()
    {
        var (id, parent, child) = await Held();

        await app.Record(id, Merger(parent, child, "10", "16", amount: "250", costShare: "0.8"));

        await IsHeld(id, child, "16", 800, 800);
        // 250 for a cost of 200
        (await app.Api.Get($"portfolios/{id}/gains?{Range}"))
            .Is(200)
            .Exact("totalGain")
            .Should()
            .Be(50);
        var returns = (await app.Api.Get($"portfolios/{id}/returns?{Range}")).Is(200);
        returns.Figures("total", 0, 800, 1000, 250, 50);
        returns.Parts("total", 50, 0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public async Task Part_of_a_position_can_be_merged()
    {
        var (id, parent, child) = await Held();

        await app.Record(id, Merger(parent, child, "4", "3"));

        await IsHeld(id, parent, "6", 600, 540);
        await IsHeld(id, child, "3", 400, 150);
    }

    [Fact]
    public async Task Only_what_is_held_can_be_sold_merged_or_spun_off_from()
    {
        var (id, parent, child) = await Held();

        (await app.TryRecord(id, SpinOff(child, parent))).IsProblem(422, "transaction.oversold");
        (await app.TryRecord(id, Merger(parent, child, "10.5", "5"))).IsProblem(422, "transaction.oversold");
        (await app.TryRecord(id, Story.Trade("sell", child, "2026-02-03", "1", "40"))).IsProblem(422, "transaction.oversold");
        await app.Record(id, SpinOff(parent, child));
        (await app.TryRecord(id, Story.Trade("sell", child, "2026-02-03", "5.1", "40"))).IsProblem(422, "transaction.oversold");
        (await app.TryRecord(id, Story.Trade("sell", child, "2026-02-01", "5", "40"))).IsProblem(422, "transaction.oversold");
        await app.Sell(id, child, "2026-02-02", "5", "40");
    }

    [Fact]
    public async Task A_spin_off_that_a_later_sale_needs_cannot_be_voided_and_neither_can_the_purchase_behind_it()
    {
        var (id, parent, child) = await Held();
        var spinOff = await app.Record(id, SpinOff(parent, child));
        var sale = await app.Sell(id, child, "2026-03-02", "5", "45");
        var purchase = (await app.Api.All($"portfolios/{id}/transactions"))[0].Text("id");

        (await app.Api.Delete(spinOff.Location!)).IsProblem(422, "transaction.oversold");
        (await app.Api.Delete($"portfolios/{id}/transactions/{purchase}")).IsProblem(422, "transaction.oversold");

        (await app.Api.Delete(sale.Location!)).Is(204);
        (await app.Api.Delete(spinOff.Location!)).Is(204);
        await IsHeld(id, parent, "10", 1000, 900);
    }

    [Fact]
    public async Task Both_stocks_must_be_there_and_be_two()
    {
        var (id, parent, child) = await Held();
        var unknown = new TestStock(Guid.NewGuid().ToString(), "NOSUCH");

        (await app.TryRecord(id, SpinOff(parent, unknown))).IsProblem(404, "stock.notFound");
        (await app.TryRecord(id, SpinOff(parent, unknown, byTicker: true))).IsProblem(404, "stock.notFound");
        (await app.TryRecord(id, SpinOff(unknown, child))).IsProblem(404, "stock.notFound");
        (await app.TryRecord(id, SpinOff(parent, parent, byTicker: true))).IsProblem(422, "transaction.shape");
        (await app.TryRecord(id, SpinOff(parent, parent))).IsInvalid("intoStockId");
    }

    [Theory]
    [InlineData("""{"kind":"spinOff","date":"2026-02-02","ticker":"A"}""", "intoStockId", "intoQuantity", "costShare")]
    [InlineData(
        """{"kind":"spinOff","date":"2026-02-02","ticker":"A","intoTicker":"B","intoQuantity":"1","costShare":"0.5","quantity":"1","amount":"1","fee":"1"}""",
        "quantity",
        "amount",
        "fee"
    )]
    [InlineData(
        """{"kind":"spinOff","date":"2026-02-02","ticker":"A","intoTicker":"A","intoQuantity":"1","costShare":"0.5"}""",
        "intoStockId"
    )]
    [InlineData(
        """{"kind":"spinOff","date":"2026-02-02","ticker":"A","intoTicker":"B","intoQuantity":"0","costShare":"1.1"}""",
        "intoQuantity",
        "costShare"
    )]
    [InlineData(
        """{"kind":"merger","date":"2026-02-02","ticker":"A","intoTicker":"B","intoQuantity":"1","quantity":"1","amount":"1"}""",
        "costShare"
    )]
    [InlineData(
        """{"kind":"merger","date":"2026-02-02","intoTicker":"B","unitPrice":"1"}""",
        "stockId",
        "quantity",
        "unitPrice",
        "intoQuantity"
    )]
    [InlineData(
        """{"kind":"merger","date":"2026-02-02","ticker":"A","intoTicker":"B","intoStockId":"01a2056a-1b12-7c92-867d-0d513e1ab1df","intoQuantity":"1","quantity":"1"}""",
        "intoTicker"
    )]
    [InlineData(
        """{"kind":"buy","date":"2026-02-02","ticker":"A","quantity":"1","unitPrice":"1","intoTicker":"B","intoQuantity":"1","costShare":"0"}""",
        "intoStockId",
        "intoQuantity",
        "costShare"
    )]
    public async Task What_is_none_is_refused_with_all_that_is_wrong(string body, params string[] paths) =>
        (await app.TryRecord(await app.Portfolio(), body)).IsInvalid(paths);

    private async Task<(string Portfolio, TestStock Parent, TestStock Child)> Held(string? customer = null)
    {
        var id = await app.Portfolio(customer: customer);
        var parent = await TestStock.In(app, [("2026-01-05", 100m), ("2026-02-02", 80m), ("2026-03-31", 90m)]);
        var child = await TestStock.In(app, [("2026-02-02", 40m), ("2026-03-31", 50m)]);
        await app.Buy(id, parent, "2026-01-05", "10", "100");
        return (id, parent, child);
    }

    private static object SpinOff(TestStock parent, TestStock child, bool byTicker = false) =>
        new
        {
            kind = "spinOff",
            date = "2026-02-02",
            stockId = parent.Id,
            intoStockId = byTicker ? null : child.Id,
            intoTicker = byTicker ? child.Ticker : null,
            intoQuantity = "5",
            costShare = "0.20",
        };

    private static object Merger(
        TestStock parent,
        TestStock child,
        string quantity,
        string intoQuantity,
        string? amount = null,
        string? costShare = null,
        bool byTicker = false
    ) =>
        new
        {
            kind = "merger",
            date = "2026-02-02",
            stockId = parent.Id,
            quantity,
            intoStockId = byTicker ? null : child.Id,
            intoTicker = byTicker ? child.Ticker : null,
            intoQuantity,
            amount,
            costShare,
        };

    private async Task<Answer> Holdings(string id) => (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-03-31")).Is(200);

    private async Task IsHeld(string id, TestStock stock, string quantity, decimal cost, decimal value)
    {
        var holding = (await Holdings(id)).At("holdings").EnumerateArray().Single(one => one.Text("stockId") == stock.Id);
        (holding.Text("quantity"), holding.Exact("cost"), holding.Exact("value")).Should().Be((quantity, cost, value));
    }
}
