using CleanPortfolio.Application;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.LocalPostgres;
using CleanPortfolio.WebApi;
using CleanPortfolio.WebApi.Access;
using CleanPortfolio.WebApi.Browser;
using CleanPortfolio.WebApi.CommandLine;
using CleanPortfolio.WebApi.Development;
using CleanPortfolio.WebApi.Endpoints;
using CleanPortfolio.WebApi.Hygiene;
using CleanPortfolio.WebApi.Json;
using CleanPortfolio.WebApi.Limits;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);
var command = Commands.Of(args);
var isCommand = command is not null;
var describeOnly = builder.Configuration.GetValue<bool>("DESCRIBE_ONLY");

try
{
    SecretFiles.Read(builder.Configuration);
    if (describeOnly)
        builder.Configuration["Jobs:Workers"] = "0";
    Watching.Add(builder);
    await using var embedded = describeOnly ? Embedded.Nothing : await Embedded.Start(builder, isCommand);
    Settings.Require(builder, isCommand || describeOnly);

    builder.Services.AddApplication(builder.Configuration["AutoMapper:LicenseKey"]);
    builder.Services.AddInfrastructure(builder.Configuration);
    builder.Services.AddHttpContextAccessor().AddSingleton<ICaller, HttpCaller>().AddSingleton<IPreconditions, Versions>();
    builder.Services.ConfigureHttpJsonOptions(json => JsonConventions.Apply(json.SerializerOptions));
    builder.Services.AddExceptionHandler<Problems>();
    builder.Services.AddProblemDetails();
    builder.Services.AddEndpointsApiExplorer();
    builder.Services.AddOpenApiDocument(OpenApi.Configure);
    ServerLimits.Add(builder);
    Proxies.Add(builder);
    CrossOrigins.Add(builder);
    BrowserSetup.Add(builder);
    builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    Health.Add(builder.Services);
    if (builder.Environment.IsDevelopment() && !isCommand && !describeOnly)
        builder
            .Services.AddSingleton<SeedAccess>()
            .AddSingleton<SeedStory>()
            .AddHostedService(services => services.GetRequiredService<SeedStory>());

    await using var app = builder.Build();
    if (command is Commands.Migrate || (app.Environment.IsDevelopment() && !describeOnly && command is not VerifyAudit.Name))
        await Migrate(app);
    if (command is not null)
        return await Commands.Run(app, command);
    if (app.Environment.IsDevelopment() && !describeOnly)
    {
        await app.Services.GetRequiredService<SeedStory>().Open(app.Lifetime.ApplicationStopping);
        await app.Services.GetRequiredService<SeedAccess>().Open(app.Lifetime.ApplicationStopping);
    }

    app.UseForwardedHeaders();
    app.Use(SecurityHeaders.Add);
    // Before all work, and without a line in the log: refusing must cost next to nothing.
    app.Use(app.Services.GetRequiredService<Admission>().Pass);
    Watching.Use(app);
    app.UseExceptionHandler();
    app.UseStatusCodePages(Problems.OfStatus);
    if (!app.Environment.IsDevelopment())
        app.UseHsts();
    app.UseCors();
    app.Use(ServerLimits.OnlyUtf8);
    app.UseResponseCompression();
    app.Use(Gatekeeper.Authenticate);
    app.Use(app.Services.GetRequiredService<Quotas>().Count);
    app.Use(Gatekeeper.Authorize);
    app.Use(Dashboard.Tell);
    app.UseRequestTimeouts();
    app.Use(Idempotency.Once).Use(Versions.Demand).Use(Computed.Tag);
    app.MapApi();
    Health.Map(app);
    if (!describeOnly)
        Dashboard.Map(app);
    app.UseOpenApi(document => (document.Path, document.PostProcess) = ("/openapi.json", OpenApi.WithoutServers));
    app.UseSwaggerUi(ui => (ui.Path, ui.DocumentPath, ui.DocExpansion) = ("/swagger", "/openapi.json", "list"));
    if (app.Environment.IsDevelopment())
        Banner.PrintWhenStarted(app, embedded);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is LocalPostgresUnavailable or Settings.Unusable or Commands.Refused)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static async Task Migrate(WebApplication app)
{
    try
    {
        await Migrating.Run(app.Configuration, app.Lifetime.ApplicationStopping);
    }
    catch (NpgsqlException e)
    {
        var owner = string.IsNullOrEmpty(app.Configuration.GetConnectionString(Migrating.Owner)) ? "Portfolio" : Migrating.Owner;
        throw new Settings.Unusable($"The database of ConnectionStrings:{owner} can't be migrated: {e.Message}", e);
    }
}
