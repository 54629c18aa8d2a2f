using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Releases;

/// <summary>Has GitHub say that a release is not rolled out, and why: a deployment of its own with a failed status.</summary>
/// <param name="record">The record in GitHub.</param>
/// <param name="time">The clock.</param>
public sealed class ReportRefusal(GitHubRecord record, TimeProvider time)
{
    /// <summary>The GitHub environment that refused releases are shown under.</summary>
    public const string Environment = "release";

    /// <summary>Puts the refusal into the queue. It may run twice.</summary>
    [Function(nameof(ReportRefusal))]
    public Task RunAsync([ActivityTrigger] RefusalReport report, CancellationToken cancellationToken)
    {
        var (key, now) = (report.Request.Key, time.GetUtcNow());
        return record.AddAsync(
            new StatusWrite
            {
                Repository = key.Repository,
                Since = now,
                Owner = key.ReleaseRun(),
                Environment = Environment,
                Reference = report.Commit?.Value ?? key.Tag.Value,
                Title = DeploymentReport.Shorten($"{key.Tag} is not rolled out"),
                Phase = DeploymentPhase.Failure,
                Description = DeploymentReport.Shorten(report.Reason),
                At = now,
            },
            cancellationToken);
    }
}

/// <summary>A release that is not rolled out.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Commit">The commit, when it is known.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusalReport(ReleaseRequest Request, CommitSha? Commit, string Reason);
