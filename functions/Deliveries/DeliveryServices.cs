using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Registers what hears of releases, and looks for those that were not heard of.</summary>
internal static class DeliveryServices
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton<DeliveryLedger>()
        .AddSingleton<DeliveryJudge>()
        .AddSingleton<ManifestLedger>()
        .AddSingleton<ReleaseChanges>()
        .AddSingleton<DeliveryHandler>()
        .AddSingleton<DeliveryRecorder>()
        .AddSingleton<HookDeliveries>()
        .AddSingleton<MissedDeliveries>()
        .AddSingleton<MissedReleases>()
        .AddSingleton<SweepStore>()
        .AddSingleton<GitHubSweep>()
        .AddHostedService<FirstStart>();
}
