using Microsoft.Azure.Functions.Worker;
using Octokit;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.GitHub;

/// <summary>
/// Writes a report to GitHub: makes the deployment where there is none yet, adds the status where it is not the last one already.
/// So it may run twice.
/// </summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="settings">Where people find more.</param>
public sealed class ReportDeployment(GitHubConnection gitHub, OrchestratorSettings settings)
{
    /// <summary>The key in a deployment's payload that names its rollout.</summary>
    public const string RolloutKey = "rollout";

    /// <summary>Delivers the report.</summary>
    [Function(nameof(ReportDeployment))]
    public async Task RunAsync([ActivityTrigger] DeploymentReport report)
    {
        var repository = report.Repository;
        var deployments = gitHub.Octokit.Repository.Deployment;
        var deployment = await FindAsync(gitHub.Octokit, report) ?? await deployments.Create(repository.Owner, repository.Name, New(report));
        var statuses = await deployments.Status.GetAll(repository.Owner, repository.Name, deployment.Id, new ApiOptions { PageSize = 1, PageCount = 1 });
        var state = StateOf(report.Phase);
        if (statuses is [var last, ..] && last.State.Value == state && last.Description == report.Description)
        {
            return;
        }

        await deployments.Status.Create(repository.Owner, repository.Name, deployment.Id, new NewDeploymentStatus(state)
        {
            AutoInactive = true,
            Description = report.Description,
            LogUrl = Link($"api/rollouts/{report.RolloutId}"),
            EnvironmentUrl = Link($"api/health/{report.Target}"),
        });
    }

    private static async Task<Deployment?> FindAsync(IGitHubClient client, DeploymentReport report)
    {
        // Octokit 14 has no filters for deployments; without them this would read the repository's whole past.
        var uri = new Uri($"repos/{report.Repository}/deployments", UriKind.Relative);
        var filter = new Dictionary<string, string> { ["sha"] = report.Commit.Value, ["environment"] = report.Target.ToString() };
        var found = await client.Connection.Get<List<Deployment>>(uri, filter);
        return found.Body.FirstOrDefault(deployment => deployment.Payload?.GetValueOrDefault(RolloutKey) == report.RolloutId);
    }

    private static NewDeployment New(DeploymentReport report) => new(report.Commit.Value)
    {
        // GitHub's defaults would merge the default branch into the release, and wait for checks that are none of ours.
        AutoMerge = false,
        RequiredContexts = [],
        Environment = report.Target.ToString(),
        Description = DeploymentReport.Shorten($"{report.RolloutId} to {report.Target}"),
        Payload = new() { [RolloutKey] = report.RolloutId },
        TransientEnvironment = false,
        ProductionEnvironment = report.Target.Environment.Value == "production",
    };

    private string? Link(string path) => settings.PublicUrl is { } root ? new Uri(root, path).ToString() : null;

    private static DeploymentState StateOf(DeploymentPhase phase) => phase switch
    {
        DeploymentPhase.InProgress => DeploymentState.InProgress,
        DeploymentPhase.Success => DeploymentState.Success,
        DeploymentPhase.Failure => DeploymentState.Failure,
        _ => DeploymentState.Error,
    };
}
