using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Plans;

/// <summary>Makes plans: reads what runs, changes nothing.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="lanes">What keeps a rollout from beginning.</param>
/// <param name="freezes">When nothing is rolled out.</param>
public sealed class RolloutPlanner(ContainerApps apps, LaneStore lanes, FreezeDesk freezes)
{
    private const int RegionsAtOnce = 16;

    /// <summary>The plan of a rollout as it would be carried out now.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public async Task<RolloutPlan> PlanAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var running = new System.Collections.Concurrent.ConcurrentDictionary<RegionName, RunningRevision>();
        await Parallel.ForEachAsync(
            order.Environment.Regions,
            new ParallelOptions { MaxDegreeOfParallelism = RegionsAtOnce, CancellationToken = cancellationToken },
            async (region, token) => running[region.Name] = await RunningAsync(order, region, token));
        return RolloutPlan.Of(order.Stack, order.Environment, order.Candidate, running.GetValueOrDefault, await StopsAsync(order, cancellationToken));
    }

    private async Task<RunningRevision> RunningAsync(RolloutOrder order, RegionDefinition region, CancellationToken cancellationToken)
    {
        var target = order.For(region).Target;
        if (await apps.ReadAsync(target, cancellationToken) is not { } app || app.Serving() is not { } revision)
        {
            return new(null, null, null);
        }

        var image = (await apps.ReadRevisionAsync(target, revision, cancellationToken))?.Image;
        return new(revision, app.Tag(AppTags.Revision) == revision ? app.Tag(AppTags.Release) : null, image);
    }

    private async Task<IReadOnlyList<string>> StopsAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        var lane = await lanes.ReadAsync(order.Stack, order.Environment.Name, cancellationToken);
        var candidate = order.Candidate;
        var ticket = new LaneTicket(candidate.Key.Rollout(order.Stack, order.Environment.Name), candidate.Key.Tag, candidate.Version, candidate.IsRollback, default, candidate.AskedBy);
        var bad = await lanes.BadAsync(candidate.Key.Tag, cancellationToken);
        string?[] stops =
        [
            order.NotTaken(),
            LaneDecisions.Refusal(lane, ticket, isBad: bad is not null),
            await lanes.LineAsync(order.Stack, cancellationToken),
            lane.Halted,
            lane.Held,
            ticket.IsWayBack ? null : (await freezes.HeldAsync(order.Stack, order.Environment.Name, ticket.Rollout, cancellationToken))?.Reason,
            ticket.IsWayBack ? null : freezes.Ahead(order.Stack, order.Environment),
            lane.Running is { } running && running.Rollout != ticket.Rollout ? $"{running.Tag} has the lane" : null,
        ];
        return [.. stops.OfType<string>()];
    }
}
