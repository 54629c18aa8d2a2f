using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>One thing that happened in a rollout: of a wave, or of one of its regions.</summary>
/// <param name="At">When, by the orchestrations' clock.</param>
/// <param name="Wave">The wave; absent before the first.</param>
/// <param name="Activity">What the rollout began to do at the wave; absent where a region did something.</param>
/// <param name="Region">The region; absent where the rollout did something.</param>
/// <param name="Step">The step that the region came to.</param>
/// <param name="Weight">The candidate's share of the region's traffic once the step was done, percent.</param>
public sealed record RolloutEvent(DateTimeOffset At, WaveName? Wave, RolloutActivity? Activity, RegionName? Region, RegionStep? Step, int? Weight);

/// <summary>The record of a rollout.</summary>
/// <param name="Events">What happened, in order.</param>
/// <param name="Times">How long it took.</param>
public sealed record RolloutHistory(IReadOnlyList<RolloutEvent> Events, RolloutTimes Times)
{
    /// <summary>When a record took the place of the durable instances, which knew of the events; null while they are kept.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }
}

/// <summary>Puts the record of a rollout together from what its durable instances hold.</summary>
internal static class RolloutEvents
{
    /// <summary>What happened, in order, and how long it took; null when there is no such rollout.</summary>
    public static async Task<RolloutHistory?> ReadAsync(DurableTaskClient client, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(ReleaseKey.RolloutPrefix, StringComparison.Ordinal)
            || await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
        {
            return null;
        }

        var order = instance.ReadInputAs<RolloutOrder>()!;
        var own = instance.SerializedCustomStatus is null ? [] : instance.ReadCustomStatusAs<RolloutStatus>()!.Record;
        var regions = await Task.WhenAll(order.Environment.Waves.SelectMany(wave => wave.Regions.SelectMany(region => Instances(order.For(region))
            .Select(run => RegionAsync(client, run, wave.Name, region.Name, cancellationToken)))));

        // What the rollout does comes before what its regions do at the same time.
        RolloutEvent[] all = [.. own.Select(record => new RolloutEvent(record.At, record.Wave, record.Activity, null, null, null))
            .Concat(regions.SelectMany(events => events))
            .OrderBy(happened => happened.At)];
        return new(all, RolloutTimes.Of(all, instance.CreatedAt, instance.IsCompleted ? instance.LastUpdatedAt : now));
    }

    private static string[] Instances(RegionOrder order) =>
        [order.RunId(), order.Candidate.Key.RegionRollback(order.Target.Stack, order.Target.Environment, order.Target.Region.Name)];

    private static async Task<IEnumerable<RolloutEvent>> RegionAsync(
        DurableTaskClient client,
        string id,
        WaveName wave,
        RegionName region,
        CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { SerializedCustomStatus: not null } instance
            ? instance.ReadCustomStatusAs<RegionStatus>()!.Record.Select(record => new RolloutEvent(record.At, wave, null, region, record.Step, record.Weight))
            : [];
}
