using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Suites;

/// <summary>What a region's candidate has shown on the suite: numbers under case ids, and nothing else.</summary>
/// <param name="Tag">The release.</param>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Region">The region.</param>
/// <param name="Model">The model that was asked, by the name that requests carry.</param>
/// <param name="Identity">What answered: a closed model's version, the digest of open weights; null when that is not known.</param>
/// <param name="At">When.</param>
/// <param name="Verdict">What the gate made of it.</param>
/// <param name="Candidate">What it has shown.</param>
/// <param name="Baseline">What served before has shown beside it; null without one.</param>
/// <param name="Manifest">The digest of the release's manifest; null where the build that kept them did not say.</param>
/// <param name="ServerDigest">What the server ran beside its weights; null for the stack's own, and where the build that kept them did not say.</param>
public sealed record StoredScores(
    ReleaseTag Tag,
    StackName Stack,
    EnvironmentName Environment,
    RegionName Region,
    string Model,
    string? Identity,
    DateTimeOffset At,
    Verdict Verdict,
    SuiteScores Candidate,
    SuiteScores? Baseline,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sha256Digest? Manifest = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ServerDigest = null)
{
    /// <summary>What answered, with the server that it ran in, as <see cref="ModelEntry.Whole"/> says it.</summary>
    [JsonIgnore]
    public string? Whole => ModelEntry.WholeOf(Identity, ServerDigest);
}
