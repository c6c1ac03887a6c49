using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class DeletePersonalDataTests(TestApp app)
{
    private static readonly string[] Figures = ["returns?to=2026-03-31", "holdings?asOf=2026-03-31", "lots?asOf=2026-03-31"];

    [Fact]
    public async Task Who_it_was_is_forgotten_and_every_figure_stays()
    {
        var person = await Person.In(app);
        var before = await FiguresOf(person);

        (await Erase(person)).Is(204);

        (await FiguresOf(person)).Should().Equal(before);
        var customer = (await app.Api.Get($"customers/{person.Customer}")).Is(200);
        (customer.Text("name"), customer.Text("email")).Should().Be(("erased", $"erased-{person.Customer}@invalid"));
        foreach (var table in await Tables())
            (await Rows(table))
                .Should()
                .NotContainAny([person.Name, person.Email, person.AccountEmail, person.PortfolioName, person.Source], "of {0}", table);
        var entries = (await app.Api.All($"portfolios/{person.Portfolio}/transactions"));
        entries.Should().HaveCount(3);
        entries.Texts("note").Should().OnlyContain(note => note == null);
        entries.Should().NotContain(entry => entry.GetRawText().Contains("4711"));
        (await app.Api.Get($"customers/{person.Customer}/personal-data")).Is(200).At("accounts").GetArrayLength().Should().Be(0);
        (await (await app.As(Role.Admin)).All($"audit-log?target={person.Customer}"))
            .Texts("action")
            .Should()
            .Equal("exported", "erased", "changed", "created");
    }

    [Fact]
    public async Task A_second_time_changes_nothing_and_others_stay_who_they_are()
    {
        var (person, other) = (await Person.In(app), await Person.In(app));
        var others = (await app.Api.Get($"customers/{other.Customer}/personal-data")).Is(200).At("portfolios").ToString();

        (await Erase(person)).Is(204);
        var once = await Ledger(person);
        (await Erase(person)).Is(204);

        (await Ledger(person)).Should().Be(once);
        (await app.Api.Get($"customers/{other.Customer}/personal-data")).At("portfolios").ToString().Should().Be(others);
    }

    [Fact]
    public async Task The_ledger_goes_on()
    {
        var person = await Person.In(app);
        (await Erase(person)).Is(204);
        var file = new
        {
            kind = "deposit",
            date = "2026-02-01",
            amount = "5.00",
        };

        (await app.Api.Post($"portfolios/{person.Portfolio}/transactions", file)).Is(201);
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Delete($"customers/{Guid.NewGuid()}/personal-data")).IsProblem(404, "customer.notFound");

    private Task<Answer> Erase(Person person) => app.Api.Delete($"customers/{person.Customer}/personal-data");

    private async Task<string> Ledger(Person person) =>
        string.Join('\n', (await app.Api.All($"portfolios/{person.Portfolio}/transactions")).Select(entry => entry.GetRawText()));

    // The version of the ledger is part of an answer, and a new one.
    private async Task<List<string>> FiguresOf(Person person)
    {
        var figures = new List<string>();
        foreach (var path in Figures)
        {
            var answer = (await app.Api.Get($"portfolios/{person.Portfolio}/{path}")).Is(200);
            figures.AddRange(answer.Json.EnumerateObject().Where(one => one.Name is not "dataVersion").Select(one => one.ToString()));
        }
        return figures;
    }

    private async Task<List<string>> Tables() =>
        await Query(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables where schemaname in ('public', 'hangfire')"
        );

    private async Task<string> Rows(string table) => string.Join('\n', await Query($"select t::text from {table} t"));

    private async Task<List<string>> Query(string sql)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
