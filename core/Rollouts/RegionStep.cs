using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Rollouts;

/// <summary>Where a rollout stands in one region.</summary>
[JsonConverter(typeof(WordJsonConverter<RegionStep>))]
public enum RegionStep
{
    /// <summary>Nothing has been done yet.</summary>
    Pending,

    /// <summary>The candidate is being deployed at 0 % of the traffic, or is getting ready.</summary>
    Deploying,

    /// <summary>The models that the candidate asks are being brought to the region, beside those that serve: weights staged, servers made and loaded.</summary>
    PreparingModels,

    /// <summary>The candidate is being verified at the weight it has.</summary>
    Verifying,

    /// <summary>Traffic is moving to the candidate, or the candidate holds its share for a while.</summary>
    Shifting,

    /// <summary>Every traffic step has been taken; a person has to promote the candidate.</summary>
    AwaitingPromotion,

    /// <summary>The candidate is getting all traffic.</summary>
    Promoting,

    /// <summary>The candidate has all traffic. Ended.</summary>
    Promoted,

    /// <summary>Something went wrong, and everything stays as it is until a person decides.</summary>
    Paused,

    /// <summary>The baseline is getting all traffic back, and is verified.</summary>
    RollingBack,

    /// <summary>The baseline has all traffic again. Ended.</summary>
    RolledBack,

    /// <summary>The baseline could not be given its traffic back, or is not fit itself: somebody has to look. Ended.</summary>
    RollbackFailed,

    /// <summary>Not begun, because the rollout stopped before. Ended.</summary>
    Skipped,
}

/// <summary>Rules about steps.</summary>
public static class RegionSteps
{
    /// <summary>Whether nothing follows in this region's own run.</summary>
    public static bool IsTerminal(this RegionStep step) =>
        step is RegionStep.Promoted or RegionStep.RolledBack or RegionStep.RollbackFailed or RegionStep.Skipped;

    /// <summary>Whether a person is waited for.</summary>
    public static bool AwaitsDecision(this RegionStep step) => step is RegionStep.AwaitingPromotion or RegionStep.Paused;

    /// <summary>
    /// Whether <paramref name="next"/> may follow. A promoted region can still be rolled back, by the environment that it belongs to.
    /// </summary>
    public static bool CanBecome(this RegionStep step, RegionStep next) => step switch
    {
        RegionStep.Pending => next is RegionStep.Deploying or RegionStep.RollingBack or RegionStep.Skipped,
        RegionStep.Deploying => next is RegionStep.PreparingModels or RegionStep.Verifying or RegionStep.Paused or RegionStep.RollingBack,
        RegionStep.PreparingModels => next is RegionStep.Deploying or RegionStep.Paused or RegionStep.RollingBack,
        RegionStep.Verifying => next is RegionStep.Shifting or RegionStep.AwaitingPromotion or RegionStep.Promoting or RegionStep.Paused or RegionStep.RollingBack,
        RegionStep.Shifting => next is RegionStep.Shifting or RegionStep.Verifying or RegionStep.AwaitingPromotion or RegionStep.Promoting or RegionStep.Paused or RegionStep.RollingBack,
        RegionStep.AwaitingPromotion => next is RegionStep.Promoting or RegionStep.RollingBack,
        RegionStep.Promoting => next is RegionStep.Promoted or RegionStep.RollbackFailed or RegionStep.Paused or RegionStep.RollingBack,
        RegionStep.Paused => next is RegionStep.Deploying or RegionStep.Verifying or RegionStep.Shifting or RegionStep.Promoting or RegionStep.RollingBack,
        RegionStep.Promoted => next is RegionStep.RollingBack,
        RegionStep.RollingBack => next is RegionStep.RolledBack or RegionStep.RollbackFailed,
        _ => false,
    };
}
