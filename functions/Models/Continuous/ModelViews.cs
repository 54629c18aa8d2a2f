using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>What looks by order have shown.</summary>
/// <param name="Regions">The regions that were looked at.</param>
/// <param name="LeftAlone">Those that a rollout is at, with its release.</param>
/// <param name="Left">How many more were meant than one call looks at: the next one begins with them.</param>
public sealed record ModelVerification(IReadOnlyList<RegionModelsView> Regions, IReadOnlyList<string> LeftAlone, int Left);

/// <summary>The models of all regions.</summary>
/// <param name="Regions">The regions that have models which releases change, and those that have been looked at.</param>
public sealed record ModelsView(IReadOnlyList<RegionModelsView> Regions);

/// <summary>The models of a region.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Region">The region.</param>
/// <param name="Release">The release that was promoted, as the last look saw it.</param>
/// <param name="Models">Its models.</param>
/// <param name="Problem">Why the last look did not see all; null when it did, or there was none.</param>
/// <param name="Finding">What is not as it was promoted; null when nothing is known to be.</param>
/// <param name="RollBack">What was done about that, or why nothing was.</param>
public sealed record RegionModelsView(
    StackName Stack,
    EnvironmentName Environment,
    RegionName Region,
    string? Release,
    IReadOnlyList<ModelView> Models,
    string? Problem,
    Finding? Finding,
    string? RollBack)
{
    internal static RegionModelsView Of(RegionTarget target, RegionModelLook? look, Finding? finding) => new(
        target.Stack,
        target.Environment,
        target.Region.Name,
        look?.Release,
        look is { Models.Count: > 0 } ? [.. look.Models.Select(model => new ModelView(model.Name, model.Identity, model.Server, new(look.At, model.Verdict, model.Score, model.Checks)))] : [.. Expected(target)],
        look?.Problem,
        finding,
        look?.RollBack);

    private static IEnumerable<ModelView> Expected(RegionTarget target) =>
        (target.Region.Models?.Account?.Models.Select(slot => slot.Name) ?? []).Concat(target.Region.Models?.Open.Select(slot => slot.Name) ?? []).Select(name => new ModelView(name, null, null, null));
}

/// <summary>A model of a region.</summary>
/// <param name="Name">The name that the gateway's callers use.</param>
/// <param name="Identity">What was promoted: a closed model's version, the digest of open weights; null when that is not known.</param>
/// <param name="Server">What serves it: a deployment, a server, a served name; null before the first look.</param>
/// <param name="LastLook">The last look; null before the first.</param>
public sealed record ModelView(string Name, string? Identity, string? Server, ModelLookView? LastLook);

/// <summary>A look at a model.</summary>
/// <param name="At">When.</param>
/// <param name="Verdict">The worst of its checks.</param>
/// <param name="Score">The share of the short suite's tries that passed, 0 to 1; null when that was not measured.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record ModelLookView(DateTimeOffset At, Verdict Verdict, double? Score, IReadOnlyList<ModelCheck> Checks);
