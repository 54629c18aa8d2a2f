using Microsoft.Azure.Functions.Worker;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Releases;

/// <summary>Tells GitHub that a release is not rolled out, and why: a deployment of its own with a failed status.</summary>
/// <param name="gitHub">The way to GitHub.</param>
public sealed class ReportRefusal(GitHubConnection gitHub)
{
    /// <summary>The GitHub environment that refused releases are shown under.</summary>
    public const string Environment = "release";

    /// <summary>Delivers the refusal. It may run twice.</summary>
    [Function(nameof(ReportRefusal))]
    public Task RunAsync([ActivityTrigger] RefusalReport report)
    {
        var key = report.Request.Key;
        return gitHub.Octokit.TellAsync(
            key.Repository,
            key.ReleaseRun(),
            new NewDeployment(report.Commit?.Value ?? key.Tag.Value)
            {
                AutoMerge = false,
                RequiredContexts = [],
                Environment = Environment,
                Description = DeploymentReport.Shorten($"{key.Tag} is not rolled out"),
                ProductionEnvironment = false,
            },
            new NewDeploymentStatus(DeploymentState.Failure) { Description = DeploymentReport.Shorten(report.Reason) });
    }
}

/// <summary>A release that is not rolled out.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Commit">The commit, when it is known.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusalReport(ReleaseRequest Request, CommitSha? Commit, string Reason);
