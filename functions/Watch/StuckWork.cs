using Orchestrator.Core.Problems;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Watch;

/// <summary>Tells work that has not moved for longer than its limit: a limit is kept by the run itself, so then something is broken.</summary>
public static class StuckWork
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>What does not move in a rollout that has its lane; null when all does.</summary>
    /// <param name="rollout">The rollout; null when there is none of the id that has the lane.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="now">The time.</param>
    public static string? In(RolloutView? rollout, EnvironmentDefinition environment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (rollout is null)
        {
            return "the rollout that has the lane does not exist";
        }

        if (rollout.Rollout.Phase.IsTerminal())
        {
            return now - rollout.Rollout.UpdatedAt > Slack ? $"{rollout.Rollout.Id} has ended and still has the lane" : null;
        }

        var stuck = rollout.Waves.SelectMany(wave => wave.Regions)
            .Where(run => LimitOf(run.Step, environment.Rollout) is { } limit && now - run.Since > limit + Slack)
            .Select(run => $"{run.Region} is {run.Step} since {DurationText.Format(TimeSpan.FromSeconds(Math.Floor((now - run.Since).TotalSeconds)))}");
        return string.Join(", ", stuck) is { Length: > 0 } regions ? regions : Baking(rollout, environment, now);
    }

    private static string? Baking(RolloutView rollout, EnvironmentDefinition environment, DateTimeOffset now)
    {
        if (rollout.Status is not { Activity: RolloutActivity.Baking, Record: [.., var begun] }
            || environment.Waves.FirstOrDefault(wave => wave.Name == begun.Wave) is not { } wave)
        {
            return null;
        }

        return now - begun.At > wave.Bake + environment.Rollout.Limits.Verify + Slack ? $"{wave.Name} bakes since {begun.At:u}" : null;
    }

    private static TimeSpan? LimitOf(RegionStep step, RolloutPolicy policy)
    {
        var limits = policy.Limits;
        return step switch
        {
            RegionStep.Deploying => limits.Ready + limits.Ready + limits.Shift + limits.Shift,
            RegionStep.PreparingModels => limits.ForModels,
            RegionStep.Verifying => limits.Verify + limits.ForSuite,
            RegionStep.Shifting => limits.Shift + policy.Traffic.Select(traffic => traffic.Hold).DefaultIfEmpty().Max(),
            RegionStep.Promoting => limits.Shift + limits.Verify,
            RegionStep.AwaitingPromotion or RegionStep.Paused => limits.Decision,
            RegionStep.RollingBack => limits.RollBack + limits.Measure,
            _ => null,
        };
    }
}
