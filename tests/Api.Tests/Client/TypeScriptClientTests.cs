using CleanPortfolio.Domain.Access;
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

            var said = await Node.Run(folder, await Callers(), "node", "dist/smoke.js", app.Api.Http.BaseAddress!.ToString());

            said.Should().MatchRegex("^[0-9]+ checks passed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Dictionary<string, string>> Callers()
    {
        var (admin, email) = (await app.As(Role.Admin), Unique.Email());
        (
            await admin.Post(
                "accounts",
                new
                {
                    email,
                    role = "adviser",
                    password = Credentials.Password,
                }
            )
        ).Is(201);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CLEANPORTFOLIO_KEY"] = Credentials.Key,
            ["CLEANPORTFOLIO_EMAIL"] = email,
            ["CLEANPORTFOLIO_PASSWORD"] = Credentials.Password,
        };
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CleanPortfolio.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
