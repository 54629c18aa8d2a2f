using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Plans;

/// <summary>What a rollout would change in one environment, in what order, and what would stop it. Making it touches nothing.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Commit">The commit that the tag names.</param>
/// <param name="Version">The version that would serve.</param>
/// <param name="Image">The image that would serve.</param>
/// <param name="Models">The models that it has to serve.</param>
/// <param name="Waves">What would be changed, in order.</param>
/// <param name="AtLeast">How long it takes at least: all holds and bakes, one after the other. Waiting for people and clouds comes on top.</param>
/// <param name="Stops">What would keep it from beginning just now; not part of the digest.</param>
/// <param name="Digest">The plan's name: it changes with everything that would be changed, with how, and with what runs now.</param>
public sealed record RolloutPlan(
    StackName Stack,
    EnvironmentName Environment,
    ReleaseTag Tag,
    CommitSha Commit,
    string Version,
    ImageReference Image,
    IReadOnlyList<string> Models,
    IReadOnlyList<WavePlan> Waves,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan AtLeast,
    IReadOnlyList<string> Stops,
    Sha256Digest Digest)
{
    /// <summary>The plan that follows from what is ordered and what runs.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="environment">The environment, tightened by the release.</param>
    /// <param name="candidate">What the stack gets from the release.</param>
    /// <param name="running">What runs in a region; null where that could not be read.</param>
    /// <param name="stops">What would keep it from beginning just now.</param>
    public static RolloutPlan Of(StackName stack, EnvironmentDefinition environment, Candidate candidate, Func<RegionName, RunningRevision?> running, IReadOnlyList<string> stops)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(running);
        WavePlan[] waves = [.. environment.Waves.Select(wave => new WavePlan(
            wave.Name,
            [.. wave.Regions.Select(region => Region(region.Name))],
            [.. environment.Rollout.Traffic.Select(step => step.Weight)],
            wave.Bake))];
        return new(
            stack,
            environment.Name,
            candidate.Key.Tag,
            candidate.Commit,
            candidate.Version,
            candidate.Image,
            candidate.Models,
            waves,
            environment.AtLeast,
            stops,
            DigestOf(stack, environment, candidate, waves));

        RegionPlan Region(RegionName region)
        {
            var now = running(region);
            return new(region, now, now?.Image != candidate.Image.Value);
        }
    }

    private static readonly Uri Nowhere = new("about:blank");

    // Neither who approves nor who asks is part of what is approved; nor is a page, which a draft has another one of, nor whether
    // it is a prerelease yet.
    private static Sha256Digest DigestOf(StackName stack, EnvironmentDefinition environment, Candidate candidate, IReadOnlyList<WavePlan> waves)
    {
        var content = new PlanContent(stack, environment with { Approval = null, Prereleases = false }, candidate with { Key = candidate.Key with { Attempt = 1 }, Page = Nowhere, AskedBy = null, PublishedBy = null, IsPrerelease = false }, waves);
        return Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(content, PlanJsonContext.Default.PlanContent));
    }
}

/// <summary>A wave of a plan.</summary>
/// <param name="Wave">Its name.</param>
/// <param name="Regions">What would be changed in each region.</param>
/// <param name="Traffic">The shares of the traffic that the candidate gets in each, percent, before it gets all.</param>
/// <param name="Bake">How long the wave is watched before the next one begins.</param>
public sealed record WavePlan(
    WaveName Wave,
    IReadOnlyList<RegionPlan> Regions,
    IReadOnlyList<int> Traffic,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Bake);

/// <summary>A region of a plan.</summary>
/// <param name="Region">The region.</param>
/// <param name="Now">What serves there; null when that could not be read.</param>
/// <param name="Changes">Whether another image would serve.</param>
public sealed record RegionPlan(RegionName Region, RunningRevision? Now, bool Changes);

/// <summary>What serves a region.</summary>
/// <param name="Revision">The revision with the most traffic.</param>
/// <param name="Release">The release that the region's tags name; null when no rollout has put it there.</param>
/// <param name="Image">The revision's image; null when the cloud does not say.</param>
public sealed record RunningRevision(string? Revision, string? Release, string? Image);

/// <summary>What a plan's digest is made of.</summary>
internal sealed record PlanContent(StackName Stack, EnvironmentDefinition Environment, Candidate Candidate, IReadOnlyList<WavePlan> Waves);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlanContent))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
