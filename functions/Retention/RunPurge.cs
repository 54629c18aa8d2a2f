using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Retention;

/// <summary>
/// Purges what has ended longer ago than policy keeps it: a release's run with all its parts, once their records are written, and
/// old deliveries with the answers to old comments. The release's own instance goes last: a purge that was cut short finds it again and goes on.
/// </summary>
/// <param name="settings">The policy.</param>
/// <param name="recorder">Who writes records.</param>
/// <param name="holds">What the lanes still need.</param>
/// <param name="ledger">The deliveries.</param>
/// <param name="purges">What is known of purges.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class RunPurge(
    OrchestratorSettings settings,
    RunRecorder recorder,
    LaneHolds holds,
    DeliveryLedger ledger,
    PurgeStore purges,
    TimeProvider time,
    ILogger<RunPurge> logger)
{
    // A day's purge ends well within the time that a function has, also when it is the first after years.
    private const int MostRuns = 100;

    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Archives and purges what is due; the result is what that was.</summary>
    public async Task<PurgeReport> RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var now = time.GetUtcNow();
        var work = new PurgeWork();
        try
        {
            await PurgeAsync(client, now - settings.Retention.Runs, work, cancellationToken);
            work.Deliveries = await ledger.ForgetAsync(now - settings.Retention.Deliveries, cancellationToken);
            await PurgeAnswersAsync(client, now - settings.Retention.Deliveries, work, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Each backend has its own exceptions for being down. What has no record yet is still there.
            LogFailed(failure);
            work.Problem = failure.Message;
        }

        var report = work.Report(now);
        await purges.NoteAsync(report, cancellationToken);
        return report;
    }

    private async Task PurgeAsync(DurableTaskClient client, DateTimeOffset before, PurgeWork work, CancellationToken cancellationToken)
    {
        var held = await holds.ReadAsync(client, cancellationToken);
        var due = (await EndedAsync(client, ReleaseKey.ReleasePrefix, before, cancellationToken)).Where(one => one.LastUpdatedAt < before).ToArray();
        foreach (var release in due)
        {
            if (work.Releases.Count == MostRuns)
            {
                work.IsComplete = false;
                return;
            }

            await PurgeAsync(client, release.InstanceId, before, held, work, cancellationToken);
        }
    }

    // What people have said stands with what it was said of; that it was answered is of use while its delivery may come again.
    private static async Task PurgeAnswersAsync(DurableTaskClient client, DateTimeOffset before, PurgeWork work, CancellationToken cancellationToken)
    {
        foreach (var answer in (await EndedAsync(client, CommitComment.AnswerPrefix, before, cancellationToken)).Where(one => one.LastUpdatedAt < before))
        {
            work.Instances += (await client.PurgeInstanceAsync(answer.InstanceId, cancellation: cancellationToken)).PurgedInstanceCount;
        }
    }

    private async Task PurgeAsync(DurableTaskClient client, string release, DateTimeOffset before, HeldRuns held, PurgeWork work, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(release, getInputsAndOutputs: true, cancellationToken) is not { } instance)
        {
            return;
        }

        var request = instance.ReadInputAs<ReleaseRequest>()!;
        var rollouts = await InstancesAsync(client, request.Key.Rollouts(), cancellationToken);
        var others = new List<OrchestrationMetadata>();
        foreach (var prefix in request.Key.OtherParts())
        {
            others.AddRange(await InstancesAsync(client, prefix, cancellationToken));
        }

        string[] ids = [.. rollouts.Select(one => one.InstanceId)];
        var unfinished = rollouts.Concat(others).FirstOrDefault(one => !one.IsCompleted || one.LastUpdatedAt >= before);
        if ((unfinished is null ? held.Why(request.Key, ids) : $"{unfinished.InstanceId} was at work later") is { } why)
        {
            work.Kept.Add(new(release, why));
            return;
        }

        await recorder.RecordAsync(client, release, request, ids, cancellationToken);
        work.Rollouts.AddRange(ids);
        foreach (var id in others.Select(one => one.InstanceId).Concat(ids).Append(release))
        {
            work.Instances += (await client.PurgeInstanceAsync(id, cancellation: cancellationToken)).PurgedInstanceCount;
        }

        work.Releases.Add(release);
    }

    private static Task<IReadOnlyList<OrchestrationMetadata>> EndedAsync(DurableTaskClient client, string prefix, DateTimeOffset before, CancellationToken cancellationToken) =>
        ListAsync(client, new OrchestrationQuery { InstanceIdPrefix = prefix, CreatedTo = before, Statuses = Ended }, cancellationToken);

    private static Task<IReadOnlyList<OrchestrationMetadata>> InstancesAsync(DurableTaskClient client, string prefix, CancellationToken cancellationToken) =>
        ListAsync(client, new OrchestrationQuery { InstanceIdPrefix = prefix }, cancellationToken);

    private static async Task<IReadOnlyList<OrchestrationMetadata>> ListAsync(DurableTaskClient client, OrchestrationQuery query, CancellationToken cancellationToken)
    {
        var found = new List<OrchestrationMetadata>();
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            // Azure Storage matches the prefix by itself; other backends may not.
            if (instance.InstanceId.StartsWith(query.InstanceIdPrefix!, StringComparison.Ordinal))
            {
                found.Add(instance);
            }
        }

        return found;
    }

    [LoggerMessage(1, LogLevel.Error, "A purge could not be completed: the next one goes on.")]
    private partial void LogFailed(Exception failure);
}
