using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Has GitHub's release say how its run ended. It may run twice.</summary>
/// <param name="record">The record in GitHub.</param>
/// <param name="time">The clock.</param>
public sealed class ReportRelease(GitHubRecord record, TimeProvider time)
{
    /// <summary>Puts the summary into the queue.</summary>
    [Function(nameof(ReportRelease))]
    public Task RunAsync([ActivityTrigger] ReleaseReport report, CancellationToken cancellationToken) => record.AddAsync(
        new SummaryWrite
        {
            Repository = report.Key.Repository,
            Since = time.GetUtcNow(),
            Run = report.Key.ReleaseRun(),
            Tag = report.Key.Tag,
            Sections = report.Stacks.ToDictionary(stack => stack.Stack, stack => ReleaseSummary.Of(report, stack)),
        },
        cancellationToken);
}

/// <summary>How a release's run ended.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="Version">The version that it took along.</param>
/// <param name="BegunAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Stacks">Its stacks.</param>
public sealed record ReleaseReport(ReleaseKey Key, string Version, DateTimeOffset BegunAt, DateTimeOffset EndedAt, IReadOnlyList<StackRun> Stacks);
