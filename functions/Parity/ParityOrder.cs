using System.Text.Json.Serialization;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Parity;

/// <summary>The order to compare a release's stacks once those that this instance drives have ended.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="Demand">What must hold.</param>
/// <param name="Stacks">All stacks that the manifest names, whoever drives them.</param>
/// <param name="Own">Those that this instance drives.</param>
/// <param name="Manifest">
/// The digest of the manifest, which pins all that is rolled out: an attempt at the same tag with another one is another content, and
/// apps that count their attempts each for itself still agree on it. Null in orders of builds that did not say.
/// </param>
public sealed record ParityOrder(
    ReleaseKey Key,
    ParityDemand Demand,
    IReadOnlyList<StackName> Stacks,
    IReadOnlyList<OwnShare> Own,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sha256Digest? Manifest = null)
{
    /// <summary>Whether what was shown for a manifest was shown for this one. An order that names none takes all, as when it was given.</summary>
    public bool IsFor(Sha256Digest? manifest) => Manifest is null || Manifest == manifest;

    /// <summary>The order that follows from a release; null when it demands nothing.</summary>
    public static ParityOrder? Of(Release release, IReadOnlyList<StackDefinition> driven)
    {
        ArgumentNullException.ThrowIfNull(release);
        return release.Manifest.Parity is not { } demand ? null : new(
            release.Key,
            demand,
            [.. release.Manifest.Stacks.Keys.OrderBy(stack => stack.Value, StringComparer.Ordinal)],
            [.. driven.Where(stack => release.Manifest.Stacks.ContainsKey(stack.Name)).Select(stack => new OwnShare(
                stack.Name,
                [.. stack.Environments.Select(environment => environment.Name)],
                ModelPins.Of(release.Manifest, release.Manifest.Stacks[stack.Name]) is { } pins
                    ? [.. pins.Closed.Select(model => model.Version), .. pins.Open.SelectMany(weights => IdentitiesOf(stack, weights))]
                    : null))],
            release.ManifestDigest);
    }

    // A cluster that others run gets no server from a release; any other slot does, where the release pins one.
    private static IEnumerable<string> IdentitiesOf(StackDefinition stack, WeightsPin weights) => stack.Environments
        .SelectMany(environment => environment.Regions)
        .Select(region => region.Models?.FindOpen(weights.Name)?.Serving == ServingKind.External ? null : ModelPlanner.ServerDigestOf(weights.Server))
        .Distinct()
        .Select(server => ModelEntry.WholeOf(weights.Digest.Value, server)!);
}

/// <summary>A stack that this instance drives.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environments">Its environments, in order.</param>
/// <param name="Identities">What the release pins: closed models' versions, digests of open weights, each with that of the server that it pins; null when it pins nothing.</param>
public sealed record OwnShare(StackName Stack, IReadOnlyList<EnvironmentName> Environments, IReadOnlyList<string>? Identities);
