using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Registers what keeps the record in GitHub.</summary>
internal static class WriteServices
{
    public static IServiceCollection AddGitHubRecord(this IServiceCollection services)
    {
        services.TryAddSingleton(new WriterName(Guid.NewGuid().ToString("N")));
        return services
            .AddSingleton<PendingWrites>()
            .AddSingleton<WriterStore>()
            .AddSingleton<WriteNudge>()
            .AddSingleton<GitHubRecord>()
            .AddSingleton<StatusSender>()
            .AddSingleton<RetirementSender>()
            .AddSingleton<SummarySender>()
            .AddSingleton<CommentSender>()
            .AddSingleton<WriteDrainer>()
            .AddSingleton<WriteView>()
            .AddHostedService<WriteAtOnce>();
    }
}
