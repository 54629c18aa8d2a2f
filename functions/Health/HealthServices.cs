using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Functions.Health;

/// <summary>Registers what the health endpoints need.</summary>
internal static class HealthServices
{
    public static IServiceCollection AddOrchestratorHealth(this IServiceCollection services) =>
        services.AddSingleton<Dependencies>().AddSingleton<RegionHealth>().AddSingleton<GitHubHealth>().AddSingleton<RetentionHealth>();
}
