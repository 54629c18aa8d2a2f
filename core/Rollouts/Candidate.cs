using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Rollouts;

/// <summary>What one stack gets from a release, cut down to what its regions need: it travels through every region's history.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="Commit">The commit that is deployed.</param>
/// <param name="Page">The release's page on GitHub.</param>
/// <param name="Version">The version that the workload must report.</param>
/// <param name="Image">The image, by digest.</param>
/// <param name="Models">The names that the workload must serve models under.</param>
/// <param name="Probe">The request that verifications repeat; null for the default one.</param>
/// <param name="IsRollback">Whether it is gone back to this release: by a person, or by a repair.</param>
/// <param name="AskedBy">The person who asked for this rollout; null when the release's publication did, or a repair.</param>
/// <param name="PublishedBy">The GitHub login of who published the release; null when not known.</param>
/// <param name="Manifest">The digest of the release's manifest, which says more than a region needs.</param>
/// <param name="IsPrerelease">Whether it is a prerelease: only environments that take them get it.</param>
/// <param name="Pins">The models that the workload asks, by identity; null in the histories of builds that did not say.</param>
public sealed record Candidate(
    ReleaseKey Key,
    CommitSha Commit,
    Uri Page,
    string Version,
    ImageReference Image,
    IReadOnlyList<string> Models,
    ProbeRequest? Probe,
    bool IsRollback = false,
    string? AskedBy = null,
    string? PublishedBy = null,
    Sha256Digest? Manifest = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsPrerelease = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ModelPins? Pins = null)
{
    /// <summary>The revision suffix that this candidate has in every region.</summary>
    public string RevisionSuffix() => Key.RevisionSuffix(Image);

    /// <summary>The request that a verification under <paramref name="policy"/> repeats.</summary>
    public ProbeRequest ProbeUnder(VerificationPolicy policy) => Probe ?? DefaultProbe.For(Models, policy);

    /// <summary>The candidate of a stack that the release names.</summary>
    public static Candidate Of(Release release, StackName stack)
    {
        var manifest = release.Manifest.Stacks[stack];
        return new(
            release.Key,
            release.Commit,
            release.Page,
            release.Manifest.Version,
            manifest.Image,
            [.. manifest.ModelNames()],
            manifest.Verification?.Probe,
            PublishedBy: release.PublishedBy,
            Manifest: release.ManifestDigest,
            Pins: ModelPins.Of(release.Manifest, manifest));
    }
}
