using Orchestrator.Core.Analysis;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;

namespace Orchestrator.Core.Topologies;

/// <summary>Reads one environment of a stack: waves, regions and policies. What a policy leaves out has its default.</summary>
internal static class EnvironmentReader
{
    public static EnvironmentDefinition? Read(JsonObjectReader environment)
    {
        var name = environment.Required<EnvironmentName>("name");
        var waves = environment.Objects("waves", required: true, Wave);
        var rollout = Rollout(environment.OptionalObject("rollout"));
        var verification = Verification(environment.OptionalObject("verification"));
        var analysis = AnalysisReader.Read(environment.OptionalObject("analysis"));
        var lane = Lane(environment.OptionalObject("lane"));
        var drift = environment.Word<DriftAction>("drift") ?? DriftAction.Report;
        var approval = ApprovalReader.Read(environment.OptionalObject("approval"));
        var prereleases = environment.Flag("prereleases") ?? false;
        var gate = GateReader.Read(environment.OptionalObject("gate"));
        var continuous = ContinuousReader.Read(environment.OptionalObject("continuous"));
        return name is null ? null : new(name, waves, rollout, verification, analysis, lane, drift, approval, prereleases, gate, continuous);
    }

    private static WaveDefinition? Wave(JsonObjectReader wave)
    {
        var name = wave.Required<WaveName>("name");
        var regions = wave.Objects("regions", required: true, Region);
        var pace = Pace(wave, regions.Count);
        return name is null ? null : new(name, regions, pace.Bake, pace.MaxParallel, pace.MinHealthy);
    }

    /// <summary>How a wave of so many regions goes: its bake, how many regions at once, how many have to succeed.</summary>
    public static (TimeSpan Bake, int? MaxParallel, int? MinHealthy) Pace(JsonObjectReader wave, int regions)
    {
        var bake = wave.Duration("bake") ?? TimeSpan.Zero;
        var parallel = wave.Whole("maxParallel", 1, 10_000);
        var healthy = wave.Whole("minHealthy", 1, 10_000);
        if (healthy > regions)
        {
            wave.Report("minHealthy", $"expected at most the {regions} regions of the wave, found {healthy}");
        }

        return (bake, parallel, healthy);
    }

    private static RegionDefinition? Region(JsonObjectReader region)
    {
        var name = region.Required<RegionName>("name");
        var group = region.Required<ResourceGroupName>("resourceGroup");
        var app = region.Required<ContainerAppName>("app");
        var models = RegionModelsReader.Read(region.OptionalObject("models"));
        return name is null || group is null || app is null ? null : new(name, group, app, models);
    }

    public static LanePolicy Lane(JsonObjectReader? policy)
    {
        var standard = LanePolicy.Default;
        if (policy is null)
        {
            return standard;
        }

        var result = new LanePolicy(policy.Word<QueuePolicy>("queued") ?? standard.Queued, policy.Word<RunningPolicy>("running") ?? standard.Running);
        policy.RefuseUnknown();
        return result;
    }

    public static RolloutPolicy Rollout(JsonObjectReader? policy)
    {
        var standard = RolloutPolicy.Default;
        if (policy is null)
        {
            return standard;
        }

        var traffic = policy.Has("traffic") ? policy.Objects("traffic", required: false, Step) : standard.Traffic;
        for (var index = 1; index < traffic.Count; index++)
        {
            if (traffic[index].Weight <= traffic[index - 1].Weight)
            {
                policy.Report("traffic", $"expected weights that grow, found {traffic[index].Weight} after {traffic[index - 1].Weight}");
            }
        }

        var result = new RolloutPolicy(
            traffic,
            policy.Word<Promotion>("promotion") ?? standard.Promotion,
            policy.Word<RollbackScope>("rollBack") ?? standard.RollBack,
            policy.Word<FailureAction>("onFailure") ?? standard.OnFailure,
            policy.Word<FailureAction>("onInconclusive") ?? standard.OnInconclusive,
            policy.Word<FailureAction>("onError") ?? standard.OnError,
            Limits(policy.OptionalObject("limits")),
            Mirror(policy.OptionalObject("mirror")));
        policy.RefuseUnknown();
        return result;
    }

    private static MirrorPolicy? Mirror(JsonObjectReader? mirror)
    {
        if (mirror is null)
        {
            return null;
        }

        var result = new MirrorPolicy(
            mirror.Whole("percent", 1, MirrorPolicy.Most) ?? MirrorPolicy.Default.Percent,
            mirror.Duration("hold") ?? MirrorPolicy.Default.Hold);
        if (result.Hold < MirrorPolicy.Least)
        {
            mirror.Report("hold", $"expected at least {DurationText.Format(MirrorPolicy.Least)}, found {DurationText.Format(result.Hold)}");
        }

        mirror.RefuseUnknown();
        return result;
    }

    private static PhaseLimits Limits(JsonObjectReader? limits)
    {
        var standard = PhaseLimits.Default;
        if (limits is null)
        {
            return standard;
        }

        var result = new PhaseLimits(
            limits.Duration("ready") ?? standard.Ready,
            limits.Duration("shift") ?? standard.Shift,
            limits.Duration("verify") ?? standard.Verify,
            limits.Duration("measure") ?? standard.Measure,
            limits.Duration("rollBack") ?? standard.RollBack,
            limits.Duration("decision") ?? standard.Decision,
            limits.Duration("models") ?? standard.Models,
            limits.Duration("suite") ?? standard.Suite);
        limits.RefuseUnknown();
        return result;
    }

    private static TrafficStep? Step(JsonObjectReader step)
    {
        var weight = step.Whole("weight", 1, 99, required: true);
        var hold = step.Duration("hold") ?? TimeSpan.Zero;
        var analysis = step.Flag("analysis") ?? true;
        return weight is null ? null : new(weight.Value, hold, analysis);
    }

    public static VerificationPolicy Verification(JsonObjectReader? policy)
    {
        var standard = VerificationPolicy.Default;
        if (policy is null)
        {
            return standard;
        }

        var result = new VerificationPolicy(
            policy.UrlPath("healthPath") ?? standard.HealthPath,
            policy.UrlPath("versionPath") ?? standard.VersionPath,
            policy.Whole("requests", 1, 10_000) ?? standard.Requests,
            policy.Share("maxErrorRate") ?? standard.MaxErrorRate,
            policy.Duration("maxP95") ?? standard.MaxP95,
            policy.Duration("requestTimeout") ?? standard.RequestTimeout);
        policy.RefuseUnknown();
        return result;
    }
}
