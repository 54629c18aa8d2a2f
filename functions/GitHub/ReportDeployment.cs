using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.GitHub;

/// <summary>Has the region's deployment on GitHub say where it stands. It may run twice, and late.</summary>
/// <param name="record">The record in GitHub.</param>
/// <param name="settings">Where people find more.</param>
/// <param name="time">The clock.</param>
public sealed class ReportDeployment(GitHubRecord record, OrchestratorSettings settings, TimeProvider time)
{
    /// <summary>Puts the report into the queue.</summary>
    [Function(nameof(ReportDeployment))]
    public Task RunAsync([ActivityTrigger] DeploymentReport report, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return record.AddAsync(
            new StatusWrite
            {
                Repository = report.Repository,
                Since = now,
                Owner = report.RolloutId,
                Environment = report.Target.ToString(),
                Reference = report.Commit.Value,
                Title = DeploymentReport.Shorten($"{report.RolloutId} to {report.Target}"),
                IsProduction = report.Target.Environment.Value == "production",
                Phase = report.Phase,
                Description = report.Description,
                Plan = report.Plan,
                LogUrl = Link($"api/rollouts/{report.RolloutId}"),
                EnvironmentUrl = Link($"api/health/{report.Target}"),
                At = report.At ?? now,
            },
            cancellationToken);
    }

    private string? Link(string path) => settings.PublicUrl is { } root ? new Uri(root, path).ToString() : null;
}
