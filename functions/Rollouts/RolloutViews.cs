using Microsoft.DurableTask.Client;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Puts pictures of rollouts together from what their durable instances hold.</summary>
internal static class RolloutViews
{
    /// <summary>So many are listed at most.</summary>
    public const int MostListed = 200;

    /// <summary>The latest rollouts, newest first.</summary>
    public static async Task<IReadOnlyList<RolloutSummary>> RolloutsAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery { InstanceIdPrefix = ReleaseKey.RolloutPrefix, FetchInputsAndOutputs = true };
        var rollouts = new List<RolloutSummary>();
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            // Azure Storage matches the prefix by itself; other backends may not.
            if (instance.InstanceId.StartsWith(ReleaseKey.RolloutPrefix, StringComparison.Ordinal))
            {
                rollouts.Add(Summary(instance));
            }
        }

        return [.. rollouts.OrderByDescending(rollout => rollout.StartedAt).Take(MostListed)];
    }

    /// <summary>The order that a rollout was begun by; it is known to be one.</summary>
    public static async Task<RolloutOrder> OrderAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken))!.ReadInputAs<RolloutOrder>()!;

    /// <summary>One rollout with its regions; null when there is none of that id.</summary>
    public static async Task<RolloutView?> RolloutAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        id.StartsWith(ReleaseKey.RolloutPrefix, StringComparison.Ordinal)
        && await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { } instance
            ? await RolloutAsync(client, instance, cancellationToken)
            : null;

    private static async Task<RolloutView> RolloutAsync(DurableTaskClient client, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        var order = instance.ReadInputAs<RolloutOrder>()!;
        var ended = ResultOf(instance);
        var regions = ended is { Regions.Count: > 0 } ? ended.Regions
            : ended is not null ? order.Environment.Regions.Select(region => RegionRun.Pending(region.Name, instance.CreatedAt).MoveTo(RegionStep.Skipped, instance.LastUpdatedAt)).ToArray()
            : await Task.WhenAll(order.Environment.Regions.Select(region => RegionAsync(client, order.For(region), instance, cancellationToken)));
        var byName = regions.ToDictionary(run => run.Region);
        return new(
            Summary(instance),
            ended is null && instance.SerializedCustomStatus is not null ? instance.ReadCustomStatusAs<RolloutStatus>() : null,
            [.. order.Environment.Waves.Select(wave => new WaveView(wave.Name, [.. wave.Regions.Select(region => byName[region.Name])]))]);
    }

    // A region's own instance knows more than its rollout, which hears of it only at the end.
    private static async Task<RegionRun> RegionAsync(DurableTaskClient client, RegionOrder order, OrchestrationMetadata rollout, CancellationToken cancellationToken)
    {
        var target = order.Target;
        var back = order.Candidate.Key.RegionRollback(target.Stack, target.Environment, target.Region.Name);
        var instance = await client.GetInstanceAsync(back, getInputsAndOutputs: true, cancellationToken)
            ?? await client.GetInstanceAsync(order.RunId(), getInputsAndOutputs: true, cancellationToken);
        return instance?.SerializedCustomStatus is null
            ? RegionRun.Pending(target.Region.Name, rollout.CreatedAt)
            : instance.ReadCustomStatusAs<RegionStatus>()!.Run;
    }

    private static RolloutSummary Summary(OrchestrationMetadata instance)
    {
        var order = instance.ReadInputAs<RolloutOrder>()!;
        var ended = ResultOf(instance);
        return new(
            instance.InstanceId,
            order.Candidate.Key.ReleaseRun(),
            order.Candidate.Key.Tag,
            order.Stack,
            order.Environment.Name,
            ended?.Phase ?? PhaseOf(instance.RuntimeStatus),
            ended?.Verdict,
            ended?.Reason ?? instance.FailureDetails?.ErrorMessage,
            instance.CreatedAt,
            instance.LastUpdatedAt);
    }

    private static EnvironmentRun? ResultOf(OrchestrationMetadata instance) =>
        instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<EnvironmentRun>() : null;

    /// <summary>The phase of a run that has no result (yet).</summary>
    public static RunPhase PhaseOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Pending => RunPhase.Pending,
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => RunPhase.Failed,
        _ => RunPhase.Running,
    };
}
