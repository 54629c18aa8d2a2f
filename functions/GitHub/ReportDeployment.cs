using Microsoft.Azure.Functions.Worker;
using Octokit;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.GitHub;

/// <summary>Writes a report to the region's deployment on GitHub. It may run twice.</summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="settings">Where people find more.</param>
public sealed class ReportDeployment(GitHubConnection gitHub, OrchestratorSettings settings)
{
    /// <summary>Delivers the report.</summary>
    [Function(nameof(ReportDeployment))]
    public Task RunAsync([ActivityTrigger] DeploymentReport report) => gitHub.Octokit.TellAsync(
        report.Repository,
        report.RolloutId,
        new NewDeployment(report.Commit.Value)
        {
            // GitHub's defaults would merge the default branch into the release, and wait for checks that are none of ours.
            AutoMerge = false,
            RequiredContexts = [],
            Environment = report.Target.ToString(),
            Payload = report.Plan is { } plan ? new() { ["plan"] = plan.Digest.Value, ["summary"] = plan.Text } : null,
            Description = DeploymentReport.Shorten($"{report.RolloutId} to {report.Target}"),
            TransientEnvironment = false,
            ProductionEnvironment = report.Target.Environment.Value == "production",
        },
        new NewDeploymentStatus(StateOf(report.Phase))
        {
            AutoInactive = true,
            Description = report.Description,
            LogUrl = Link($"api/rollouts/{report.RolloutId}"),
            EnvironmentUrl = Link($"api/health/{report.Target}"),
        });

    private string? Link(string path) => settings.PublicUrl is { } root ? new Uri(root, path).ToString() : null;

    private static DeploymentState StateOf(DeploymentPhase phase) => phase switch
    {
        DeploymentPhase.InProgress => DeploymentState.InProgress,
        DeploymentPhase.Success => DeploymentState.Success,
        DeploymentPhase.Failure => DeploymentState.Failure,
        _ => DeploymentState.Error,
    };
}
