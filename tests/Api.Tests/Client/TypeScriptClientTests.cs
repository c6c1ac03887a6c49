using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Client;

public sealed class TypeScriptClientTests(TestApp app) : IClassFixture<TestApp>
{
    [NodeFact]
    public async Task The_generated_client_compiles_strictly_and_walks_the_main_job()
    {
        var folder = Directory.CreateTempSubdirectory("cleanportfolio-client-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src", "WebApi", "client")))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            await Node.Run(folder, "npm", "ci", "--no-audit", "--no-fund");
            await Node.Run(folder, "npm", "run", "build");

            var said = await Node.Run(folder, "node", "dist/smoke.js", app.Api.Http.BaseAddress!.ToString().TrimEnd('/'));

            said.Should().MatchRegex("^[0-9]+ checks passed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_enum_in_a_query_is_a_word_of_the_contract()
    {
        (await app.Api.Get("jobs?status=waitingForRateLimit")).Is(200);
        foreach (var other in new[] { "WaitingForRateLimit", "waitingforratelimit", "2", "99", "done" })
            (await app.Api.Get($"jobs?status={other}")).IsInvalid("status");
    }

    [Fact]
    public async Task Instants_are_utc_and_read_the_same_when_made_and_when_stored()
    {
        var made = (await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })).Is(201);

        made.Text("registeredAt").Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
        (await app.Api.Get(made.Location!)).Body.Should().Be(made.Body);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CleanPortfolio.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
