using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>What a look at a region's models has shown. It holds names, numbers and hashes, and no answer.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Region">The region.</param>
/// <param name="At">When.</param>
/// <param name="Release">The tag of the release that was promoted; null when the region does not say.</param>
/// <param name="Since">When it was promoted; null when the region does not say.</param>
/// <param name="Models">What was seen of each model that the serving gateway asks.</param>
/// <param name="Problem">Why not all was seen; null when it was.</param>
public sealed record RegionModelLook(
    StackName Stack,
    EnvironmentName Environment,
    RegionName Region,
    DateTimeOffset At,
    string? Release,
    DateTimeOffset? Since,
    IReadOnlyList<ModelLook> Models,
    string? Problem)
{
    /// <summary>What was done about what was found, or why nothing was; null when nothing was to be done.</summary>
    public string? RollBack { get; init; }

    /// <summary>When the last turn of each model began, by name, whether it was seen in this look or not; null in looks of builds that did not say.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Turns { get; init; }

    /// <summary>Whether all was seen and could be judged.</summary>
    [JsonIgnore]
    public bool IsKnown => Problem is null && Models.SelectMany(model => model.Checks).All(check => check.Verdict is Verdict.Pass or Verdict.Fail);

    /// <summary>Whether a model is another one than was promoted, or worse: what a release may be gone back from for.</summary>
    [JsonIgnore]
    public bool IsGrave => Models.SelectMany(model => model.Checks).Any(check => check is { Verdict: Verdict.Fail, Kind: not ModelCheckKind.Answers });

    /// <summary>What is wrong; null when nothing is known to be.</summary>
    internal Finding? Found()
    {
        var drifts = Models.SelectMany(model => model.Checks.Where(check => check.Verdict == Verdict.Fail).Select(check => $"{model.Name}: {check.Detail}")).ToArray();
        return drifts.Length == 0 ? null : new(FindingKind.Drift, string.Join("; ", drifts), At);
    }
}

/// <summary>What was seen of a model.</summary>
/// <param name="Name">The name that the gateway's callers use.</param>
/// <param name="Identity">What was promoted: a closed model's version, the digest of open weights; null when the gateway was not told.</param>
/// <param name="Server">What serves it: a deployment, a server, a served name.</param>
/// <param name="Score">The share of the short suite's tries that it passed, 0 to 1; null when that was not measured.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record ModelLook(string Name, string? Identity, string Server, double? Score, IReadOnlyList<ModelCheck> Checks)
{
    /// <summary>The worst of the checks.</summary>
    public Verdict Verdict => Checks.Select(check => check.Verdict).Worst();
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Kind">What.</param>
/// <param name="Verdict">Pass: as it was promoted. Fail: it is not. Else that is not known.</param>
/// <param name="Detail">What was expected and what was found, for people.</param>
public sealed record ModelCheck(ModelCheckKind Kind, Verdict Verdict, string Detail);

/// <summary>What is looked at.</summary>
[JsonConverter(typeof(WordJsonConverter<ModelCheckKind>))]
public enum ModelCheckKind
{
    /// <summary>Whether what answers is what was promoted, as far as it says.</summary>
    Identity,

    /// <summary>Whether fixed questions are still answered in the same words.</summary>
    Answers,

    /// <summary>Whether the short suite is still passed as it was.</summary>
    Quality,
}
