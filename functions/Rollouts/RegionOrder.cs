using System.Text.Json.Serialization;
using Orchestrator.Core.Analysis;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Rollouts;

/// <summary>The order to take a candidate to one region. It carries the policies it was given with: a rollout under way does not change its rules.</summary>
/// <param name="Target">Where.</param>
/// <param name="Candidate">What.</param>
/// <param name="Rollout">How it takes over.</param>
/// <param name="Verification">What it must show, already tightened by the release.</param>
/// <param name="Analysis">How it is compared with its baseline.</param>
/// <param name="MaxRegionsAtWork">At most so many regions of the stack at once; null for no limit.</param>
public sealed record RegionOrder(
    RegionTarget Target,
    Candidate Candidate,
    RolloutPolicy Rollout,
    VerificationPolicy Verification,
    AnalysisPolicy Analysis,
    int? MaxRegionsAtWork = null)
{
    /// <summary>What was planned when the rollout began, where that is written to GitHub; null elsewhere.</summary>
    public PlanNote? Plan { get; init; }

    /// <summary>What the candidate's models must show; null in the histories of builds that did not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public GatePolicy? Gate { get; init; }

    /// <summary>What the candidate changes of the region's models, once that is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ModelPlan? Models { get; init; }

    /// <summary>The durable id of the region's own run.</summary>
    public string RunId() => Candidate.Key.RegionRun(Target.Stack, Target.Environment, Target.Region.Name);
}
