using Orchestrator.Core.Analysis;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Watch;

namespace Orchestrator.Core.Configurations;

/// <summary>Reads one environment of a configuration. Models may stand at the environment, for all its regions, or at a region.</summary>
internal static class EnvironmentConfigurationReader
{
    public static EnvironmentConfiguration? Read(JsonObjectReader environment)
    {
        var name = environment.Required<EnvironmentName>("name");
        var production = environment.Flag("production") ?? false;
        var closed = environment.Has("closedModels") ? environment.Objects("closedModels", required: false, ModelConfigurationReader.Closed) : [];
        var open = environment.Has("openModels") ? environment.Objects("openModels", required: false, ModelConfigurationReader.Open) : [];
        var waves = environment.Objects("waves", required: true, wave => Wave(wave, closed, open));
        var rollout = EnvironmentReader.Rollout(environment.OptionalObject("rollout"));
        var verification = EnvironmentReader.Verification(environment.OptionalObject("verification"));
        var analysis = AnalysisReader.Read(environment.OptionalObject("analysis"));
        var lane = EnvironmentReader.Lane(environment.OptionalObject("lane"));
        var drift = environment.Word<DriftAction>("drift") ?? DriftAction.Report;
        var approval = ApprovalReader.Read(environment.OptionalObject("approval"));
        var prereleases = environment.Flag("prereleases") ?? false;
        var gate = GateReader.Read(environment.OptionalObject("gate"));
        var continuous = ContinuousReader.Read(environment.OptionalObject("continuous"));
        return name is null ? null : new(name, production, waves, rollout, verification, analysis, lane, drift, approval, prereleases, gate, continuous);
    }

    private static WaveConfiguration? Wave(JsonObjectReader wave, IReadOnlyList<ClosedModelConfiguration> closed, IReadOnlyList<OpenModelConfiguration> open)
    {
        var name = wave.Required<WaveName>("name");
        var regions = wave.Objects("regions", required: true, region => Region(region, closed, open));
        var pace = EnvironmentReader.Pace(wave, regions.Count);
        return name is null ? null : new(name, regions, pace.Bake, pace.MaxParallel, pace.MinHealthy);
    }

    private static RegionConfiguration? Region(JsonObjectReader region, IReadOnlyList<ClosedModelConfiguration> closed, IReadOnlyList<OpenModelConfiguration> open)
    {
        var name = region.Required<RegionName>("name");
        var replicas = Replicas(region.OptionalObject("replicas"));
        var ownClosed = region.Has("closedModels") ? region.Objects("closedModels", required: false, ModelConfigurationReader.Closed) : closed;
        var ownOpen = region.Has("openModels") ? region.Objects("openModels", required: false, ModelConfigurationReader.Open) : open;
        return name is null ? null : new(region.Path, name, replicas, ownClosed, ownOpen);
    }

    private static ReplicaRange Replicas(JsonObjectReader? replicas)
    {
        if (replicas is null)
        {
            return ReplicaRange.Default;
        }

        var least = replicas.Whole("least", 0, 1000) ?? ReplicaRange.Default.Least;
        var most = replicas.Whole("most", 1, 1000) ?? ReplicaRange.Default.Most;
        if (most < least)
        {
            replicas.Report("most", $"expected at least {least}, as 'least' says; found {most}");
        }

        replicas.RefuseUnknown();
        return new(least, most);
    }
}
