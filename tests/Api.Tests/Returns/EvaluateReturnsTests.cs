using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class EvaluateReturnsTests(TestApp app)
{
    [Fact]
    public async Task Each_answer_is_that_of_the_single_question_in_the_order_asked()
    {
        var customer = await app.Customer();
        var (external, _) = await Books.External(app, customer);
        var (tracked, _) = await Books.Tracked(app, customer);
        await app.Store(("USD", "PHP", "2026-01-02", "20"), ("USD", "PHP", "2026-03-30", "21"));

        var answer = await Ask(
            new { customerId = customer, to = "2026-03-31" },
            new
            {
                portfolioId = external,
                from = "2026-02-27",
                to = "2026-03-14",
            },
            new
            {
                portfolioId = external,
                from = "2026-01-01",
                to = "2026-03-31",
                currency = "PHP",
                flowTiming = "startOfDay",
            },
            new { portfolioId = tracked },
            new { customerId = customer, to = "2026-03-31" }
        );

        string[] single =
        [
            $"customers/{customer}/returns?to=2026-03-31",
            $"portfolios/{external}/returns?from=2026-02-27&to=2026-03-14",
            $"portfolios/{external}/returns?from=2026-01-01&to=2026-03-31&currency=PHP&flowTiming=startOfDay",
            $"portfolios/{tracked}/returns",
            $"customers/{customer}/returns?to=2026-03-31",
        ];
        answer.Is(200).At("items").GetArrayLength().Should().Be(single.Length);
        for (var i = 0; i < single.Length; i++)
        {
            var alone = (await app.Api.Get(single[i])).Is(200);
            JsonElement.DeepEquals(answer.At($"items.{i}.returns"), alone.Json).Should().BeTrue("{0} is {1}", single[i], alone.Body);
            (answer.Text($"items.{i}.from"), answer.Text($"items.{i}.to")).Should().Be((alone.Text("from"), alone.Text("to")));
            answer.Text($"items.{i}.problem").Should().BeNull();
        }
        (answer.Text("items.0.customerId"), answer.Text("items.0.portfolioId")).Should().Be((customer, null));
        (answer.Text("items.1.customerId"), answer.Text("items.1.portfolioId")).Should().Be((null, external));
    }

    [Fact]
    public async Task What_is_not_there_is_told_beside_the_others()
    {
        var (portfolio, _) = await Books.External(app);
        var (nobody, nothing) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        var answer = await Ask(
            new { customerId = nobody, from = "2026-01-01" },
            new { portfolioId = portfolio, to = "2026-03-31" },
            new { portfolioId = nothing },
            new { customerId = await app.Customer() }
        );

        answer
            .Is(200)
            .At("items")
            .EnumerateArray()
            .Select(item => item.Text("problem") is null ? null : item.Text("problem.code"))
            .Should()
            .Equal("customer.notFound", null, "portfolio.notFound", null);
        (answer.Text("items.0.customerId"), answer.Text("items.0.from"), answer.Text("items.0.to"))
            .Should()
            .Be((nobody, "2026-01-01", null));
        answer.Text("items.0.returns").Should().BeNull();
        answer.Exact("items.1.returns.total.closingValue").Should().Be(991.50m);
        answer.Text("items.3.returns.currency").Should().BeNull("a customer without portfolios has no currency");
    }

    [Fact]
    public async Task All_violations_are_told_by_their_place()
    {
        var id = Guid.NewGuid();

        (
            await Ask(
                new { portfolioId = id, customerId = id },
                new { from = "2026-01-01" },
                new
                {
                    portfolioId = id,
                    from = "2026-03-01",
                    to = "2026-02-01",
                    currency = "GBX",
                },
                null!,
                new { customerId = id, to = "9999-12-31" }
            )
        ).IsInvalid("items[0].portfolioId", "items[1].portfolioId", "items[2].from", "items[2].currency", "items[3]", "items[4].to");
        (await app.Api.Post("returns/batch", """{"items":[{"portfolioId":"x"}]}""")).IsInvalid("items[0].portfolioId");
        (await app.Api.Post("returns/batch", """{"items":[{"portfolio":"x"}]}""")).IsProblem(400, "request.malformed");
    }

    [Fact]
    public async Task A_hundred_questions_are_answered_and_one_more_or_none_is_refused()
    {
        var (portfolio, _) = await Books.External(app);
        object[] Questions(int count) =>
            [.. Enumerable.Range(0, count).Select(day => new { portfolioId = portfolio, to = $"2026-03-{1 + (day % 31):00}" })];

        (await Ask(Questions(100))).Is(200).At("items").GetArrayLength().Should().Be(100);
        (await Ask(Questions(101))).IsInvalid("items");
        (await Ask()).IsInvalid("items");
        (await app.Api.Post("returns/batch", """{"items":null}""")).IsInvalid("items");
        (await app.Api.Post("returns/batch", "{}")).IsInvalid("items");
    }

    private Task<Answer> Ask(params object[] items) => app.Api.Post("returns/batch", new { items });
}
