using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Functions.Retention;

/// <summary>Registers what keeps the records of ended runs, and purges the runs.</summary>
internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<RunArchive>()
        .AddSingleton<RunRecorder>()
        .AddSingleton<LaneHolds>()
        .AddSingleton<PurgeStore>()
        .AddSingleton<RunPurge>();
}
