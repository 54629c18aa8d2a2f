using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Parity;

/// <summary>Registers what compares stacks.</summary>
internal static class ParityServices
{
    public static IServiceCollection AddParity(this IServiceCollection services) => services
        .AddSingleton<ReleaseAssets>()
        .AddSingleton<ScoreSheets>()
        .AddSingleton<ScoreSender>()
        .AddSingleton<SheetReading>()
        .AddSingleton<ParityReports>()
        .AddSingleton<ParityDesk>();
}
