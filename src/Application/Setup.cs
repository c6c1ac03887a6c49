using System.Reflection;
using CleanPortfolio.Application.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application;

/// <summary>Registers the use cases.</summary>
public static class Setup
{
    /// <summary>Handlers, the pipeline in order, validation rules and read projections of this assembly.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services, string? autoMapperLicenseKey)
    {
        var assembly = Assembly.GetExecutingAssembly();
        ValidatorOptions.Global.DefaultClassLevelCascadeMode = CascadeMode.Continue;
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Tracing<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Validating<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Deciding<,>));
        services.Scan(scan =>
            scan.FromAssemblies(assembly)
                .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
                .AsImplementedInterfaces()
                .WithScopedLifetime()
        );
        services.AddValidatorsFromAssembly(assembly, includeInternalTypes: true);
        services.AddAutoMapper(mapper => mapper.LicenseKey = autoMapperLicenseKey, assembly);
        services.AddScoped<Access.Provisioning>();
        services.AddScoped<Returns.LedgerLoader>();
        services.AddScoped<Jobs.JobReports>();
        services.AddScoped<Population.JobStarter>();
        services.AddScoped<Population.PopulationPlanner>();
        services.AddScoped<Population.PopulationLine>();
        services.AddScoped<Population.PopulationWork>();
        services.AddSingleton<Population.MarketKnowledge>();
        services.AddScoped<Population.MarketWriter>();
        services.AddScoped<Population.RenameFetch>();
        services.AddScoped<Population.UniverseFetch>();
        services.AddScoped<Population.Renames>();
        services.AddSingleton<MarketData.MarketChecks>();
        services.AddScoped<MarketData.HeldRows>();
        services.AddScoped<MarketData.ManualPriceBook>();
        services.AddScoped<MarketData.SplitDesk>();
        services.AddSingleton<Population.ListingBook>();
        services.AddSingleton<Population.JobProgress>();
        services.AddScoped<Schedules.ScheduleRunner>();
        services.AddScoped<Schedules.ScheduleRetry>();
        services.AddScoped<Schedules.ScheduleWork>();
        services.AddScoped<MarketData.QualityScan>();
        services.AddScoped<MarketData.QualityEvidence>();
        services.AddScoped<MarketData.RepairPlan>();
        return services;
    }
}
