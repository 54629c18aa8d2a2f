using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Rollouts;

/// <summary>How a rollout, one release going to one environment of one stack, ended.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Phase">How it ended.</param>
/// <param name="Verdict">The worst verdict of its regions; null when none was verified.</param>
/// <param name="Reason">Why it did not succeed, for people; null when it did.</param>
/// <param name="Regions">Every region of the environment, in wave order.</param>
public sealed record EnvironmentRun(
    EnvironmentName Environment,
    RunPhase Phase,
    Verdict? Verdict,
    string? Reason,
    IReadOnlyList<RegionRun> Regions)
{
    /// <summary>Whether the rollout has nothing to do there: then its end says nothing of the release, and holds nothing up.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>The end that follows from how the regions ended.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="regions">Every region of it.</param>
    /// <param name="stopped">Whether the rollout was stopped before its end.</param>
    /// <param name="order">The order that stopped it; null when policy did.</param>
    public static EnvironmentRun Of(EnvironmentName environment, IReadOnlyList<RegionRun> regions, bool stopped, StopOrder? order = null)
    {
        var end = RolloutDecisions.EndOf(regions, stopped);
        return new(
            environment,
            end == RunPhase.RolledBack && order is { Supersedes: true } ? RunPhase.Superseded : end,
            RolloutDecisions.VerdictOf(regions),
            end == RunPhase.Failed ? RolloutDecisions.ReasonOf(regions) : order?.Reason ?? RolloutDecisions.ReasonOf(regions),
            regions);
    }

    /// <summary>An environment that was not begun, because the order to stop came before.</summary>
    public static EnvironmentRun NotBegun(EnvironmentName environment, StopOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return NotBegun(environment, order.Supersedes ? RunPhase.Superseded : RunPhase.Skipped, order.Reason);
    }

    /// <summary>An environment that the rollout has nothing to do in.</summary>
    public static EnvironmentRun LeftOut(EnvironmentName environment, string reason) => NotBegun(environment, RunPhase.Skipped, reason) with { IsLeftOut = true };

    /// <summary>An environment that was not begun.</summary>
    public static EnvironmentRun NotBegun(EnvironmentName environment, RunPhase phase, string reason) =>
        new(environment, phase, null, reason, []);
}
