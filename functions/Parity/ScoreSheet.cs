using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Parity;

/// <summary>
/// All of a stack that another one gets to see: numbers under case ids, and the names of what was measured. It is the asset
/// <c>scores.STACK.json</c> of a release, which is all that function apps in two clouds have in common.
/// </summary>
/// <param name="Stack">The stack.</param>
/// <param name="Tag">The release.</param>
/// <param name="Environment">The environment that the scores are from.</param>
/// <param name="At">When the last of them was taken.</param>
/// <param name="Models">What was asked.</param>
/// <param name="Suite">The suite's name.</param>
/// <param name="Digest">The digest of the suite's file.</param>
/// <param name="Cases">What the tries of each case came to, in all regions of the environment together.</param>
/// <param name="Manifest">The digest of the manifest that it is for; null in sheets of builds that did not say.</param>
public sealed record ScoreSheet(
    StackName Stack,
    ReleaseTag Tag,
    EnvironmentName Environment,
    DateTimeOffset At,
    IReadOnlyList<SheetModel> Models,
    string Suite,
    Sha256Digest Digest,
    IReadOnlyList<CaseScore> Cases,
    Sha256Digest? Manifest = null)
{
    /// <summary>The largest sheet that is written or read, in bytes.</summary>
    public const int LargestSize = 1024 * 1024;

    /// <summary>What the sheet says, as the judge takes it.</summary>
    public StackResult Result() => new(Stack, Tag, string.Join(", ", Models.Select(model => model.Name)), At, new(Suite, Digest, Cases));

    /// <summary>The name of a stack's asset.</summary>
    public static string AssetOf(StackName stack) => $"scores.{stack}.json";
}

/// <summary>A model that was asked.</summary>
/// <param name="Name">By the name that requests carry.</param>
/// <param name="Identity">A closed model's version, the digest of open weights; null when that is not known.</param>
public sealed record SheetModel(string Name, string? Identity);
