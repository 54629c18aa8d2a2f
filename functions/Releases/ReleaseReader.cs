using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;
using Release = Orchestrator.Core.Releases.Release;

namespace Orchestrator.Functions.Releases;

/// <summary>Reads a release and its manifest from GitHub and makes the orders for the stacks that this instance drives.</summary>
/// <param name="releases">The releases on GitHub.</param>
/// <param name="settings">The stacks.</param>
/// <param name="models">What is known against the release's models.</param>
/// <param name="manifests">Where it is noted which manifest was read, if anybody is going to ask.</param>
public sealed class ReleaseReader(ReleaseSource releases, OrchestratorSettings settings, ReleaseModels models, ManifestLedger manifests)
{
    /// <summary>What follows from the release. Whatever is wrong with the release itself is a refusal.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<ReleasePlan> ReadAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = await releases.FindAsync(request.Key.Repository, request.Key.Tag, cancellationToken);
        if (found.Refusal is null && settings.Releases.OnEdited == EditedAction.Restart)
        {
            await manifests.NoteAsync(request.Key.Tag, ManifestMark.Of(found.Manifest.Span, found.ManifestUpdatedAt), cancellationToken);
        }

        return await PlanAsync(request, found, cancellationToken);
    }

    /// <summary>What would follow from a release that may be a draft yet.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<(ReleasePlan Plan, FoundRelease Release)> PreviewAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = await releases.FindWithDraftsAsync(request.Key.Repository, request.Key.Tag, cancellationToken);
        return (await PlanAsync(found.IsPrerelease ? request with { Key = request.Key with { Attempt = ReleaseKey.OfPrerelease } } : request, found, cancellationToken), found);
    }

    private async Task<ReleasePlan> PlanAsync(ReleaseRequest request, FoundRelease found, CancellationToken cancellationToken)
    {
        var key = request.Key;
        if (found.Refusal is not null)
        {
            return ReleasePlan.Refused(found.Commit, found.Refusal);
        }

        var parsed = ReleaseManifestParser.Parse(found.Manifest);
        if (!parsed.IsValid)
        {
            return ReleasePlan.Refused(found.Commit, $"{ReleaseManifest.AssetName} is not a release manifest: {string.Join("; ", parsed.Problems)}");
        }

        var release = new Release(key, found.Commit!, found.Page!, parsed.Value, Sha256Digest.Of(found.Manifest.Span), request.PublishedBy ?? found.PublishedBy);
        var stacks = settings.Topology.Stacks.Where(stack => release.Manifest.Stacks.ContainsKey(stack.Name) && request.Scope?.Holds(stack.Name) != false).ToArray();
        if (stacks.Length == 0)
        {
            return ReleasePlan.Refused(found.Commit, $"expected one of the stacks {string.Join(", ", settings.Topology.Stacks.Select(stack => stack.Name))} in {ReleaseManifest.AssetName}, found {string.Join(", ", release.Manifest.Stacks.Keys)}");
        }

        var isPrerelease = found.IsPrerelease || key.Attempt == ReleaseKey.OfPrerelease;
        return await models.RefuseAsync(key.Tag, found, release.Manifest, stacks, request.Scope?.IsRollback == true, cancellationToken) is { } refusal
            ? ReleasePlan.Refused(found.Commit, refusal)
            : new(found.Commit, [.. stacks.Select(stack => Order(stack, release, isPrerelease, request.Scope))], null, request.Scope?.IsRollback == true ? null : ParityOrder.Of(release, settings.Topology.Stacks));
    }

    private static StackOrder Order(StackDefinition stack, Release release, bool isPrerelease, ReleaseScope? scope)
    {
        var isRollback = scope?.IsRollback == true;
        var manifest = release.Manifest.Stacks[stack.Name];
        return new(
            stack.Name,
            [.. stack.Environments.Where(environment => scope?.Holds(environment.Name) != false).Select(Ordered)],
            Candidate.Of(release, stack.Name) with { IsRollback = isRollback, AskedBy = scope?.By, IsPrerelease = isPrerelease },
            stack.MaxRegionsAtWork,
            !(isRollback && scope?.By is not null) && stack.Calendar is { Ongoing: OngoingPolicy.Hold });

        EnvironmentDefinition Ordered(EnvironmentDefinition environment)
        {
            var tightened = environment.TightenedBy(manifest.Rollout, manifest.Verification).For(scope?.Regions);
            return isRollback ? tightened.ForRollback() : tightened;
        }
    }
}
