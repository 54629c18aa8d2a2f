using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;
using Release = Orchestrator.Core.Releases.Release;

namespace Orchestrator.Functions.Releases;

/// <summary>Reads a release and its manifest from GitHub and makes the orders for the stacks that this instance drives.</summary>
/// <param name="releases">The releases on GitHub.</param>
/// <param name="settings">The stacks.</param>
public sealed class ReadRelease(ReleaseSource releases, OrchestratorSettings settings)
{
    /// <summary>The plan. Whatever is wrong with the release itself is a refusal; only GitHub being out of reach throws.</summary>
    [Function(nameof(ReadRelease))]
    public async Task<ReleasePlan> RunAsync([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken)
    {
        var key = request.Key;
        var found = await releases.FindAsync(key.Repository, key.Tag, cancellationToken);
        if (found.Refusal is not null)
        {
            return ReleasePlan.Refused(found.Commit, found.Refusal);
        }

        var parsed = ReleaseManifestParser.Parse(found.Manifest);
        if (!parsed.IsValid)
        {
            return ReleasePlan.Refused(found.Commit, $"{ReleaseManifest.AssetName} is not a release manifest: {string.Join("; ", parsed.Problems)}");
        }

        var release = new Release(key, found.Commit!, found.Page!, parsed.Value);
        var orders = settings.Topology.Stacks
            .Where(stack => release.Manifest.Stacks.ContainsKey(stack.Name) && request.Scope?.Holds(stack.Name) != false)
            .Select(stack => Order(stack, release, request.Scope))
            .ToArray();
        return orders.Length > 0
            ? new(found.Commit, orders, null)
            : ReleasePlan.Refused(found.Commit, $"expected one of the stacks {string.Join(", ", settings.Topology.Stacks.Select(stack => stack.Name))} in {ReleaseManifest.AssetName}, found {string.Join(", ", release.Manifest.Stacks.Keys)}");
    }

    private static StackOrder Order(StackDefinition stack, Release release, ReleaseScope? scope)
    {
        var isRollback = scope?.IsRollback == true;
        var manifest = release.Manifest.Stacks[stack.Name];
        return new(
            stack.Name,
            [.. stack.Environments.Where(environment => scope?.Holds(environment.Name) != false).Select(Ordered)],
            Candidate.Of(release, stack.Name) with { IsRollback = isRollback },
            stack.MaxRegionsAtWork);

        EnvironmentDefinition Ordered(EnvironmentDefinition environment)
        {
            var tightened = environment.TightenedBy(manifest.Rollout, manifest.Verification);
            return isRollback ? tightened.ForRollback() : tightened;
        }
    }
}
