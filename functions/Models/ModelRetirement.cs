using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Removes what served models for a gateway that no longer serves. What is left hurts nobody, but it costs money: whoever calls may try again.</summary>
/// <param name="servings">What serves models, by kind.</param>
public sealed class ModelRetirement(IEnumerable<IModelServing> servings)
{
    /// <summary>Removes what <paramref name="retired"/> asks and <paramref name="serving"/> does not, as far as it can be removed.</summary>
    /// <param name="target">The region.</param>
    /// <param name="retired">What a gateway asks that no longer serves.</param>
    /// <param name="serving">What the serving gateway asks.</param>
    /// <param name="isReplaced">Whether a release has taken its place for good; else it is a candidate's that is gone back from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StackUnavailableException">Something is left, as it could not be removed now.</exception>
    /// <exception cref="StackRefusedException">Something is left, as its removal is refused.</exception>
    public async Task RunAsync(RegionTarget target, IReadOnlyList<ModelEntry>? retired, IReadOnlyList<ModelEntry>? serving, bool isReplaced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Region.Models is not { } slots || retired is not { Count: > 0 } || serving is not { Count: > 0 })
        {
            return;
        }

        var left = new Leftovers();
        foreach (var entry in retired)
        {
            if (serving.FirstOrDefault(other => other.Name == entry.Name) is not { } stays
                || ModelPlanner.ServerOf(stays) == ModelPlanner.ServerOf(entry)
                || KindOf(slots, entry.Name) is not { } kind)
            {
                continue;
            }

            await left.TryAsync(() => servings.Single(one => one.Kind == kind).RemoveAsync(target, entry, stays, isReplaced, cancellationToken));
        }

        left.Tell();
    }

    /// <summary>Removes what we have made and <paramref name="serving"/> does not ask, as far as it can be removed.</summary>
    /// <exception cref="StackUnavailableException">Something is left, as it could not be removed now.</exception>
    /// <exception cref="StackRefusedException">Something is left, as its removal is refused.</exception>
    public async Task SweepAsync(RegionTarget target, IReadOnlyList<ModelEntry>? serving, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Region.Models is null || serving is not { Count: > 0 })
        {
            return;
        }

        var left = new Leftovers();
        foreach (var one in servings)
        {
            await left.TryAsync(() => one.SweepAsync(target, serving, cancellationToken));
        }

        left.Tell();
    }

    /// <summary>What serves a model; null when it is none that releases change.</summary>
    internal static ModelKind? KindOf(Core.Topologies.RegionModels slots, string name) =>
        slots.Account?.Models.Any(slot => slot.Name == name) == true ? ModelKind.Closed
        : slots.FindOpen(name) is not { } open ? null
        : open.Serving == Core.Configurations.ServingKind.External ? ModelKind.External : ModelKind.Online;
}
